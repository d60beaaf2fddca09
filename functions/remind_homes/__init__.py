"""Reminders to the homes whose answer would tell most, and to teams whose alerts end."""
