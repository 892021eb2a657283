"""`tagdrop label`: runs one job in the terminal and writes each result as it comes."""

from __future__ import annotations

import ctypes
import queue
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TextIO

from .app import ALL_DONE, INTERRUPTED, NO_BACKEND, SOME_FAILED, STOP_TIMEOUT_S, Core
from .core.errors import Remedy
from .core.events import Event, FoundEvent, ItemEvent, JobEvent, JobState, State, WaitingEvent
from .core.job.progress import Progress
from .core.library.findings import findings_of
from .core.money.spending import Spending
from .core.recognisers import Recogniser
from .core.records import NOTHING_ELSE
from .core.save.tables import Photo
from .core.settings import Settings, load_settings
from .core.texts import amount
from .core.walk.passed_over import PassedOver
from .output import Result, Writer, bar, can_encode

CLEAR_LINE = "\r\x1b[K"
_STD_ERROR, _VIRTUAL_TERMINAL = -12, 0b111


class LabelCommand:
    """One run of the command, in the main thread; the job has threads of its own."""

    def __init__(
        self,
        core: Core,
        write: Writer,
        *,
        recogniser: Recogniser,
        min_confidence: float,
        monthly_limit: float | None = None,
    ) -> None:
        self._core = core
        self._write = write
        self._recogniser = recogniser
        self._min_confidence = min_confidence
        self._monthly_limit = monthly_limit
        self._spending = Spending(core.library.store)
        self._events: queue.SimpleQueue[Event] = queue.SimpleQueue()
        self._progress = Progress()
        self._shown: set[int] = set()
        self._line = ProgressLine(sys.stderr)

    def run(self, paths: list[Path], *, again: bool) -> int:
        """Label these paths; the exit code."""
        jobs = self._core.make_queue(self._events.put, self._settings)
        try:
            jobs.add(paths, self._recogniser.name, again=again)
            end = self._follow()
        except KeyboardInterrupt:
            self._line.clear()
            jobs.close(STOP_TIMEOUT_S)
            print(
                f"Stopped. {self._progress.total_ended} photos are done; the same command resumes"
                " where it stopped.",
                file=sys.stderr,
            )
            return INTERRUPTED
        finally:
            self._line.clear()
            jobs.close(STOP_TIMEOUT_S)
        return self._sum_up(end)

    def _settings(self) -> Settings:
        """As they are in this moment: the window may be open beside, and change them."""
        settings = load_settings(self._core.data_dir)
        if self._monthly_limit is None:
            return settings
        return replace(settings, monthly_limit_dollars=self._monthly_limit)

    def _follow(self) -> JobEvent:
        """Show what happens until the job ends."""
        while True:
            try:
                # The limit lets Ctrl-C through on Windows.
                event = self._events.get(timeout=0.5)
            except queue.Empty:
                self._line.draw(self._progress)
                continue
            if isinstance(event, WaitingEvent):
                continue
            if isinstance(event, JobEvent):
                if event.state is not JobState.RUNNING:
                    return event
                self._show_earlier(event.job_id)
            else:
                self._take(event)
                self._line.draw(self._progress)

    def _show_earlier(self, job_id: int) -> None:
        """A job that was begun before this start: what it has done belongs to the result."""
        for item in self._core.library.job_items(job_id):
            self._progress.add(FoundEvent(job_id, 1))
            if item.state.is_final:
                self._take(
                    ItemEvent(
                        job_id=job_id,
                        item_id=item.id,
                        file_id=item.file_id,
                        path=str(item.path),
                        state=item.state,
                        image_name=item.image_name,
                        error=item.error,
                    )
                )

    def _take(self, event: ItemEvent | FoundEvent) -> None:
        if isinstance(event, ItemEvent) and event.state.is_final:
            if event.item_id in self._shown:
                return  # it ended while the earlier ones were read
            self._shown.add(event.item_id)
            self._line.clear()
            self._write(Result(self._photo(event), self._recogniser.name))
        self._progress.add(event)

    def _photo(self, event: ItemEvent) -> Photo:
        """What the window shows of this photo; of one that failed, why."""
        library = self._core.library
        file = library.file(event.file_id)
        if event.error or file is None or file.image_id is None:
            return Photo(event.path, event.image_name, event.state, (), event.error)
        labels = library.effective_labels(file.image_id)
        found = findings_of(library.store, [file.image_id])
        return Photo(
            path=event.path,
            image_name=event.image_name,
            state=event.state,
            labels=tuple(
                s for s in labels if s.is_kept or s.record.confidence >= self._min_confidence
            ),
            findings=found.get(file.image_id, NOTHING_ELSE),
            is_partly_damaged=file.is_partly_damaged,
        )

    def _sum_up(self, end: JobEvent) -> int:
        failed = self._progress.ended[State.FAILED]
        if end.job_id and self._recogniser.price:
            print(self._costs(end.job_id), file=sys.stderr)
        if end.error is not None:
            print(end.error, file=sys.stderr)
            if end.error.remedy is Remedy.RAISE_LIMIT:
                print("--monthly-limit DOLLARS raises it for one run.", file=sys.stderr)
            waiting = self._progress.found - self._progress.total_ended
            if waiting:
                print(f"{waiting} photos are waiting; the same command resumes.", file=sys.stderr)
            return NO_BACKEND
        passed_over = self._core.library.passed_over(end.job_id)
        for line in _about(passed_over):
            print(line, file=sys.stderr)
        if not passed_over and not self._progress.total_ended:
            print("No photos were found there.", file=sys.stderr)
        return SOME_FAILED if failed else ALL_DONE

    def _costs(self, job_id: int) -> str:
        job, month = self._spending.of_job(job_id), self._spending.this_month()
        limit = self._settings().monthly_limit_dollars
        spent = f"This month: ${amount(month.dollars)} of ${amount(limit)}."
        return f"This cost ${amount(job.dollars)}. {spent}"


def _about(passed_over: PassedOver) -> Iterator[str]:
    """A line for each reason."""
    for count, one, several in (
        (
            passed_over.unreadable,
            "1 file of a kind that Tagdrop cannot read ({kinds}).",
            "{count} files of kinds that Tagdrop cannot read ({kinds}).",
        ),
        (
            passed_over.online_only,
            "1 photo is only online: download it first.",
            "{count} photos are only online: download them first.",
        ),
        (passed_over.not_photos, "1 file is not a photo.", "{count} files are not photos."),
    ):
        if count:
            text = one if count == 1 else several
            yield text.format(count=count, kinds=passed_over.kind_names())


class ProgressLine:
    """A bar on standard error, when that is a terminal."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._on = stream.isatty()
        if self._on and sys.platform == "win32":  # its consoles know CLEAR_LINE when asked to
            kernel = ctypes.windll.kernel32
            kernel.SetConsoleMode(kernel.GetStdHandle(_STD_ERROR), _VIRTUAL_TERMINAL)
        self._plain = not can_encode("█▏", stream)
        self._drawn = False

    def draw(self, progress: Progress) -> None:
        """Draw the line anew."""
        if not self._on or not progress.found:
            return
        done, found = progress.total_ended, progress.found
        parts = [f"{done} of {found}{'' if progress.found_all else '…'}"]
        if progress.rate:
            parts.append(f"{progress.rate:.1f} a second")
        if progress.left_s is not None:
            parts.append(f"{progress.left_s:.0f} s left")
        drawn = bar(100 * min(done / found, 1), 20, plain=self._plain)
        self._stream.write(f"{CLEAR_LINE}{drawn} {', '.join(parts)}")
        self._stream.flush()
        self._drawn = True

    def clear(self) -> None:
        """Take the line away, before something else is written."""
        if self._drawn:
            self._stream.write(CLEAR_LINE)
            self._stream.flush()
            self._drawn = False
