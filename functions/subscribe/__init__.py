"""Manage alerts, the members who receive them, and the addresses of reminders."""
