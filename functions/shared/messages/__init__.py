"""Text for emails and text messages."""
