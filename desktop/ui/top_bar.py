"""TopBar: add photos, where to label, and how sure a label must be to be shown."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QAction, QPalette, QResizeEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QLineEdit, QToolButton, QWidget

from desktop.core.recognisers import Recogniser, Recognisers

from .browse.search_box import LEAST_SEARCH_PX, SearchBox
from .look.confidence_slider import ConfidenceSlider
from .look.icons import ALONE, BEFORE_WORDS, icon, put_before_words
from .look.theme import BUTTON, STEP
from .words.core_texts import say
from .words.words import percent

SOME_WORDS_PX = 200


class TopBar(QWidget):
    """Tells what a person chose; the window decides what comes of it.

    What there is no room for is left out, the words beside the slider first.
    """

    backend_chosen = Signal(str)
    min_confidence_changed = Signal(float)

    def __init__(self, recognisers: Recognisers, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.add_photos = QAction(self.tr("Add photos…"), self)
        self.add_photos.setShortcut("Ctrl+O")
        self.add_folder = QAction(self.tr("Add a folder…"), self)
        self.add_folder.setShortcut("Ctrl+Shift+O")
        self._left_out = 0
        self._line = line = QHBoxLayout(self)
        line.setContentsMargins(2 * STEP, STEP, 2 * STEP, STEP)
        line.setSpacing(STEP)
        self._add = self._make_add()
        line.addWidget(self._add)
        self.search = SearchBox()
        self.search.setMinimumHeight(BUTTON)
        begin = self.search.begin
        begin.setIcon(icon("search", QPalette.ColorRole.PlaceholderText))
        begin.setIconVisibleInMenu(False)
        self.search.addAction(begin, QLineEdit.ActionPosition.LeadingPosition)
        for clear in self.search.findChildren(QAction, "_q_qlineeditclearaction"):
            clear.setText(self.tr("Clear the search"))
        line.addWidget(self.search, 30)
        line.addStretch(1)
        self._make_slider(line)
        line.addWidget(self._make_backends(recognisers))

    def _make_add(self) -> QToolButton:
        button = QToolButton()
        button.setDefaultAction(self.add_photos)
        button.setProperty("isMain", True)
        put_before_words(button, "plus", QPalette.ColorRole.HighlightedText)
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        button.setPopupMode(QToolButton.ToolButtonPopupMode.MenuButtonPopup)
        button.addAction(self.add_folder)
        button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        button.setAccessibleName(self.tr("Add photos"))
        button.setMinimumHeight(BUTTON)
        return button

    def _make_backends(self, recognisers: Recognisers) -> QComboBox:
        self.backends = QComboBox()
        for each in recognisers:
            self.backends.addItem(say(each.title), each.name)
        self.backends.setAccessibleName(self.tr("Where photos are labelled"))
        self.backends.setToolTip(
            "\n".join(f"{say(each.title)}: {say(each.about)}" for each in recognisers)
        )
        self.backends.setMinimumHeight(BUTTON)
        self.backends.activated.connect(
            lambda place: self.backend_chosen.emit(self.backends.itemData(place))
        )
        return self.backends

    def _make_slider(self, line: QHBoxLayout) -> None:
        self.slider = ConfidenceSlider()
        self.slider.setMinimumWidth(64)
        self.slider.setMaximumWidth(160)
        self.slider.valueChanged.connect(self._on_slider)
        self._value = QLabel()
        self._value.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self._shown = 100.0
        self._say(self._shown)
        self._words = QLabel(self.tr("Fewer")), QLabel(self.tr("More"))
        for widget in (self._value, self._words[0], self.slider, self._words[1]):
            line.addWidget(widget, 10 if widget is self.slider else 0)
        self._value.setBuddy(self.slider)

    def add_first(self, button: QToolButton) -> None:
        """Put a button of another part at the beginning."""
        self._line.insertWidget(0, button)
        button.installEventFilter(self)

    def add_last(self, button: QToolButton) -> None:
        """Put a button of another part at the end."""
        self._line.addWidget(button)
        button.installEventFilter(self)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A button of another part has come or gone."""
        if event.type() in (QEvent.Type.ShowToParent, QEvent.Type.HideToParent):
            self._fit()
        return super().eventFilter(watched, event)

    def _fit(self) -> None:
        # Rather than the words beside it, a search says what it is for; it is wide enough for some
        # words before there are words on the button.
        whole, least = self.search.words_px, LEAST_SEARCH_PX
        for left_out, search_px in enumerate((whole, whole, whole, SOME_WORDS_PX, least, least)):
            self._leave_out(left_out)
            self.search.setMinimumWidth(search_px)
            if self._line.minimumSize().width() <= self.width():
                break

    def minimumSizeHint(self) -> QSize:
        """As narrow as it has to be."""
        return QSize(0, super().minimumSizeHint().height())

    def _leave_out(self, many: int) -> None:
        if many == self._left_out:
            return
        self._left_out = many
        for word in self._words:
            word.setVisible(many < 1)
        self._value.setVisible(many < 5)
        self._say(self._shown)
        style = Qt.ToolButtonStyle
        self._add.setToolButtonStyle(
            style.ToolButtonTextBesideIcon if many < 4 else style.ToolButtonIconOnly
        )
        self._add.setIconSize(BEFORE_WORDS if many < 4 else ALONE)
        self.backends.setMinimumContentsLength(0 if many < 3 else 8)
        adjust = QComboBox.SizeAdjustPolicy
        self.backends.setSizeAdjustPolicy(
            adjust.AdjustToContentsOnFirstShow
            if many < 3
            else adjust.AdjustToMinimumContentsLengthWithIcon
        )

    def show_backend(self, chosen: Recogniser) -> None:
        """Show what is chosen to label with."""
        self.backends.setCurrentIndex(self.backends.findData(chosen.name))

    def show_min_confidence(self, value: float) -> None:
        """Show a threshold without telling that it changed; one off the scale stays in force."""
        self.slider.show_value(value)
        self._say(value)

    def _on_slider(self, value: int) -> None:
        self._say(value)
        self.min_confidence_changed.emit(float(value))

    def _say(self, value: float) -> None:
        self._shown = value
        text = self.tr("At least {0} sure") if self._left_out < 2 else "{0}"
        widest = text.format(percent(100, digits=0))
        # It moves nothing. (A label's own hint would be no narrower than its width of before.)
        self._value.setFixedWidth(self._value.fontMetrics().horizontalAdvance(widest) + STEP // 2)
        self._value.setText(text.format(percent(value, digits=0)))
        self.slider.setToolTip(
            self.tr("Showing labels at least {0} sure").format(percent(value, digits=0))
        )
