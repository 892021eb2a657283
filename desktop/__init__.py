"""Tagdrop: drop photos on a window, get labels with confidence."""

import os

# For numpy, whenever it is loaded, in this process or in a child. Else it starts a thread for each
# CPU: 30 MB each, 0.1 s of waiting for work, and Python stands still for 30 ms instead of 12.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

__version__ = "0.1.0"
RELEASES_URL = ""
"""Where the newest release is named, as GitHub's `/releases/latest` does; whoever publishes Tagdrop
writes it here. Without it nobody is asked."""
