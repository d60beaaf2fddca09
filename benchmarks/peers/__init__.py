"""What people would use instead, each built as well as its users would; a file each."""
