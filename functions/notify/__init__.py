"""Tells each team of the vacancies its alerts wait for."""
