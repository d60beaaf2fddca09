"""Every care home in memory, indexed by place and by what it offers: pure, without AWS."""
