"""Columns: what a search looks through, of the whole library, in memory."""
