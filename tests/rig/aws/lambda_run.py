"""One run of the Lambda function, as the function sees it."""

from __future__ import annotations

from collections.abc import Sequence


class Run:
    """A context: so many seconds were left at first, and `slept` of them are gone since."""

    def __init__(self, seconds: float = 60.0, slept: Sequence[float] = ()) -> None:
        self._seconds, self._slept = seconds, slept

    def get_remaining_time_in_millis(self) -> int:
        return int((self._seconds - sum(self._slept)) * 1000)
