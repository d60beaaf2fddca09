"""HTTP: requests read strictly, responses written, and one status for each domain error."""
