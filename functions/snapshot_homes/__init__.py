"""What is done with all homes every quarter of an hour, and of that some once a day or week."""
