"""NothingPage: what is to be seen when no photo matches, and what to do then."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from desktop.core.library.catalog import Query, Resembling
from desktop.core.search.nearest import Offer

from ..look.sign import Sign
from ..look.theme import LARGE, STEP, sized


class NothingPage(QWidget):
    """Stands in the place of the grid."""

    show_all_asked = Signal()
    offer_taken = Signal(object)
    """The Offer that a person wants instead."""
    by_meaning_asked = Signal()
    """The words in the search box are to be looked for by their meaning."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAutoFillBackground(True)
        self.setBackgroundRole(QPalette.ColorRole.Base)
        self._sign = Sign("search-x")
        self._title, self._text = QLabel(), QLabel()
        self._title.setFont(sized(self._title.font(), LARGE))
        for label in (self._title, self._text):
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setWordWrap(True)
        self._shown: Sequence[Offer] = ()
        self._column = QVBoxLayout()
        self._column.setSpacing(8)
        self.offers: list[QPushButton] = []
        self.by_meaning = QPushButton()
        self.by_meaning.clicked.connect(self.by_meaning_asked)
        self._show_all = QPushButton(self.tr("Show all photos"))
        self._show_all.clicked.connect(self.show_all_asked)
        column = QVBoxLayout(self)
        column.setContentsMargins(32, 8, 32, 8)
        column.setSpacing(8)
        column.addStretch(1)
        column.addWidget(self._sign, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addSpacing(STEP)
        column.addWidget(self._title)
        column.addWidget(self._text)
        column.addSpacing(STEP)
        column.addLayout(self._column)
        column.addWidget(self.by_meaning, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addWidget(self._show_all, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(1)

    @property
    def title(self) -> str:
        """What is the case."""
        return self._title.text()

    @property
    def text(self) -> str:
        return self._text.text()

    @property
    def spoken(self) -> str:
        """All that is said here, for a screen reader."""
        buttons = [*self.offers, *([] if self.by_meaning.isHidden() else [self.by_meaning])]
        offered = (button.text().replace("&&", "&") for button in buttons)
        return " ".join((f"{self.title}.", self.text, *offered))

    def _show_offers(self, offers: Sequence[Offer]) -> None:
        if offers == self._shown:
            return
        self._shown = offers
        for old in self.offers:
            self._column.removeWidget(old)
            old.deleteLater()
        self.offers.clear()
        for offer in offers:
            button = QPushButton(self._offered(offer))
            button.setAutoDefault(True)
            button.clicked.connect(partial(self.offer_taken.emit, offer))
            self._column.addWidget(button, 0, Qt.AlignmentFlag.AlignHCenter)
            self.offers.append(button)
        self.setFocusProxy((self.offers or [self._show_all])[0])

    def _offered(self, offer: Offer) -> str:
        count = self.tr("%n photos", "", offer.count)
        text = {
            "spelling": self.tr("Did you mean “{0}”? ({1})"),
            "everywhere": self.tr("Search all photos for “{0}” ({1})"),
        }.get(offer.why, self.tr("Show “{0}” ({1})"))
        return text.format(offer.text, count).replace("&", "&&")

    def show_query(self, query: Query, offers: Sequence[Offer] = (), sentence: str = "") -> None:
        """Say why nothing is found, what helps, and what comes nearest; `sentence` may be looked
        for by its meaning.
        """
        self._show_offers(offers)
        self.by_meaning.setVisible(bool(sentence and query.terms))
        text = self.tr("Show photos that look like “{0}”").format(sentence)
        self.by_meaning.setText(text.replace("&", "&&"))
        place = self._places().get(query.place)
        if query.resembling is not None:
            place = self._resembling(query.resembling)
        if place is not None and not (query.terms or query.labels or query.folder):
            icon, title, text = place
            self._sign.set_icon(icon)
            self._title.setText(title)
            self._text.setText(text)
            return
        self._sign.set_icon("search-x")
        self._title.setText(self.tr("No photo matches"))
        advice = [self.tr("Move the slider towards More to include less certain labels.")]
        if query.terms and not offers:
            advice.insert(0, self.tr("Try fewer words, or only the beginning of a word."))
        if query.without or any(term.is_excluded for term in query.terms):
            advice.append(self.tr("You may have left out too much."))
        self._text.setText("\n".join(advice))

    def _resembling(self, asked: Resembling) -> tuple[str, str, str]:
        """What is said where nothing was found by meaning."""
        if asked.photo:
            title = self.tr("This photo has not been looked at yet")
        elif asked.sentence:
            title = self.tr("No photo has been looked at yet")
        else:
            return (
                "images",
                self.tr("No near-duplicates"),
                self.tr("No two photos are nearly the same, as far as they have been looked at."),
            )
        text = self.tr("Tagdrop looks at all photos in the background. Try again in a while.")
        return "images", title, text

    def _places(self) -> dict[str, tuple[str, str, str]]:
        """What is said of a place in which there is nothing: an icon, a title and a text."""
        return {
            "failed": (
                "circle-check",
                self.tr("No photo failed"),
                self.tr("Every photo could be read and labelled."),
            ),
            "review": (
                "circle-check",
                self.tr("Nothing to review"),
                self.tr("Every labelled photo has a label that is likely right."),
            ),
            "duplicates": (
                "images",
                self.tr("No duplicates"),
                self.tr("No two photos look alike, as far as they are compared."),
            ),
            "favourites": (
                "star",
                self.tr("No favourites yet"),
                self.tr("Choose photos and click the star below their labels."),
            ),
        }
