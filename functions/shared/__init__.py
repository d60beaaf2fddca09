"""What every function shares: the model, the edges to the table, the way a request is answered."""

import gc

# What is imported and loaded stays as long as the function: to go through it again and again while
# it grows is a seventh of a cold start.
gc.set_threshold(100_000)
