"""`tagdrop`: no arguments opens the window, otherwise the command line."""

from __future__ import annotations

import sys

from .core.isolation import CHILD
from .streams import open_streams


def main() -> None:
    """Run the program and end the process with its exit code."""
    open_streams()
    if sys.argv[1:2] == [CHILD]:
        from .core.isolation.child import serve

        serve(int(sys.argv[2]))
    from .app import end_process
    from .cli import run

    end_process(run(sys.argv[1:]))


if __name__ == "__main__":
    main()
