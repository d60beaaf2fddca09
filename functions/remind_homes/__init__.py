"""Looks how old the homes' numbers are, and reminds those whose are old."""
