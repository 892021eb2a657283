"""Control: where a job stands, and who of it goes on; one phase under one condition."""

from __future__ import annotations

import threading
from enum import Enum, auto

from ..errors import AppError, Cancelled, LimitError


class Phase(Enum):
    """From `SPENT` on nothing new begins; from `STOPPED` on everything ends at once."""

    GOING = auto()
    PAUSED = auto()
    SPENT = auto()  # at the month's limit: what was submitted is paid for, and still ends as usual
    STOPPED = auto()  # what is open is left to the next start
    CANCELLED = auto()  # what is open is not wanted any more


class Control:
    """Asked and told by every thread of a job.

    `ending` is set once all is to end at once: what waits elsewhere (for a network, a disk) waits
    for it, too.
    """

    def __init__(self) -> None:
        self.ending = threading.Event()
        self._phase = Phase.GOING
        self._error: AppError | None = None
        self._in_flight = 0
        self._changed = threading.Condition()

    @property
    def phase(self) -> Phase:
        """Where the job stands."""
        return self._phase

    @property
    def error(self) -> AppError | None:
        """Why the job stopped, when an error stopped it."""
        return self._error

    def pause(self) -> None:
        """Begin nothing more until `resume`."""
        self._move(Phase.PAUSED, only_from=Phase.GOING)

    def resume(self) -> None:
        """Go on after `pause`."""
        self._move(Phase.GOING, only_from=Phase.PAUSED)

    def stop(self) -> None:
        """End at once."""
        self._move(Phase.STOPPED)

    def cancel(self) -> None:
        """End at once, because the person does not want the rest."""
        with self._changed:
            self._error = None
            self._move(Phase.CANCELLED)

    def stop_for(self, error: AppError) -> None:
        """End for an error that every other image would run into too; the first one counts."""
        with self._changed:
            if self._error is None and self._phase is not Phase.CANCELLED:
                self._error = error
            if isinstance(error, LimitError):
                self._move(Phase.SPENT)
            else:
                self._move(Phase.STOPPED)

    def wait_to_begin(self) -> None:
        """Wait while the job is paused. Raises Cancelled once nothing new begins any more."""
        with self._changed:
            self._changed.wait_for(lambda: self._phase is not Phase.PAUSED)
            if self._phase is not Phase.GOING:
                raise Cancelled

    def begin(self) -> None:
        """One more image is in flight."""
        with self._changed:
            self._in_flight += 1

    def end(self) -> None:
        """One image in flight has come to its end."""
        with self._changed:
            self._in_flight -= 1
            self._changed.notify_all()

    def wait_for_all(self) -> None:
        """Wait until no image is in flight, or everything is to end at once."""
        with self._changed:
            self._changed.wait_for(lambda: self._in_flight == 0 or self.ending.is_set())

    def _move(self, phase: Phase, *, only_from: Phase | None = None) -> None:
        """Phases go forward only, but for a pause and its end."""
        with self._changed:
            if only_from is not None:
                if self._phase is not only_from:
                    return
            elif phase.value <= self._phase.value:
                return
            self._phase = phase
            if phase in {Phase.STOPPED, Phase.CANCELLED}:
                self.ending.set()
            self._changed.notify_all()
