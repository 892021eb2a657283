"""StackStatus: what each of CloudFormation's states of a stack means for what to do next."""

from __future__ import annotations

import enum


class StackStatus(enum.Enum):
    """The state of a stack, as far as it decides what to do next."""

    ABSENT = enum.auto()  # there is none: only a plan, or the trace of a deleted one
    BUSY = enum.auto()  # an operation runs: join it
    WORKS = enum.auto()  # every part was made, be it in its version before a failed update
    HALF_MADE = enum.auto()  # cannot be brought to work: remove it and begin anew
    STUCK = enum.auto()  # an update ended in the middle: take it back first
    UNKNOWN = enum.auto()  # a state that is younger than this program


_B, _W, _H, _S = StackStatus.BUSY, StackStatus.WORKS, StackStatus.HALF_MADE, StackStatus.STUCK
_MEANINGS = {
    "REVIEW_IN_PROGRESS": StackStatus.ABSENT,
    "CREATE_IN_PROGRESS": _B,
    "CREATE_FAILED": _H,
    "CREATE_COMPLETE": _W,
    "ROLLBACK_IN_PROGRESS": _B,
    "ROLLBACK_FAILED": _H,
    "ROLLBACK_COMPLETE": _H,
    "UPDATE_IN_PROGRESS": _B,
    "UPDATE_FAILED": _S,
    "UPDATE_COMPLETE_CLEANUP_IN_PROGRESS": _B,
    "UPDATE_COMPLETE": _W,
    "UPDATE_ROLLBACK_IN_PROGRESS": _B,
    "UPDATE_ROLLBACK_FAILED": _S,
    "UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS": _B,
    "UPDATE_ROLLBACK_COMPLETE": _W,
    "IMPORT_IN_PROGRESS": _B,
    "IMPORT_COMPLETE": _W,
    "IMPORT_ROLLBACK_IN_PROGRESS": _B,
    "IMPORT_ROLLBACK_FAILED": _H,
    "IMPORT_ROLLBACK_COMPLETE": _W,
    "DELETE_IN_PROGRESS": _B,
    "DELETE_FAILED": _H,
    "DELETE_COMPLETE": StackStatus.ABSENT,
}


def meaning_of(status: str) -> StackStatus:
    """What a state means."""
    younger = StackStatus.BUSY if status.endswith("_IN_PROGRESS") else StackStatus.UNKNOWN
    return _MEANINGS.get(status, younger)
