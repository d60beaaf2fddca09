"""Reminders to the homes that have not confirmed their vacancies for a while."""
