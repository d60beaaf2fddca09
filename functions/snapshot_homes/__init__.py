"""The snapshot of all homes, so that a cold start need not read each of them."""
