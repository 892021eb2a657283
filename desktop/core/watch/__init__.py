"""Folders that are looked at again: what is new, changed or gone in them, once or all the time."""
