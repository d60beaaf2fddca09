"""Who may sign in, and as what: a council's people and their roles."""
