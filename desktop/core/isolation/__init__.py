"""Decoders of hostile files run in child processes, which may crash in the program's stead."""

CHILD = "--decode-in-a-child"
"""What this program is started with to be a child; `desktop/__main__.py` looks for it."""
