"""Clients and errors of AWS, topics, imports, the user pool, settings, telemetry and the clock."""
