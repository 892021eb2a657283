"""One of our programs as a process that waits for nothing: `python -m tests.rig.hurried deploy …`.

Whatever it looks at again, or tries again, it does so at once. What it does is the same.
"""

from __future__ import annotations

import runpy
import sys

PAUSE_S = 0.05


def hurry() -> None:
    """Let this process pause no longer. Imports what sets Amazon up, which takes half a second."""
    from deploy.keys import app_keys
    from deploy.stack import stack_events
    from desktop.backends import aws
    from desktop.core.job import retry

    app_keys.PAUSE_S = 0.01
    stack_events.FIRST_TICK_S = PAUSE_S
    stack_events.TICK_S = 10 * PAUSE_S
    aws.TICK_MIN_S = 2 * PAUSE_S
    retry.CAP_S = PAUSE_S


def main() -> None:
    hurry()
    del sys.argv[0]
    runpy.run_module(sys.argv[0], run_name="__main__", alter_sys=True)


if __name__ == "__main__":
    main()
