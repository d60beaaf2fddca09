"""The upload of a council's directory from a browser, and the report on its import."""
