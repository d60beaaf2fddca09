"""Reminders to the homes whose answer would tell most."""
