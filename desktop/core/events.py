"""Item states and the events that tell of them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from .errors import AppError


class State(StrEnum):
    """Where an item is on its way."""

    QUEUED = "queued"
    PREPARING = "preparing"
    UPLOADING = "uploading"
    WAITING = "waiting"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"
    SKIPPED = "skipped"

    @property
    def is_final(self) -> bool:
        """Whether the item has ended; an item ends in exactly one final state."""
        return self in FINAL_STATES


FINAL_STATES = frozenset({State.DONE, State.FAILED, State.CANCELLED, State.SKIPPED})
ON_THE_WAY = frozenset({State.PREPARING, State.UPLOADING})
"""States that are not written: a killed program leaves its items queued or waiting."""


class JobState(StrEnum):
    """Where a job is. `stopped` keeps its queue: the program quit or a fatal error came."""

    RUNNING = "running"
    FINISHED = "finished"
    CANCELLED = "cancelled"
    STOPPED = "stopped"


@dataclass(frozen=True, slots=True)
class ItemEvent:
    """An item entered `state`. The library already holds what this event says.

    `error` is set when `state` is failed. `image_name` is None until the file's content was read.
    """

    job_id: int
    item_id: int
    file_id: int
    path: str
    state: State
    image_name: str | None = None
    error: AppError | None = None


@dataclass(frozen=True, slots=True)
class FoundEvent:
    """`count` more images were found in what was dropped; `complete` when there are no more."""

    job_id: int
    count: int
    complete: bool = False


@dataclass(frozen=True, slots=True)
class JobEvent:
    """The job entered `state`; `error` says why it stopped."""

    job_id: int
    state: JobState
    error: AppError | None = None


@dataclass(frozen=True, slots=True)
class WaitingEvent:
    """So many jobs wait for the running one to end."""

    jobs: int


@dataclass(frozen=True, slots=True)
class Changed:
    """The library says something else than before: whoever shows it reads what has changed.

    What was written is found by `Changes`; `files` are those of which only the state on the way has
    changed, which is not written.
    """

    files: tuple[int, ...] = ()


Event = ItemEvent | FoundEvent | JobEvent | WaitingEvent
