"""The AWS emulator as a process on this machine, and the stack deployed to it."""
