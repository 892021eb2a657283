"""What the grid's model is made of."""
