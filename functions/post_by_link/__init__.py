"""Post the vacancies of a care home by the link in a message, without signing in."""
