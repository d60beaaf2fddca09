"""The rules of care homes, beds and alerts: pure, without AWS, clock or environment."""
