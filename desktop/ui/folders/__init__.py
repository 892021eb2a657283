"""Folders that are looked at again: rescanned once, or watched all the time."""
