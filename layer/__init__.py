"""Builds the layer of everything the functions import: pinned packages and the postcode table."""

import sys
from pathlib import Path

# As on AWS, what the functions share is imported from functions/ as its root.
_FUNCTIONS = str(Path(__file__).parent.parent / "functions")
if _FUNCTIONS not in sys.path:
    sys.path.append(_FUNCTIONS)
