"""NoteLine: says in a quiet line what was just done, with buttons, and goes away by itself."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import (
    QEasingCurve,
    QEvent,
    QObject,
    QPoint,
    QPropertyAnimation,
    QSize,
    Qt,
    QTimer,
)
from PySide6.QtGui import QFont, QKeyEvent, QPalette
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QToolButton,
    QWidget,
)

from ..look.direction import running_on
from ..look.icons import dress
from ..look.motion import Motion
from ..look.theme import MOVE_MS, STEP
from ..words.announcement import announce
from ..words.words import without_key
from .acts import Act

STAYS_MS = 10_000


class NoteLine(QFrame):
    """Nothing depends on it: what its buttons do can be done elsewhere, too.

    It lies over the foot of what `lie_over` names and moves nothing there.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._acts: tuple[Act, ...] = ()
        self._buttons: list[QPushButton] = []
        self._host: QWidget | None = None
        self._leave: Callable[[], object] | None = None
        self._said = ""
        self._text = QLabel()
        self._text.setTextFormat(Qt.TextFormat.PlainText)
        self._text.setWordWrap(True)  # where the window is narrow
        self._text.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        close = QToolButton()
        close.setAutoRaise(True)
        dress(close, "x", self.tr("Close this note"), role=QPalette.ColorRole.Base)
        close.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        close.clicked.connect(self.clear)
        self._line = line = QHBoxLayout(self)
        line.setContentsMargins(STEP // 2, STEP // 2, STEP // 2, STEP // 2)
        line.setSpacing(STEP // 2)
        line.addSpacing(STEP)  # a margin would not change sides with the window
        line.addWidget(self._text, 1)
        line.addWidget(close)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(STAYS_MS)
        self._timer.timeout.connect(self._on_rest)
        self._motion = Motion(self)
        self._rise = QPropertyAnimation(self, b"pos", self)
        self._rise.setDuration(MOVE_MS)
        self._rise.setEasingCurve(QEasingCurve.Type.OutCubic)
        self.hide()

    def lie_over(self, host: QWidget, leave: Callable[[], object]) -> None:
        """Lie over the foot of `host`, which is inside of the note's parent.

        `leave` is called when the note goes away with the keyboard in it.
        """
        self._host, self._leave = host, leave
        host.installEventFilter(self)

    @property
    def text(self) -> str:
        """What is said now; empty when there is nothing to say."""
        return self._said if not self.isHidden() else ""

    @property
    def act(self) -> Act | None:
        """What the first button does."""
        return self._acts[0] if self._acts else None

    @property
    def acts(self) -> tuple[Act, ...]:
        """What its buttons do, as they stand there."""
        return self._acts

    def show_note(self, text: str, *acts: Act) -> None:
        """Say something in place of what was said before; the way back is the first button."""
        self._acts = acts
        self._said = text
        self._text.setText(running_on(text))
        self._show_buttons()
        self.setAccessibleName(text)
        was_hidden = self.isHidden()
        self.show()
        self.raise_()
        self._lay(is_new=was_hidden)
        self._timer.start()
        announce(self, text)

    def clear(self) -> None:
        """Take the note away; the keyboard goes on to what is behind it."""
        self._acts = ()
        self._timer.stop()
        had_keys = self.isAncestorOf(self.window().focusWidget() or self)
        self.hide()
        if had_keys and self._leave is not None:
            self._leave()

    def sizeHint(self) -> QSize:
        """As wide as its whole text in one line."""
        whole = self._text.fontMetrics().horizontalAdvance(self._said) + STEP
        width = self.minimumSizeHint().width() + whole  # the text asks for none by itself
        return QSize(width, self.heightForWidth(width))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.clear()
        else:
            super().keyPressEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.Resize, QEvent.Type.Move) and self.isVisible():
            self._lay(is_new=False)
        return super().eventFilter(watched, event)

    def _show_buttons(self) -> None:
        while len(self._buttons) < len(self._acts):
            button = QPushButton()
            button.setFlat(True)
            button.setProperty("isMain", not self._buttons)
            if not self._buttons:  # a weight in the style sheet would not count for its width
                font = button.font()
                font.setWeight(QFont.Weight.DemiBold)
                button.setFont(font)
            number = len(self._buttons)
            button.clicked.connect(lambda _, number=number: self._on_act(number))
            self._buttons.append(button)
            self._line.insertWidget(len(self._buttons), button)
        for number, button in enumerate(self._buttons):
            button.ensurePolished()  # the first is set in bold, and has to be as wide
            button.setVisible(number < len(self._acts))
            button.setText(without_key(self._acts[number].text) if number < len(self._acts) else "")

    def _lay(self, *, is_new: bool) -> None:
        host, parent = self._host, self.parentWidget()
        if host is None or parent is None:
            return
        room = host.rect().translated(host.mapTo(parent, QPoint()))
        room.adjust(2 * STEP, 2 * STEP, -2 * STEP, -2 * STEP)
        width = min(self.sizeHint().width(), room.width())
        size = QSize(width, min(self.heightForWidth(width), room.height()))
        place = QPoint(room.center().x() - size.width() // 2, room.bottom() - size.height())
        self.resize(size)
        self._rise.stop()
        if is_new and self._motion.moves():
            self._rise.setStartValue(place + QPoint(0, 2 * STEP))
            self._rise.setEndValue(place)
            self._rise.start()
        else:
            self.move(place)

    def _on_rest(self) -> None:
        if self.underMouse() or self.isAncestorOf(self.window().focusWidget() or self):
            self._timer.start()  # someone is about to press a button
        else:
            self.clear()

    def _on_act(self, number: int) -> None:
        act = self._acts[number]
        self.clear()
        act.do()
