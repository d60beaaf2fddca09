"""Puts the built site into its bucket when CloudFormation says so; ships with it as one asset."""
