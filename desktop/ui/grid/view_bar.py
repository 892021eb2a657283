"""ViewBar: says what the grid shows and what it hides; with its order, its look and its size."""

from __future__ import annotations

from PySide6.QtCore import QLocale, Qt, Signal
from PySide6.QtGui import QPalette, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSlider, QWidget

from desktop.core.library.catalog import Query, Resembling
from desktop.core.search.terms import typed
from desktop.core.settings import THUMBNAIL_SIZES_PX

from ..look.line_text import LineText
from ..look.theme import TITLE, sized
from ..words.label_names import shown_name
from ..words.words import shortened
from .view_menus import LookButton, SortButton

SIDE_PX, GAP_PX = 16, 8
MOST_LETTERS = 48
"""So much of a sentence is said beside what else there is to say."""


class ViewBar(QWidget):
    """Tells what a person chose; the window decides what comes of it."""

    sort_chosen = Signal(str, bool)
    """An order, and whether it is turned round."""
    size_changed = Signal(int)
    show_all_asked = Signal()
    retry_all_asked = Signal()
    review_asked = Signal()
    near_asked = Signal()
    """Photos that are nearly the same are to be looked for by meaning."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAutoFillBackground(True)
        self.setBackgroundRole(QPalette.ColorRole.Base)
        self._place = QLabel()
        self._place.setFont(sized(self.font(), TITLE, is_bold=True))
        self._place.setTextFormat(Qt.TextFormat.PlainText)
        self._what = LineText()
        self._what.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self._hidden = QLabel()
        self._hidden.setTextFormat(Qt.TextFormat.PlainText)
        self._hidden.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self._show_all = QPushButton(self.tr("Show all"))
        self._show_all.clicked.connect(self.show_all_asked)
        self._retry_all = QPushButton()
        self._retry_all.clicked.connect(self.retry_all_asked)
        self._review = QPushButton(self.tr("Review"))
        self._review.setToolTip(self.tr("Confirm or remove their labels one after another (F7)"))
        self._review.clicked.connect(self.review_asked)
        self._near = QPushButton(self.tr("Near-duplicates"))
        self._near.setToolTip(
            self.tr("Show photos of the same scene, taken a moment apart for example")
        )
        self._near.clicked.connect(self.near_asked)
        self._has_near = False
        self.sorts = SortButton()
        self.sorts.chosen.connect(self.sort_chosen)
        self.looks = LookButton()
        self.sizes = self._make_sizes()
        line = QHBoxLayout(self)
        line.setContentsMargins(SIDE_PX, 4, SIDE_PX, 4)
        line.setSpacing(GAP_PX)
        line.addWidget(self._place)
        line.addWidget(self._what, 1)
        line.addWidget(self._hidden)
        for widget in (*self._buttons, self.sorts, self.looks, self.sizes):
            line.addWidget(widget)
        self._number = ""
        self._texts = ("", "")
        self._is_part = False
        self.show_query(Query(), 0)

    def _make_sizes(self) -> QSlider:
        size = QSlider(Qt.Orientation.Horizontal)
        size.setRange(THUMBNAIL_SIZES_PX.start, THUMBNAIL_SIZES_PX.stop - 1)
        size.setSingleStep(16)
        size.setPageStep(48)
        size.setFixedWidth(80)
        size.setAccessibleName(self.tr("Thumbnail size"))
        size.setToolTip(self.tr("Thumbnail size"))
        size.valueChanged.connect(self.size_changed)
        return size

    def show_size(self, thumbnail_px: int) -> None:
        """Show a size without telling that it changed."""
        self.sizes.blockSignals(True)
        self.sizes.setValue(thumbnail_px)
        self.sizes.blockSignals(False)

    def show_hidden(self, labels: int, photos: int) -> None:
        """Say what the chosen confidence hides of the photos that are shown: so many labels, and
        all labels of so many photos.
        """
        said = []
        if labels:
            said.append(self.tr("%n less certain labels hidden", "", labels))
        if photos:
            said.append(self.tr("%n photos show none", "", photos))
        self._texts = (self._texts[0], "; ".join(said))
        self._fit()

    def show_near(self, *, is_there: bool) -> None:
        """Offer near-duplicates beside duplicates from the next time on, or do not."""
        self._has_near = is_there

    @property
    def _buttons(self) -> tuple[QPushButton, ...]:
        return self._show_all, self._retry_all, self._review, self._near

    @property
    def what(self) -> str:
        """What is said of the images that are shown; where only their number is to be seen, the
        line of the filters says the rest.
        """
        return self._texts[0]

    @property
    def title(self) -> str:
        """What the photos that are shown are called together."""
        return self._place.text()

    @property
    def hidden(self) -> str:
        """What is said of the labels that are hidden."""
        return self._texts[1]

    def show_query(self, query: Query, count: int) -> None:
        """Say which images are shown, and how many they are."""
        number = QLocale().toString(count)
        said = [self.tr("%n photos", "", count).replace(str(count), number)]
        if query.place == "review":
            said.append(self.tr("to review"))
        elif query.place == "duplicates":
            said.append(self.tr("duplicates"))
        elif query.place == "failed":
            said.append(self.tr("failed"))
        elif query.place == "favourites":
            said.append(self.tr("favourites"))
        if query.same_as is not None:
            said.append(self.tr("with the same picture"))
        if query.resembling is not None:
            said.append(self._resembling(query.resembling))
        said += [shown_name(label) for label in query.labels]
        said += [self.tr("not {0}").format(shown_name(label)) for label in query.without]
        if query.folder is not None:
            said.append(query.folder.name)
        if query.terms:
            said.append(self.tr("“{0}”").format(typed(query.terms)))
        self._number = said[0]
        self._place.setText(self._title(query))
        self._texts = (" · ".join(said), self._texts[1])
        self._is_part = not query.is_everything
        retry = self.tr("Retry %n photos", "", count).replace(str(count), number)
        self._retry_all.setText(retry)
        self._retry_all.setVisible(query.place == "failed" and count > 0)
        self._review.setVisible(query.place == "review" and count > 0)
        self._near.setVisible(query.place == "duplicates" and self._has_near)
        self._fit()

    def _title(self, query: Query) -> str:
        """The name of the one thing by which photos are chosen."""
        if query == Query(query.place):
            return {
                "all": self.tr("All photos"),
                "review": self.tr("To review"),
                "failed": self.tr("Failed"),
                "favourites": self.tr("Favourites"),
                "duplicates": self.tr("Duplicates"),
            }[query.place]
        if query == Query(labels=query.labels[:1]):
            return shown_name(query.labels[0])
        if query.folder is not None and query == Query(folder=query.folder):
            return query.folder.name or str(query.folder)
        if query.resembling is not None and query == Query(resembling=query.resembling):
            return self._resembling(query.resembling)
        others = {
            Query(same_as=query.same_as): self.tr("Duplicates"),
            Query(job=query.job): self.tr("Photos of a job"),
        }
        return others.get(query, self.tr("Results"))

    def _resembling(self, asked: Resembling) -> str:
        if asked.sentence:
            text = self.tr("Photos that look like: {0}")
            return text.format(shortened(asked.sentence, MOST_LETTERS))
        return self.tr("Photos like this one") if asked.photo else self.tr("Near-duplicates")

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Say what is hidden beside the rest where there is room for it, else in its tool tip."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        what, hidden = self._number, self._texts[1]
        metrics = self.fontMetrics()
        others = (self._retry_all, self._review, self._near, self.sorts, self.looks)
        controls = [widget for widget in others if not widget.isHidden()]
        free_px = self.width() - 2 * SIDE_PX - sum(w.sizeHint().width() + GAP_PX for w in controls)
        what_px = metrics.horizontalAdvance(what) + GAP_PX
        place_px = self._place.sizeHint().width() + GAP_PX
        all_px = self._show_all.sizeHint().width() + GAP_PX
        # Without it, the ✕ at the filters leads back as well.
        shows_all = self._is_part and what_px + place_px + all_px <= free_px
        self._show_all.setVisible(shows_all)
        free_px -= all_px if shows_all else 0
        self._place.setVisible(what_px + place_px <= free_px)  # the filters' line says it, too
        free_px -= place_px if what_px + place_px <= free_px else 0
        sizes_px = self.sizes.width() + GAP_PX
        self.sizes.setVisible(what_px + sizes_px <= free_px)  # is missed the least
        free_px -= sizes_px
        hidden_px = metrics.horizontalAdvance(hidden) + SIDE_PX
        fits = bool(hidden) and what_px + hidden_px <= free_px
        self._hidden.setVisible(fits)
        self._hidden.setFixedWidth(hidden_px)
        self._hidden.setText(hidden)
        self._what.say(what, hidden)
