"""A council's directory on its way from a browser to the import bucket, and the report on it."""
