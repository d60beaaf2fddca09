"""Accepted findings of the template checks, each with its reason."""
