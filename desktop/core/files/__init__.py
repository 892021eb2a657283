"""A person's files: replaced, placed and restored, whole or not at all."""
