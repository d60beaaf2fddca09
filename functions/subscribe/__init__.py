"""A discharge team's alerts and members."""
