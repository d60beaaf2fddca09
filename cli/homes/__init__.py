"""`bedboard homes`: import CQC's directory, list the care homes."""
