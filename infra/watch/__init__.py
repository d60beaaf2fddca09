"""Monitoring for the operators: alarms, who receives them, and a dashboard."""
