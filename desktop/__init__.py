"""Tagdrop: drop photos on a window, get labels with confidence."""

__version__ = "0.1.0"
