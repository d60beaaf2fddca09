"""Every care home in memory, ready to be searched: pure, without AWS, clock or environment."""
