"""`bedboard homes`: import a directory, list the homes."""
