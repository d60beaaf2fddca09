"""The pages, and what builds them into a folder that any static host serves."""
