"""What a council sees of all its homes: how fresh their bed counts are, and their totals."""
