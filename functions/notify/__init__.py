"""Alert each discharge team when a vacancy opens that fits one of its alerts."""
