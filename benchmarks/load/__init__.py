"""A mixed load on a whole stack: a council, its clients, and the checks of what they receive."""
