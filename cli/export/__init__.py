"""`bedboard export`: write everything that a stack holds to files."""
