"""The pages on this machine: the server, a browser to drive them, and screenshots."""
