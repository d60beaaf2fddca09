"""`bedboard prove`: hold a deployed stack to what Bedboard promises."""
