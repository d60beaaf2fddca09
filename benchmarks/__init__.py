"""Bedboard held against what people would use instead; `python -m benchmarks` prints it all."""
