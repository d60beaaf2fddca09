"""Show one care home and its history, and edit its shop window."""
