"""The stack: made, updated, watched, removed."""
