"""Manage who can sign in, and with which roles."""
