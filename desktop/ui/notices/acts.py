"""Act: what one button beside a text says and does."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Act:
    """What a button of a message says and does.

    With `done_text` the message stays, for it is not all that helps: the button says so from then
    on, or is the next one.
    """

    text: str
    do: Callable[[], object]
    done_text: str = ""
