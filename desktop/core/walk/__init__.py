"""What a walk through folders looks at, and what it passes over."""
