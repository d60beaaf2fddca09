"""CQC's directory, taken in row by row."""
