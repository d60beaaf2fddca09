"""A simulated council year, on Bedboard's own code for what a search finds and in which order."""
