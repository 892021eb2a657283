"""ErrorBox: says on a page what went wrong there, with the buttons that help."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSize, QTimer
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from desktop.core.errors import AppError, Remedy

from ..look.icons import icon
from ..look.page_parts import scroll_to, sentence, title
from ..notices.acts import Act
from ..notices.remedies import Actions, acts_for
from ..words.announcement import announce
from ..words.core_texts import say
from .layout import Line

CHECK_AGAIN_MS = 60_000
"""How often Amazon is asked whether a new account is ready."""


class ErrorBox(QFrame):
    """Hidden as long as nothing went wrong. A button that only copies leaves it there."""

    def __init__(self, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._actions = actions
        self._again: Callable[[], object] | None = None
        self.error: AppError | None = None
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self._sign = QLabel()
        self._title, self._text = title(""), sentence()
        self._buttons: list[QPushButton] = []
        self._line = Line()
        self._line.addStretch(1)
        words = QVBoxLayout()
        words.setSpacing(4)
        words.addWidget(self._title)
        words.addWidget(self._text)
        words.addLayout(self._line)
        line = QHBoxLayout(self)
        line.setContentsMargins(16, 8, 8, 8)
        line.setSpacing(16)
        line.addWidget(self._sign)
        line.addLayout(words, 1)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(CHECK_AGAIN_MS)
        self._timer.timeout.connect(self._check_again)
        self.hide()

    def show_error(self, error: AppError, again: Callable[[], object] | None = None) -> None:
        """Say it; `again` does once more what failed."""
        self.error = error
        self._again = again
        sign = icon("triangle-alert", QPalette.ColorRole.Accent)
        self._sign.setPixmap(sign.pixmap(QSize(24, 24), self.devicePixelRatioF()))
        self._title.setText(say(error.title_text))
        self._text.setText(say(error.message_text))
        self._text.setVisible(bool(self._text.text()))
        self._set_buttons(acts_for(error, self._actions, again))
        if error.remedy is Remedy.CHECK_AGAIN and again is not None:
            self._timer.start()
        said = say(error.text)
        self.setAccessibleName(said)
        self.show()
        if self._buttons:
            self._buttons[0].setFocus()
        scroll_to(self)
        announce(self, said, is_urgent=True)

    def clear(self) -> None:
        """All is well again."""
        self._timer.stop()
        self.error = self._again = None
        self.hide()

    def _set_buttons(self, acts: list[Act]) -> None:
        for button in self._buttons:
            self._line.removeWidget(button)
            button.deleteLater()
        self._buttons = [self._button(act) for act in acts]
        for button in self._buttons:
            self._line.addWidget(button)

    def _button(self, act: Act) -> QPushButton:
        button = QPushButton(act.text)

        def do() -> None:
            if act.done_text:
                button.setText(act.done_text)
            else:
                self.clear()
            act.do()

        button.clicked.connect(do)
        return button

    def _check_again(self) -> None:
        again = self._again
        self.clear()
        if again is not None:
            again()
