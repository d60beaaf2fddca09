"""The parts of the mixed load: a council, its clients, and what must hold of what they did."""
