"""`tagdrop`: no arguments opens the window, otherwise the command line."""

from __future__ import annotations

import sys


def main() -> None:
    """Run the program and end the process with its exit code."""
    from .app import end_process
    from .cli import run

    end_process(run(sys.argv[1:]))


if __name__ == "__main__":
    main()
