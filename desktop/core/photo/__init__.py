"""A file: found, opened, prepared."""
