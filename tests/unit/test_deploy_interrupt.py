"""Ctrl-C reaches a waiting deploy at every moment, also while it goes to sleep or wakes up."""

import signal

from deploy.__main__ import _interruptible


def test_ctrl_c_while_the_wait_holds_its_own_lock_cancels_and_does_not_hang() -> None:
    with _interruptible() as cancel:
        with cancel._cond:  # type: ignore[attr-defined]  # where Event.wait() is for an instant
            signal.raise_signal(signal.SIGINT)
        assert cancel.wait(5)
