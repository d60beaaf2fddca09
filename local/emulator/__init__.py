"""The AWS emulator as a process on this machine, and the stack that is deployed to it."""
