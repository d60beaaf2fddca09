"""Clients and errors of AWS, senders, topics, queues, imports, the user pool, and telemetry."""
