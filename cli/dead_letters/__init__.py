"""`bedboard alerts dead-letters`: look at failed events, send them again or drop them."""
