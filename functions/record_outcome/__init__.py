"""Record what came of a call, and show what teams were told against listings."""
