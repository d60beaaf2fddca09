"""What is done with all homes every quarter of an hour: a snapshot, marks that end, demand."""
