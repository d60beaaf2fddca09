"""AWS as the functions meet it: clients, topics, buckets, settings, logs and the clock."""
