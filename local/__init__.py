"""Bedboard on this machine: the emulator, the pages, the demo."""
