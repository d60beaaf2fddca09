"""The demo: a fictional council, its homes and its story."""
