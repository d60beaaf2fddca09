"""`bedboard doctor`: check that a stack is healthy."""
