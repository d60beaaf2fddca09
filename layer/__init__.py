"""Build the layer of the functions: pinned packages and the postcode table."""

import sys
from pathlib import Path

# As on AWS, the functions' modules are imported with functions/ as their root.
_FUNCTIONS = str(Path(__file__).parent.parent / "functions")
if _FUNCTIONS not in sys.path:
    sys.path.append(_FUNCTIONS)
