"""Places: postcodes and coordinates become points in Great Britain."""
