"""The one way to measure: processor time, requests, bytes, capacity, and the table."""
