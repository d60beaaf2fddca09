"""A care home's counts and admission status."""
