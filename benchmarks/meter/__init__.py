"""The one way to measure: processor time, requests, bytes, capacity units, and the table."""
