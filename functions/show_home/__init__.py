"""One home: its shop window and its history."""
