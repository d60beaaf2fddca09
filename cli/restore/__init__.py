"""`bedboard restore`: bring back lost or damaged data from a backup."""
