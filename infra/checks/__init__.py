"""What the template's checks find and why it stands."""
