"""The CDK stack. Of what ships it reads one thing, the table's key names, from `functions/`."""

import os
import sys
from pathlib import Path

sys.path.append(str(Path(__file__).parent.parent / "functions"))

# Node 20 serves; the CDK's runtime would frame a warning about its age around every message.
os.environ.setdefault("JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION", "20")
