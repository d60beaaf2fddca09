"""What Bedboard costs a council a month, from measured calls, its usage and list prices."""
