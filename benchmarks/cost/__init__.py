"""What a council pays a month: measured consumption, a model of usage and list prices."""
