"""What a care home, a bed and an alert are: pure rules, without AWS, clock or environment."""
