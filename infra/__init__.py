"""The CDK stack of one council. From `functions/` it imports only the key names that policies need.

They are the partitions of the table and the folders of the import bucket.
"""

import os
import sys
from pathlib import Path

sys.path.append(str(Path(__file__).parent.parent / "functions"))

# Node 20 works; without this the CDK prints a warning about its age around every message.
os.environ.setdefault("JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION", "20")
