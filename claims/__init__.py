"""What Bedboard promises, as claims that a deployed stack is held to, on a laptop and on AWS.

The demo and `bedboard prove` make the same claims; only the way to the stack differs.
"""
