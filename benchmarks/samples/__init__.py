"""Homes, searches, alerts and openings to measure with: seeded, the same every time."""
