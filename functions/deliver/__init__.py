"""Tell people by email and text what their team or home asked to be told."""
