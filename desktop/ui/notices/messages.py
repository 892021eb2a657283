"""MessageLine: the one door for messages, a line that never stands in the way of work."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from desktop.core.errors import AppError

from ..look.direction import running_on
from ..look.icons import dress, icon
from ..words.announcement import announce
from ..words.core_texts import say
from ..words.words import breakable
from .acts import Act


class MessageLine(QFrame):
    """Shows the newest message: what happened, what to do, and one button at most.

    The same message again is shown once, with a count.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown = ("", "")
        self._times = 0
        self._acts: tuple[Act, ...] = ()
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self.setAutoFillBackground(True)
        self._icon = QLabel()
        self._title = QLabel()
        self._title.setTextFormat(Qt.TextFormat.PlainText)
        self._title.setWordWrap(True)
        font = self._title.font()
        font.setBold(True)
        self._title.setFont(font)
        self._text = QLabel()
        self._text.setTextFormat(Qt.TextFormat.PlainText)
        self._text.setWordWrap(True)
        self._button = QPushButton()
        self._button.clicked.connect(self._on_act)
        self._close = QToolButton()
        self._close.setAutoRaise(True)
        dress(self._close, "x", self.tr("Close this message"))
        self._close.clicked.connect(self.clear)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self._title)
        words.addWidget(self._text)
        line = QHBoxLayout(self)
        line.setContentsMargins(16, 8, 16, 8)
        line.setSpacing(16)
        line.addWidget(self._icon)
        line.addLayout(words, 1)
        line.addWidget(self._button)
        line.addWidget(self._close)
        self.hide()

    @property
    def title(self) -> str:
        """The title shown now; empty when there is no message."""
        return self._shown[0]

    @property
    def text(self) -> str:
        """What is said below the title."""
        return self._shown[1]

    @property
    def button_text(self) -> str:
        """What the button says; empty when there is none."""
        return self._button.text() if self._acts else ""

    def press(self) -> None:
        self._button.click()

    def show_message(self, title: str, text: str = "", *acts: Act, warning: bool = False) -> None:
        """Show a message in place of the one before it, with the first of its buttons."""
        self._times = self._times + 1 if (title, text) == self._shown else 1
        self._shown = (title, text)
        self._acts = acts
        counted = self.tr("{0} ({1} times)").format(title, self._times)
        self._title.setText(running_on(breakable(title if self._times == 1 else counted)))
        self._text.setText(running_on(breakable(text)))
        self._text.setVisible(bool(text))
        self._button.setVisible(bool(acts))
        self._button.setText(acts[0].text if acts else "")
        kind = icon("triangle-alert" if warning else "info", QPalette.ColorRole.Accent)
        self._icon.setPixmap(kind.pixmap(QSize(24, 24), self.devicePixelRatioF()))
        said = f"{title}. {text}".strip()
        self.setAccessibleName(said)
        self.show()
        announce(self, said, is_urgent=warning)

    def show_error(self, error: AppError, *acts: Act) -> None:
        """Show an error in its own words."""
        self.show_message(say(error.title_text), say(error.message_text), *acts, warning=True)

    def clear(self) -> None:
        """Take the message away."""
        self._shown, self._times, self._acts = ("", ""), 0, ()
        self.hide()

    def _on_act(self) -> None:
        act, *others = self._acts
        if not act.done_text:
            self.clear()
        elif others:
            self._acts = tuple(others)
            self._button.setText(others[0].text)
        else:
            self._button.setText(act.done_text)
        act.do()
