"""Post and confirm the vacancies of a care home."""
