"""The rooms that all functions share: domain, search index, store, HTTP, AWS, messages, places."""

import gc

# Everything imported and loaded stays as long as the function. Collecting garbage again and again
# while it grows would take a seventh of a cold start.
gc.set_threshold(100_000)
