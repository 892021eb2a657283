"""The library: images, labels and jobs in SQLite."""
