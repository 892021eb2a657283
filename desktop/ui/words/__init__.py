"""What the window says: the person's language, names, numbers."""
