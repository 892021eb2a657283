"""AmazonAccount: what the pages share: where the set-up stands and who is signed in."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from deploy.flow import FlowState, change_flow, load_flow
from desktop.core.errors import AppError, other_account
from desktop.core.money.prices import analyses, price_in, with_listed
from desktop.core.money.spending import Spending
from desktop.core.recognisers import Recognisers
from desktop.core.settings import Connection

from ..live_settings import LiveSettings
from ..work import Task, Work
from . import calls, sign_in_calls

if TYPE_CHECKING:  # to import it now would load boto3
    from deploy.sign_in.access import Access

PAGE_AFTER_SIGN_IN = {
    "set-up": "account",
    "finish": "progress",
    "take-back": "progress",
    "repair": "progress",
    "update": "progress",
    "new-key": "progress",
    "replay": "progress",
    "doctor": "doctor",
    "computer": "computer",
    "remove": "removal",
    "removing": "removal",
}
"""A goal, what a person signs in for -> the page that goes on with it.

A set-up is to `finish` once its button was pressed, and to `take-back` once it was cancelled;
what a person wants to `remove` is `removing` once that button was pressed.
"""
CHANGES = ("also_text", "also_explicit", "label_days", "alarm_email", "with_user")
"""What a person wants to have changed in the account, until that is done or left."""
BEGUN = frozenset({"finish", "take-back", "removing"})
"""Goals of which a part may have come true at Amazon."""
_BEFORE = frozenset({"start", "sign-in", "other-ways", "no-account", "account", "connection-file"})
"""Pages for whoever has no connection yet; with another goal, also for those who have one."""


class AmazonAccount(QObject):
    """Lives in the GUI thread; the state is kept at every change, so a crash comes back to it.

    The person's rights (`access`) are in memory only, and only until what they are for is done.
    """

    loaded = Signal()
    moved = Signal()
    """Another page is to be shown."""
    changed = Signal()
    """Somebody has signed in, or is no longer signed in."""
    connection_changed = Signal()
    """There is another connection or key, or none any more: who used the old one starts anew."""
    failed = Signal(object)
    """An AppError: where the set-up stands cannot be kept."""
    failed_unseen = Signal(object)
    """An AppError of which a page tells that nobody looks at."""

    def __init__(
        self,
        settings: LiveSettings,
        spending: Spending,
        work: Work,
        data_dir: Path,
        parent: QObject,
        *,
        recognisers: Recognisers,
    ) -> None:
        super().__init__(parent)
        self.settings = settings
        self.recognisers = recognisers
        self.backend = recognisers.connected.name
        self.spending = spending
        self.data_dir = data_dir
        self.work = work
        self.flow = FlowState()
        self.access: Access | None = None
        self.is_loaded = False
        self._then: list[Callable[[], object]] = []
        self._flow_lane = work.lane("amazon flow")

    def load(self) -> None:
        """Begin: find out where the set-up stands."""
        self.work.run(lambda _: load_flow(self.data_dir), self._on_loaded, self._on_unreadable)

    def when_loaded(self, do: Callable[[], object]) -> None:
        """Do it now, or as soon as it is known where the set-up stands."""
        if self.is_loaded:
            do()
        else:
            self._then.append(do)

    # Where it stands

    @property
    def connection(self) -> Connection | None:
        """What is set up."""
        return self.settings.now.connection

    @property
    def page(self) -> str:
        """The page to be shown; empty until it is known."""
        return self.flow.page if self.is_loaded else ""

    @property
    def is_unfinished(self) -> bool:
        """Whether something goes on at Amazon that this computer does not follow."""
        return self.page == "progress" or (self.is_loaded and self.flow.goal in BEGUN)

    def go(self, page: str, **values: Any) -> None:
        """Show another page, and keep that."""
        self.keep(page=page, **values)
        self.moved.emit()

    def keep(self, **values: Any) -> None:
        """Keep something else about the set-up."""
        self.flow = dataclasses.replace(self.flow, **values)
        self._flow_lane.run(
            lambda _: change_flow(self.data_dir, **values), failed=self.failed.emit, writes=True
        )

    def begin(self) -> None:
        """The person wants Amazon: on from the first page, or back to where they were."""
        if self.page == "start":
            goal = self.flow.goal
            self.sign_in_for(goal if goal in BEGUN else "set-up")

    def home(self) -> None:
        """Show what there is: the connection, or what could be."""
        page = "start" if self.connection is None else "connected"
        self.go(page, goal="set-up", **dict.fromkeys(CHANGES, ""))

    def back(self) -> None:
        """Show what was left: what is begun at Amazon, which nobody forgets by this, or home."""
        goal = self.flow.goal
        if goal in BEGUN:
            self.go(PAGE_AFTER_SIGN_IN[goal])
        else:
            self.home()

    def order(self, access: Access) -> calls.Order:
        """What is known now of what is to be done at Amazon."""
        now = self.settings.now
        price = price_in(now, (self.connection or self.flow).region)
        return calls.Order(
            access=access,
            flow=self.flow,
            connection=self.connection,
            retention_days=now.retention_days,
            monthly_analyses=analyses(now.monthly_limit_dollars, price),
            limit_dollars=now.monthly_limit_dollars,
            data_dir=self.data_dir,
        )

    def reserve(self) -> None:
        """Count a test photo; for a work thread. Raises LimitError where there is no room."""
        now = self.settings.now
        self.spending.reserve(
            dollars_per_1000=now.dollars_per_1000 * now.analyses,
            limit_dollars=now.monthly_limit_dollars,
        )

    # Who is signed in

    def sign_in_for(self, goal: str) -> None:
        """Go to what the rights are for, by signing in where nobody is signed in."""
        if self.access is not None:
            self.go(PAGE_AFTER_SIGN_IN[goal], goal=goal)
        else:
            self.go("sign-in", goal=goal)

    def change_options(self, text: bool, explicit: bool) -> None:
        """Let Amazon look for these, too, or not: the service's owner has to sign in for it."""
        choices = {True: "yes", False: "no"}
        self.keep(also_text=choices[text], also_explicit=choices[explicit])
        self.sign_in_for("update")

    def change_account(self, label_days: int, alarm_email: str) -> None:
        """Change what lives in the account, its limit too: the owner has to sign in for it."""
        self.keep(label_days=str(label_days), alarm_email=alarm_email or calls.NO_ALARM)
        self.sign_in_for("update")

    def take_access(self, access: Access) -> None:
        """Somebody has signed in. Raises CredentialsError for another account than the set-up's."""
        goal, connection = self.flow.goal, self.connection
        is_other = connection is not None and access.account != connection.account
        if connection and is_other and goal not in ("set-up", "finish", "take-back"):
            raise other_account(connection.account, access.account)
        self.access = access
        self.changed.emit()
        self.go(
            PAGE_AFTER_SIGN_IN[goal], way=access.way, profile=access.name, account=access.account
        )

    def sign_in_as_before(
        self, ended: Callable[[], object], failed: Callable[[AppError], object]
    ) -> Task | None:
        """Sign in where nobody has to be asked: with the profile of the last time.

        None where it was another way. `ended` comes first, also of a sign-in that was cancelled.
        """
        name = self.flow.profile
        if self.flow.way != "profile":
            return None

        def on_access(access: Access) -> None:
            ended()
            try:
                self.take_access(access)
            except AppError as error:
                failed(error)

        def on_failed(error: AppError) -> None:
            ended()
            failed(error)

        return self.work.run(
            lambda stop: sign_in_calls.use_profile(name, stop), on_access, on_failed, ended
        )

    def forget_access(self) -> None:
        """Nobody is signed in any more: what the rights were for is done."""
        if self.access is not None:
            self.access = None
            self.changed.emit()

    def note_price(self, region: str, dollars_per_1000: float) -> None:
        """Amazon's price list says so now."""
        kept = with_listed(self.settings.now, region, dollars_per_1000)
        self.settings.change(
            listed_prices=kept.listed_prices, dollars_per_1000=kept.dollars_per_1000
        )

    def take_connection(self, connection: Connection | None, *, is_chosen: bool = False) -> None:
        """Use what is set up now, or nothing any more, and tell who used what was there before.

        `is_chosen`: new drops go there, as the person has just set it up or connected with it. What
        was only repaired, updated or given a new key leaves the choice of a backend as it was.
        """
        backend = self.settings.now.backend
        if connection is None:
            backend = ""
        elif is_chosen:
            backend = self.backend
        values: dict[str, Any] = {"connection": connection, "backend": backend}
        if connection is not None:  # known at once, and not only when the file is looked at
            values["dollars_per_1000"] = price_in(self.settings.now, connection.region)
        self.settings.change(**values)
        self.connection_changed.emit()

    # Reading and writing

    def _on_loaded(self, flow: FlowState) -> None:
        self.is_loaded = True
        page = self._first_page(flow)
        goal = "set-up" if page in ("start", "connected", "ready") else flow.goal
        self.flow = dataclasses.replace(flow, page=page, goal=goal)
        if page == "ready":
            self.take_connection(self.connection, is_chosen=True)
        self.loaded.emit()
        self.moved.emit()
        for do in self._then:
            do()
        self._then.clear()

    def _on_unreadable(self, error: AppError) -> None:
        self.failed.emit(error)
        self._on_loaded(FlowState())

    def _first_page(self, flow: FlowState) -> str:
        has_goal = flow.goal not in ("set-up", "finish")
        if self.connection is None:
            page = flow.page if flow.page in _BEFORE or flow.page == "progress" else "start"
            is_left = page in ("start", "account") and flow.goal in ("finish", "take-back")
            return "progress" if is_left else page
        if flow.page == "progress" and flow.goal == "finish":
            return "ready"  # all was made, and the program ended before it could be said
        if flow.page in ("computer", "removal", "progress"):
            return flow.page  # not "doctor": what costs something is asked for anew
        return flow.page if flow.page in _BEFORE and has_goal else "connected"
