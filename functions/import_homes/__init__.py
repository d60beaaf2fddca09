"""The import of care homes from CQC's directory, row by row."""
