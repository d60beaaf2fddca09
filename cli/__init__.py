"""The command line `bedboard`: operates a stack on AWS or on this machine."""
