"""`bedboard`: what an operator does with a council's stack, on AWS or on this machine."""
