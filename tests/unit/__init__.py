"""Parts alone, without a network."""
