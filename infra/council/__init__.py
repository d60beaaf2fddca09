"""A council's settings: what each may be, and how they are read."""
