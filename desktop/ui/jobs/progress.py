"""ProgressLine: how far the job is, how fast it goes, and what came of it at the end."""

from __future__ import annotations

from PySide6.QtCore import QLocale, Signal
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QPushButton, QWidget

from desktop.core.events import ItemEvent, JobEvent, JobState, State, WaitingEvent
from desktop.core.job.progress import Progress

from ..grid.reader import Tally
from ..look.icons import put_before_words
from ..look.line_text import LineText
from ..look.theme import STEP
from ..words.announcement import announce
from ..words.core_texts import money
from .passed_over_words import PassedOverWords

WORTH_SAYING_S = 10.0
"""What took less is not worth a word."""


class ProgressLine(QWidget):
    """Counts come from the library (`show_tally`), the pace from the events as they come."""

    cancelled = Signal(int)
    """The person ended this job (its id)."""
    go_on_asked = Signal(int)
    """The person wants the rest of a cancelled job (its id) after all."""
    paused = Signal(int)
    """The person wants this job (its id) to begin nothing new for now."""
    resumed = Signal(int)
    """The person wants a paused job (its id) to go on."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._job_id = 0
        self._waiting_jobs = 0
        self._tally: Tally | None = None
        self._pace = Progress()
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setMinimumWidth(120)
        self._bar.setMaximumWidth(320)
        self._bar.setAccessibleName(self.tr("Progress of labelling"))
        self._text = LineText()
        self._cancel = QPushButton(self.tr("Cancel"))
        self._cancel.setToolTip(self.tr("Stop here. Photos that have labels keep them."))
        self._cancel.clicked.connect(self._on_cancel)
        self._go_on = QPushButton(self.tr("Label the rest"))
        self._go_on.clicked.connect(self._on_go_on)
        self._give_up = QPushButton(self.tr("Cancel the rest"))
        self._give_up.setToolTip(self.tr("Photos that have labels keep them."))
        self._give_up.clicked.connect(self._on_give_up)
        self._pause = QPushButton(self.tr("Pause"))
        self._pause.setToolTip(
            self.tr("Start no more photos for now; those already submitted still get labels.")
        )
        self._pause.clicked.connect(self._on_pause)
        for button in (self._cancel, self._go_on, self._give_up, self._pause):
            button.setFlat(True)
        self._is_paused = False
        line = QHBoxLayout(self)
        line.setContentsMargins(2 * STEP, 0, 2 * STEP, 0)
        line.setSpacing(STEP)
        line.addWidget(self._bar, 1)
        line.addWidget(self._text, 2)
        line.addWidget(self._go_on)
        line.addWidget(self._give_up)
        line.addWidget(self._pause)
        line.addWidget(self._cancel)
        self.setFixedHeight(self._cancel.sizeHint().height() + STEP)
        self._line = line
        put_before_words(self._cancel, "x")
        self._show_paused(False)
        self._show(bar=False, cancel=False)

    def add_last(self, widget: QWidget) -> None:
        """Put something at the right end of the line."""
        self._line.addWidget(widget)

    @property
    def text(self) -> str:
        """What the line says now."""
        return self._text.said

    @property
    def is_at_rest(self) -> bool:
        """Whether no job is shown as running."""
        return self._cancel.isHidden()

    def show_count(self, photos: int) -> None:
        """Say how many photos there are, as long as no job has something to say."""
        if self._job_id == 0 and photos:
            self._text.say(self.tr("Photos: {0}").format(QLocale().toString(photos)))

    def start(self, job_id: int) -> None:
        """A job has begun, or goes on with a backend made anew."""
        self._tally = None
        if job_id != self._job_id:
            self._show_paused(False)  # a job never begins so
        self._job_id = job_id
        self._pace = Progress()
        self._bar.setRange(0, 0)
        self._text.say(self.tr("Looking for photos…"))
        self._cancel.setEnabled(True)
        self._show(bar=True, cancel=True)

    def add_events(self, batch: list[object]) -> None:
        """Take events into account for the pace."""
        for event in batch:
            if isinstance(event, ItemEvent) and event.job_id == self._job_id:
                self._pace.add(event)
            elif isinstance(event, WaitingEvent):
                self._waiting_jobs = event.jobs
                if self._tally is not None:
                    self.show_tally(self._tally)

    def show_tally(self, tally: Tally) -> None:
        """Say how the running job stands."""
        if not self._cancel.isEnabled() or tally.total == 0:
            return
        self._tally = tally
        self._bar.setUpdatesEnabled(False)  # else it paints the whole window now, not in its turn
        self._bar.setRange(0, tally.total)
        self._bar.setValue(tally.ended)
        self._bar.setUpdatesEnabled(True)
        number = QLocale().toString
        parts = [self.tr("{0} of {1}").format(number(tally.ended), number(tally.total))]
        if self._is_paused:
            parts.append(self.tr("paused"))
        rate = None if self._is_paused else self._pace.rate
        if rate and tally.ended < tally.total:
            parts.append(self.tr("{0} a second").format(number(rate, "f", 0 if rate >= 9.5 else 1)))
            if tally.found_all:
                parts.append(self._time_left((tally.total - tally.ended) / rate))
        if not tally.found_all:
            parts.append(self.tr("still looking for photos"))
        if self._waiting_jobs:
            parts.append(self.tr("%n more jobs waiting", "", self._waiting_jobs))
        self._text.say(" · ".join(parts))

    @property
    def others_wait(self) -> bool:
        """Whether the next job begins as soon as this one has ended."""
        return self._waiting_jobs > 0

    def speaks_of(self, job_id: int) -> bool:
        """Whether the line is this job's; the next may have begun, and ended, meanwhile."""
        return job_id == self._job_id

    def end(self, event: JobEvent, tally: Tally | None) -> None:
        """Say what came of the job, unless the line speaks of the next one already."""
        if not self.speaks_of(event.job_id):
            return
        self._show_paused(False)
        self._show(
            bar=False,
            cancel=False,
            go_on=event.state is JobState.CANCELLED,
            give_up=event.state is JobState.STOPPED and tally is not None,
        )
        said = self.receipt(event, tally)
        self._text.say(said)
        if said and not self.others_wait:  # else a note says it
            announce(self, said)

    def receipt(self, event: JobEvent, tally: Tally | None) -> str:
        """One line for a job that ended: every image of it is in exactly one of the numbers."""
        if tally is None or not (tally.total or tally.passed_over):
            return "" if event.error else self.tr("No photos found")
        number = QLocale().toString
        parts = [
            (State.DONE, self.tr("{0} labelled")),
            (State.SKIPPED, self.tr("{0} already labelled")),
            (State.FAILED, self.tr("{0} failed")),
            (State.CANCELLED, self.tr("{0} cancelled")),
        ]
        said = [text.format(number(tally.count(s))) for s, text in parts if tally.count(s)]
        if open_items := tally.total - tally.ended:
            said.append(self.tr("{0} still to do").format(number(open_items)))
        said += PassedOverWords().about(tally.passed_over)
        if tally.dollars:
            said.append(self.tr("cost {0}").format(money(tally.dollars)))
        if tally.seconds and tally.seconds >= WORTH_SAYING_S:
            said.append(self._time_taken(tally.seconds))
        return " · ".join(said)

    def _time_taken(self, seconds: float) -> str:
        if seconds < 90:
            return self.tr("in %n seconds", "", round(seconds))
        if seconds < 5400:
            return self.tr("in %n minutes", "", round(seconds / 60))
        return self.tr("in {0} hours").format(QLocale().toString(seconds / 3600, "f", 1))

    def _time_left(self, left_s: float) -> str:
        if left_s < 90:
            return self.tr("{0} s left").format(max(1, round(left_s)))
        if left_s < 5400:
            return self.tr("{0} min left").format(round(left_s / 60))
        return self.tr("{0} h left").format(QLocale().toString(left_s / 3600, "f", 1))

    def _show(self, *, bar: bool, cancel: bool, go_on: bool = False, give_up: bool = False) -> None:
        self._bar.setVisible(bar)
        self._cancel.setVisible(cancel)
        self._pause.setVisible(cancel)
        self._go_on.setVisible(go_on)
        self._give_up.setVisible(give_up)

    def _show_paused(self, is_paused: bool) -> None:
        self._is_paused = is_paused
        self._pause.setText(self.tr("Resume") if is_paused else self.tr("Pause"))
        put_before_words(self._pause, "play" if is_paused else "pause")

    def _on_pause(self) -> None:
        self._show_paused(not self._is_paused)
        if not self._is_paused:
            self._pace = Progress()  # the pace of before tells nothing of now
        if self._tally is not None:
            self.show_tally(self._tally)
        (self.paused if self._is_paused else self.resumed).emit(self._job_id)

    def _on_cancel(self) -> None:
        self._cancel.setEnabled(False)
        self._pause.hide()
        self._text.say(self.tr("Stopping…"))
        self.cancelled.emit(self._job_id)

    def _on_give_up(self) -> None:
        self._give_up.hide()
        self.cancelled.emit(self._job_id)

    def _on_go_on(self) -> None:
        self._go_on.hide()
        self.go_on_asked.emit(self._job_id)
