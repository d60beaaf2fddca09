"""Simulate rushes on one bed, and write docs/simulation-of-asks.md: `python -m simulation.asks`."""

from simulation.asks.page import PAGE, page
from simulation.asks.parameters import read_parameters

if __name__ == "__main__":
    text = page(read_parameters())
    PAGE.write_text(text, encoding="utf-8")
    print(text)
