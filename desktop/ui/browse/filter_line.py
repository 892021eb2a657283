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
from ..words.words import without_key

MOST_LETTERS = 32


class FilterLine(QFrame):
    """Hidden where nothing is filtered."""

    asked = Signal(object)
    """The Query that is left without one of the filters."""
    words_left = Signal()
    """The words in the search box are to go."""
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
        line = QHBoxLayout(self)
        line.setContentsMargins(16, 0, 16, 4)
        line.setSpacing(8)
        line.addWidget(area, 1)
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

    def show_query(self, query: Query, words: str) -> None:
        """Show the filters; `words` are those in the search box."""
        focused = self.texts.index(name) if (name := self._focused()) else -1
        for chip in self._all():
            self._row.removeWidget(chip)
            chip.hide()
            chip.deleteLater()
        names = self._add_chips(query, words.strip() if query.terms else "")
        self._name = " · ".join(names)
        self.save.setVisible(bool(query.labels or query.without or query.folder or query.terms))
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
        if words:
            names.append(words)
            self._add(self.tr("“{0}”").format(words), self.words_left.emit)
        return names

    def _add(self, name: str, do: object) -> None:
        short = name if len(name) <= MOST_LETTERS else name[: MOST_LETTERS - 1] + "…"
        chip = QPushButton(without_key(short) + " ")
        chip.setProperty("isChip", True)
        put_after_words(chip, "x")
        chip.setAccessibleName(name)
        chip.setAutoDefault(True)
        chip.setToolTip(self.tr("Leave this filter: {0}").format(name))
        chip.clicked.connect(do)
        self._row.insertWidget(self._row.count() - 1, chip)
