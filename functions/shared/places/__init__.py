"""Turn postcodes and coordinates into points in Great Britain."""
