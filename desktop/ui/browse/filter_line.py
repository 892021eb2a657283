"""FilterLine: says above the photos by what they are filtered, each with a ✕ to leave it."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QToolButton,
    QWidget,
)

from desktop.core.library.catalog import Query

from ..look.icons import put_after_words, put_before_words
from ..words.label_names import shown_name
from ..words.words import shortened, without_key

MOST_LETTERS = 32


class FilterLine(QFrame):
    """Hidden where nothing is filtered."""

    asked = Signal(object)
    """The Query that is left without one of the filters."""
    words_left = Signal()
    """The words in the search box are to go."""
    by_meaning_asked = Signal()
    """The words are to be looked for by their meaning instead."""
    save_asked = Signal(str)
    """What is shown is worth coming back to, under this name."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name = ""
        self.setAutoFillBackground(True)
        self.setBackgroundRole(QPalette.ColorRole.Base)
        self._chips = QWidget()
        self._row = QHBoxLayout(self._chips)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(8)
        self._row.addStretch()
        self._chips.setBackgroundRole(QPalette.ColorRole.Base)
        area = QScrollArea()  # many filters make no window wider
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidgetResizable(True)
        area.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(self._chips)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.save = QToolButton()
        self.save.setAutoRaise(True)
        self.save.setText(self.tr("Save search"))
        self.save.setToolTip(self.tr("Keep this search in the sidebar"))
        put_before_words(self.save, "bookmark")
        self.save.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.save.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.save.clicked.connect(lambda: self.save_asked.emit(self._name))
        self.by_meaning = QToolButton()
        self.by_meaning.setAutoRaise(True)
        self.by_meaning.setText(self.tr("Search by meaning"))
        self.by_meaning.setToolTip(self.tr("Show the photos that look most like these words"))
        put_before_words(self.by_meaning, "search")
        self.by_meaning.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.by_meaning.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.by_meaning.clicked.connect(self.by_meaning_asked)
        line = QHBoxLayout(self)
        line.setContentsMargins(16, 0, 16, 4)
        line.setSpacing(8)
        line.addWidget(area, 1)
        line.addWidget(self.by_meaning)
        line.addWidget(self.save)
        self._area = area
        self.hide()

    @property
    def texts(self) -> list[str]:
        """What the filters are called."""
        return [chip.accessibleName() for chip in self._all()]

    def press(self, text: str) -> None:
        """Leave the filter of this name, as a click does."""
        next(chip for chip in self._all() if chip.accessibleName() == text).click()

    def _all(self) -> list[QPushButton]:
        items = (self._row.itemAt(place) for place in range(self._row.count()))
        widgets = (item.widget() for item in items if item)
        return [widget for widget in widgets if isinstance(widget, QPushButton)]

    def show_query(self, query: Query, words: str, *, has_meaning: bool = False) -> None:
        """Show the filters; `words` are those in the search box, and `has_meaning` whether they can
        be looked for by their meaning.
        """
        focused = self.texts.index(name) if (name := self._focused()) else -1
        for chip in self._all():
            self._row.removeWidget(chip)
            chip.hide()
            chip.deleteLater()
        names = self._add_chips(query, words.strip() if query.terms else "")
        self._name = " · ".join(names)
        is_search = bool(query.labels or query.without or query.folder or query.terms)
        self.save.setVisible(is_search and query.resembling is None)  # which finds others next time
        self.by_meaning.setVisible(has_meaning and bool(query.terms))
        chips = self._all()
        self.setVisible(bool(chips))
        if chips:
            height = max(chips[0].sizeHint().height(), self.save.sizeHint().height())
            self._area.setFixedHeight(height)
            if focused >= 0:
                chips[min(focused, len(chips) - 1)].setFocus()

    def _focused(self) -> str:
        focus = self.window().focusWidget()
        return focus.accessibleName() if focus in self._all() and focus else ""

    def _add_chips(self, query: Query, words: str) -> list[str]:
        ask = self.asked.emit
        names: list[str] = []

        def add(name: str, left: Query) -> None:
            names.append(name)
            self._add(name, partial(ask, left))

        places = {
            "review": self.tr("To review"),
            "failed": self.tr("Failed"),
            "favourites": self.tr("Favourites"),
            "duplicates": self.tr("Duplicates"),
        }
        if query.place in places:
            add(places[query.place], replace(query, place="all"))
        for label in query.labels:
            others = tuple(each for each in query.labels if each != label)
            add(shown_name(label), replace(query, labels=others))
        for label in query.without:
            others = tuple(each for each in query.without if each != label)
            add(self.tr("not {0}").format(shown_name(label)), replace(query, without=others))
        if query.folder is not None:
            add(query.folder.name or str(query.folder), replace(query, folder=None))
        if query.job is not None:
            add(self.tr("Photos of a job"), replace(query, job=None))
        if query.same_as is not None:
            add(self.tr("Duplicates"), replace(query, same_as=None))
        if (asked := query.resembling) is not None and asked.sentence:
            names.append(asked.sentence)
            self._add(self.tr("Looks like “{0}”").format(asked.sentence), self.words_left.emit)
        elif asked is not None:
            name = self.tr("Like one photo") if asked.photo else self.tr("Near-duplicates")
            add(name, replace(query, resembling=None))
        if words:
            names.append(words)
            self._add(self.tr("“{0}”").format(words), self.words_left.emit)
        return names

    def _add(self, name: str, do: object) -> None:
        chip = QPushButton(without_key(shortened(name, MOST_LETTERS)) + " ")
        chip.setProperty("isChip", True)
        put_after_words(chip, "x")
        chip.setAccessibleName(name)
        chip.setAutoDefault(True)
        chip.setToolTip(self.tr("Leave this filter: {0}").format(name))
        chip.clicked.connect(do)
        self._row.insertWidget(self._row.count() - 1, chip)
