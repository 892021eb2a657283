"""MeaningOffer: says in one line that search by meaning can be had, until a person has answered."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QLocale, QObject

from ..browse.browse import Browse
from ..notices.acts import Act
from ..notices.note_line import NoteLine
from ..window_state import WindowState
from .side import MeaningSide


class MeaningOffer(QObject):
    """Speaks when a search by words has found nothing, once after a start at most, and where the
    note says nothing else. Either button is an answer, which `state` keeps.
    """

    def __init__(
        self,
        side: MeaningSide,
        browse: Browse,
        note: NoteLine,
        state: WindowState,
        *,
        finds_nothing: Callable[[], bool],
        show_more: Callable[[], object],
    ) -> None:
        super().__init__(side)
        self._side, self._browse, self._note = side, browse, note
        self._finds_nothing, self._show_more = finds_nothing, show_more
        self._is_answered = self._was_made = False
        state.keep("search by meaning was offered", lambda: self._is_answered, self._put)
        browse.shown.connect(self._offer)

    def _put(self, is_answered: object) -> None:
        self._is_answered = is_answered is True

    def _offer(self) -> None:
        is_wanted = bool(self._browse.query.terms) and self._finds_nothing()
        is_known = self._is_answered or self._side.is_there or self._side.is_begun
        if not is_wanted or is_known or self._was_made or self._note.text:
            return
        self._was_made = True
        size = QLocale().formattedDataSize(
            self._side.network.size_bytes, 0, QLocale.DataSizeFormat.DataSizeSIFormat
        )
        text = self.tr("Tagdrop can also search by what photos show (a download of {0}).")
        self._note.show_note(
            text.format(size),
            Act(self.tr("Learn more"), self._on_more),
            Act(self.tr("No, thanks"), self._on_no),
        )

    def _on_more(self) -> None:
        self._is_answered = True
        self._show_more()

    def _on_no(self) -> None:
        self._is_answered = True
