"""JobSheet: before a job that costs money or is large, says what it holds and asks to start."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeyEvent, QPaintEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QStyle,
    QStyleOptionFocusRect,
    QStylePainter,
    QWidget,
)

from desktop.core.backend import BackendName
from desktop.core.errors import AppError
from desktop.core.library.library import Library
from desktop.core.money.estimate import Estimate, estimate
from desktop.core.photo.discover import Found
from desktop.core.recognisers import Recognisers

from ..live_settings import LiveSettings
from ..words.announcement import announce
from ..words.core_texts import amount
from ..work import Stop, Task, Work
from .durations import Durations
from .passed_over_words import PassedOverWords

FREE_AT_ONCE = 500
"""A free job with no more photos starts without a question."""
AT_ONCE_S = 0.5
"""Asked so soon after a drop, nobody has begun to do something else with the keyboard."""
LOOKING_AFTER_MS = 1000
"""A count that takes longer is shown, with a way to end it."""


@dataclass(frozen=True, slots=True)
class _Drop:
    paths: Sequence[Path]
    backend: BackendName
    again: bool
    came_at: float
    found: Found | None = None


class JobSheet(QFrame):
    """A line in the window, never a box in the way. Drops are asked about one after another."""

    def __init__(
        self,
        library: Library,
        work: Work,
        start: Callable[[_Drop], None],
        on_error: Callable[[AppError], None],
        settings: LiveSettings,
        *,
        recognisers: Recognisers,
    ) -> None:
        super().__init__()
        self._library = library
        self._recognisers = recognisers
        self._work = work
        self._task: Task | None = None
        self._settings = settings
        self._start = start
        self._on_error = on_error
        self._drops: list[_Drop] = []
        self._before: QWidget | None = None
        self._slow = QTimer(self)
        self._slow.setSingleShot(True)
        self._slow.setInterval(LOOKING_AFTER_MS)
        self._slow.timeout.connect(self._show_looking)
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self.setAutoFillBackground(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._text = QLabel()
        self._text.setTextFormat(Qt.TextFormat.PlainText)
        self._text.setWordWrap(True)
        self.start_button = QPushButton(self.tr("Start"))
        self.start_button.setProperty("isMain", True)
        self.start_button.clicked.connect(self._on_start)
        self.cancel_button = QPushButton(self.tr("Cancel"))
        self.cancel_button.clicked.connect(self._next)
        line = QHBoxLayout(self)
        line.setContentsMargins(16, 8, 16, 8)
        line.setSpacing(8)
        line.addWidget(self._text, 1)
        line.addWidget(self.cancel_button)
        line.addWidget(self.start_button)
        self.start_button.hide()
        self._say(self.tr("Looking for photos…"))
        self.hide()

    @property
    def text(self) -> str:
        """What the line says."""
        return self._text.text()

    @property
    def is_asking(self) -> bool:
        """Whether it waits for an answer; else it counts, if there is something to count."""
        return not self.start_button.isHidden()

    def ask(self, paths: Sequence[Path], backend: BackendName, *, again: bool) -> None:
        """Count what was dropped; then start it, or ask first."""
        self._drops.append(_Drop(paths, backend, again, time.monotonic()))
        if len(self._drops) == 1:
            self._count()

    def close_down(self) -> None:
        """What would have started without a question is not lost; the work that counts is ended."""
        drops, self._drops = self._drops, []
        self._slow.stop()
        for drop in drops:
            if self._is_free(drop) and not self.is_asking:
                self._start(drop)

    def _is_free(self, drop: _Drop) -> bool:
        return self._recognisers.get(drop.backend).price is None

    def _count(self) -> None:
        drop = self._drops[0]
        recogniser = self._recognisers.get(drop.backend)

        def count(stop: Stop) -> Iterator[Estimate]:
            return estimate(
                self._library,
                drop.paths,
                recogniser,
                self._settings.now,
                again=drop.again,
                cancel=stop,
            )

        self._slow.start()
        self._task = self._work.follow(count, self._on_told, failed=self._on_failed)

    def _on_failed(self, error: AppError) -> None:
        self._on_error(error)
        self._next()

    def _on_told(self, told: Estimate) -> None:
        drop = self._drops[0] = replace(self._drops[0], found=told.found)
        is_small = told.new + told.known <= FREE_AT_ONCE
        is_free = self._is_free(drop) or (told.new == 0 and told.is_whole)
        if is_small and is_free:
            if told.is_complete:
                self._on_start()
            return
        self._slow.stop()
        self._say(self._words(told))
        if not self.is_asking:
            self._ask()
        elif told.is_complete:
            announce(self, self.text)

    def _say(self, text: str) -> None:
        self._text.setText(text)
        self.setAccessibleName(text)
        self.start_button.setAccessibleDescription(text)

    def _show_looking(self) -> None:
        self._say(self.tr("Looking for photos…"))
        self._appear()

    def _ask(self) -> None:
        self.start_button.show()
        self._appear()
        # Who does something else must not start what costs money with the next key.
        if isinstance(self._before, QLineEdit) or self._has_keys:
            return
        is_at_once = time.monotonic() - self._drops[0].came_at < AT_ONCE_S
        (self.start_button if is_at_once else self).setFocus()

    def _appear(self) -> None:
        if not self._has_keys:
            self._before = self.window().focusWidget()
        self.show()
        announce(self, self.text)

    def _disappear(self) -> None:
        had_keys = self._has_keys
        self.hide()
        self.start_button.hide()
        if had_keys and self._before is not None and self._before.isVisible():
            self._before.setFocus()

    @property
    def _has_keys(self) -> bool:
        return self.window().focusWidget() in (self, self.start_button, self.cancel_button)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape cancels."""
        if event.key() == Qt.Key.Key_Escape:
            self.cancel_button.click()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Show that it has the keyboard, which it took without a key for it."""
        super().paintEvent(event)
        if self.hasFocus():
            option = QStyleOptionFocusRect()
            option.initFrom(self)
            option.state |= QStyle.StateFlag.State_KeyboardFocusChange
            painter = QStylePainter(self)
            painter.drawPrimitive(QStyle.PrimitiveElement.PE_FrameFocusRect, option)

    def _words(self, told: Estimate) -> str:
        parts = [self.tr("%n photos to label", "", told.new)]
        if told.known:
            parts.append(self.tr("%n already labelled", "", told.known))
        if told.dollars:
            limit = self._settings.now.monthly_limit_dollars
            cost = amount(max(0.01, round(told.dollars, 2)))
            parts.append(self.tr("about ${0} of your ${1}").format(cost, amount(limit)))
        parts.append(Durations().about(told.seconds))
        if not told.is_complete:
            parts.append(self.tr("still looking for photos"))
        parts += PassedOverWords().about(told.passed_over)
        if not told.is_whole:
            parts.append(self.tr("some folders cannot be read and may contain more"))
        if told.stops_after == 0:
            parts.append(self.tr("this month's limit is reached, so they will wait"))
        elif told.stops_after is not None:
            parts.append(
                self.tr("the limit will stop it after about %Ln photos", "", told.stops_after)
            )
        return " · ".join(parts)

    def _on_start(self) -> None:
        self._start(self._drops[0])
        self._next()

    def _next(self) -> None:
        self._drops.pop(0)
        self._slow.stop()
        if self._task is not None:
            self._task.drop()
        self._disappear()
        if self._drops:
            self._count()
