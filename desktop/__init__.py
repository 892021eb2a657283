"""Tagdrop: drop photos on a window, get labels with confidence."""

__version__ = "0.1.0"
RELEASES_URL = ""
"""Where the newest release is named, as GitHub's `/releases/latest` does; whoever publishes Tagdrop
writes it here. Without it nobody is asked."""
