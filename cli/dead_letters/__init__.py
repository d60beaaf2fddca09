"""`bedboard dead-letters`: list failed events, redrive them or delete them."""
