"""The photos: the grid and one large, what is found, the places and labels to choose from."""
