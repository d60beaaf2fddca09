"""Which homes near a place have a bed that fits."""
