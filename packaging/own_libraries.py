"""Keeps the libraries inside from the programs that are opened from here; runs before any of ours.

PyInstaller's starter leads the loader to them through the environment. The loader has read that by
now; a browser or a file manager must find its own.
"""

import os

if os.environ.pop("LD_LIBRARY_PATH", None) is not None:
    before = os.environ.pop("LD_LIBRARY_PATH_ORIG", None)
    if before is not None:
        os.environ["LD_LIBRARY_PATH"] = before
