"""The same template on this machine: start it, deploy to it, sign in to it, stop it."""
