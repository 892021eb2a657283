"""MonthLine: what this month has cost of the person's limit; goes on when there is room again."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QLabel, QWidget

from desktop.core.errors import AccountLimitError, LimitError
from desktop.core.events import JobEvent
from desktop.core.money.spending import Spent, photos_left
from desktop.core.recognisers import Recognisers

from ..grid.feed import Feed
from ..live_settings import LiveSettings
from ..words.core_texts import amount, money

LOOK_AGAIN_S = 3600.0
"""Another program may spend too, and a computer that slept has no timers: look this often."""
RESTS_MS = 1000
"""A limit that is being typed passes through others; it counts for waiting jobs when it rests."""


class MonthLine(QLabel):
    """Shown while something that costs money can be used: Amazon is connected, say.

    `go_on` gets the error of a job that the limit stopped, once there is room for more: the limit
    was raised, the price has fallen, a new month has begun. A job that the account's own limit has
    stopped waits for the month; once that limit was raised, the account's page goes on with it.
    """

    def __init__(
        self,
        settings: LiveSettings,
        recognisers: Recognisers,
        feed: Feed,
        go_on: Callable[[LimitError], None],
        parent: QWidget | None = None,
        *,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        super().__init__(parent)
        self._settings = settings
        self._recognisers = recognisers
        self._feed = feed
        self._go_on = go_on
        self._now = now
        self._spent = Spent(0, 0.0)
        self._stopped_by: LimitError | None = None
        self._stopped_in = ""
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setToolTip(
            self.tr(
                "Counted on this computer at the price in the settings. Every photo sent"
                " counts; months follow UTC, as on Amazon's bill."
            )
        )
        self._look_timer = QTimer(self)
        self._look_timer.setSingleShot(True)
        self._look_timer.timeout.connect(self._look)
        self._rest_timer = QTimer(self)
        self._rest_timer.setSingleShot(True)
        self._rest_timer.setInterval(RESTS_MS)
        self._rest_timer.timeout.connect(self._go_on_where_there_is_room)
        feed.month_read.connect(self._on_month_read)
        feed.job_ended.connect(self._on_job_ended)
        settings.changed.connect(self._on_settings)
        self._show()
        self._look()

    def _look(self) -> None:
        self._feed.read_month()
        now = self._now()
        turn = datetime(now.year + now.month // 12, now.month % 12 + 1, 1, tzinfo=UTC)
        wait = min(turn - now, timedelta(seconds=LOOK_AGAIN_S))
        self._look_timer.start(round(wait.total_seconds() * 1000) + 1)

    def _on_month_read(self, spent: Spent) -> None:
        self._spent = spent
        self._show()
        self._go_on_where_there_is_room()

    def _on_job_ended(self, event: JobEvent, _: object) -> None:
        if isinstance(event.error, LimitError):
            self._stopped_by, self._stopped_in = event.error, self._month()
        self._go_on_where_there_is_room()

    def _on_settings(self) -> None:
        self._show()
        if self._stopped_by:
            self._rest_timer.start()

    def _go_on_where_there_is_room(self) -> None:
        error = self._stopped_by
        if error is not None and self._has_room():
            self._stopped_by = None
            self._go_on(error)

    def _has_room(self) -> bool:
        """Whether the month has room for a photo, whichever recogniser the job waits for."""
        now = self._settings.now
        if isinstance(self._stopped_by, AccountLimitError) and self._stopped_in == self._month():
            return False
        return all(
            photos_left(self._spent, price, now.monthly_limit_dollars) != 0
            for price in self._recognisers.prices(now)
        )

    def _month(self) -> str:
        return f"{self._now():%Y-%m}"

    def _show(self) -> None:
        now = self._settings.now
        self.setVisible(bool(self._recognisers.prices(now)))
        spent, limit = money(self._spent.dollars), amount(now.monthly_limit_dollars)
        self.setText(self.tr("This month {0} of ${1}").format(spent, limit))
