"""Joining: connects search by meaning with what the window shows."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from .near_duplicates import NearDuplicates
from .offer import MeaningOffer
from .side import MeaningSide

if TYPE_CHECKING:
    from ..parts import Parts
    from ..window import Window


def join_meaning(window: Window, parts: Parts, show_network: Callable[[], object]) -> MeaningSide:
    """Have photos looked at, and offer what search by meaning can do, or once to download it;
    `show_network` shows more of that.
    """
    gallery, note, work = window.gallery, window.editing.note, parts.work
    side = MeaningSide(parts, work, window.say_error, window)
    near = NearDuplicates(
        parts.meaning,
        side,
        gallery.browse,
        work,
        note,
        show=gallery.show_only,
        on_error=window.say_error,
        window=window,
    )
    window.addAction(near.action)
    gallery.view_bar.near_asked.connect(near.show_all)
    MeaningOffer(
        side,
        gallery.browse,
        note,
        window.state,
        finds_nothing=gallery.nothing.isVisible,
        show_more=show_network,
    )

    def show() -> None:
        gallery.actions_.show_like(is_there=side.is_there)
        gallery.view_bar.show_near(is_there=side.is_there)

    side.changed.connect(show)
    window.ready.connect(side.start)
    window.feed.job_ended.connect(side.wake)
    show()
    return side
