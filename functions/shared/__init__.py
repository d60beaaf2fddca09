"""What every function shares: the model, the edges to the table, the way a request is answered."""
