"""What a council sees of all its homes: who keeps their numbers fresh, and what they add up to."""
