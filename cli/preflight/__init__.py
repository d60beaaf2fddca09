"""`bedboard preflight`: what an AWS account lacks before a council's first deployment."""
