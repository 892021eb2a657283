"""What the pages have `deploy` do at Amazon: every function here is for a work thread.

They load boto3 when they are called (0.4 s), wait for Amazon and read files; the pages hand them to
Work and hear of the end. All may raise AppError, and Cancelled when `stop` is set.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from deploy.flow import FlowState
from desktop.core.credentials import Kept, kept_where
from desktop.core.errors import AppError
from desktop.core.photo.discover import discover
from desktop.core.records import LabelRecord
from desktop.core.settings import (
    Connection,
    Settings,
    change_settings,
    load_settings,
    options_in,
)

from ..work import Stop

if TYPE_CHECKING:  # what `deploy` tells; to import it now would load boto3
    from deploy.backfill import Backlog
    from deploy.doctor.doctor import Check
    from deploy.set_up import SetUp
    from deploy.sign_in.access import Access
    from deploy.stack.stack_events import StackEvent

NO_ALARM = "none"
"""Instead of an address."""
Reserve = Callable[[], object]
"""Counts a test photo just before it is sent; raises LimitError when there is no room for it."""


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be done at Amazon, as it was known when it was asked for."""

    access: Access
    flow: FlowState
    connection: Connection | None
    retention_days: int
    monthly_analyses: int
    limit_dollars: float
    data_dir: Path
    anew: bool = False

    def wanted(self) -> SetUp:
        """The same in `deploy`'s words."""
        from deploy.set_up import SetUp

        where = self.connection or self.flow
        by_profile = self.access.way == "profile"  # others label with nothing but a key
        return SetUp(
            where.stack,
            where.region,
            self.retention_days,
            self.monthly_analyses,
            also_text=_chosen(self.flow.also_text),
            also_explicit=_chosen(self.flow.also_explicit),
            label_days=int(self.flow.label_days) if self.flow.label_days else None,
            alarm_email="" if self.flow.alarm_email == NO_ALARM else self.flow.alarm_email or None,
            alarm_dollars=self.limit_dollars,
            with_user=_chosen(self.flow.with_user) if by_profile else None,
            anew=self.anew,
        )


def _chosen(choice: str) -> bool | None:
    return {"yes": True, "no": False}.get(choice)


# What is set up


@dataclass(frozen=True, slots=True)
class Regions:
    """Where photos can be labelled (codes), and the nearest of these."""

    all: tuple[str, ...]
    nearest: str


def regions(_: Stop) -> Regions:
    """Amazon's locations."""
    from deploy.stack.regions import nearest
    from deploy.stack.regions import regions as known

    return Regions(tuple(region.code for region in known()), nearest())


@dataclass(frozen=True, slots=True)
class Given:
    """What the account says of itself: how many photos a second, and what is free; else None.

    `dollars_per_1000` is what Amazon's price list says.
    """

    photos_per_s: float | None
    photos_left: int | None
    credit_dollars: float | None
    dollars_per_1000: float | None = None


def given(access: Access, region: str, _: Stop) -> Given:
    """Ask whom the account lets us ask."""
    from deploy.price_list import listed_price
    from deploy.sign_in.access import in_region
    from deploy.stack.quota import free_tier, rekognition_rate

    access = in_region(access, region)
    free = free_tier(access)
    return Given(
        rekognition_rate(access),
        free.photos_left if free else None,
        free.credit_dollars if free else None,
        listed_price(access.session, region),
    )


@dataclass(frozen=True, slots=True)
class Details:
    """The template and the policies as they are sent, or as an IT department needs them."""

    template: str
    setup_policy: str
    function_policy: str
    app_policy: str


def details(_: Stop) -> Details:
    """For whoever wants to know exactly."""
    from deploy.stack.policies import app_policy, function_policy, setup_policy
    from deploy.stack.render import render_template
    from deploy.stack.stack import DEFAULT_NAME

    def text(policy: Any) -> str:
        return json.dumps(policy, indent=2)

    return Details(
        render_template().body,
        text(setup_policy(DEFAULT_NAME)),
        text(function_policy()),
        text(app_policy()),
    )


# The set-up itself


def set_up(order: Order, stop: Stop) -> Iterator[StackEvent]:
    """Make everything, or repair what is there; ends when the app's own key works."""
    from deploy.connect import set_up as make

    return make(order.access, order.wanted(), order.data_dir, stop)


def update(order: Order, stop: Stop) -> Iterator[StackEvent]:
    """Bring everything up to date, and to the wanted days of keeping copies."""
    from deploy.connect import update as bring_up

    return bring_up(order.access, order.wanted(), order.data_dir, stop)


def replay(order: Order, stop: Stop) -> Iterator[StackEvent]:
    """Have the photos tried again that Amazon gave up."""
    from deploy.doctor.failed_tries import replay as move_back
    from deploy.sign_in.access import in_region

    wanted = order.wanted()
    return move_back(in_region(order.access, wanted.region), wanted.stack, stop)


def remove(order: Order, stop: Stop) -> Iterator[StackEvent]:
    """Delete everything from Amazon, and forget the connection."""
    from deploy.connect import remove_everything

    return remove_everything(order.access, order.wanted(), order.data_dir, stop)


def take_back(order: Order, stop: Stop) -> Iterator[StackEvent]:
    """Undo what a set-up of this computer began; a service that was there stays."""
    from deploy.connect import take_back as undo

    return undo(order.access, order.wanted(), order.data_dir, stop)


def load_kept(data_dir: Path, _: Stop) -> Settings:
    """What is set up now, and what was learnt with it."""
    return load_settings(data_dir)


def use_connection(data_dir: Path, backend: str, _: Stop) -> Settings:
    """What is set up now; where there is something, `backend` labels, whatever happens next."""

    def used(kept: Settings) -> Settings:
        return kept if kept.connection is None else replace(kept, backend=backend)

    return change_settings(data_dir, used)


def new_key(order: Order, stop: Stop) -> Iterator[StackEvent]:
    """Give this computer another key; no event comes."""
    from deploy.connect import new_key as make

    if order.connection is not None:
        make(order.access, order.connection, order.data_dir, stop)
    return iter(())


# What is there


@dataclass(frozen=True, slots=True)
class TestPhoto:
    """One photo that went the whole way, what was seen in it, and whether the key stays."""

    path: Path
    records: tuple[LabelRecord, ...]
    is_key_kept: bool


def label_test_photo(
    connection: Connection, reserve: Reserve, on_wait: Callable[[], object], stop: Stop
) -> TestPhoto:
    """Label one photo with a new service, which `on_wait` hears of while it is starting up."""
    from deploy.doctor.probe import NEW_AGAIN_S, NEW_WAIT_S, PHOTO
    from deploy.doctor.probe import label_test_photo as label

    records = label(
        connection,
        stop,
        reserve=reserve,
        wait_s=NEW_WAIT_S,
        again_s=NEW_AGAIN_S,
        on_wait=on_wait,
    )
    return TestPhoto(PHOTO, records, kept_where(connection) is not Kept.MEMORY)


def count_photos(folder: Path, stop: Stop) -> int:
    """How many photos there are in a folder."""
    return sum(1 for _ in discover([folder], cancel=stop))


Version = Literal["current", "older", "newer", "unknown"]
"""The service's version beside the one that this program would make."""


@dataclass(frozen=True, slots=True)
class Service:
    """How the service stands, and what it does with each photo (of `Settings`, None: unknown).

    `parameters` are those of its template.
    """

    version: Version
    options: Mapping[str, bool] | None = None
    parameters: Mapping[str, str] = field(default_factory=dict)


def look(connection: Connection, _: Stop) -> Service:
    """Ask with the app's own key; unknown where there is nothing that works."""
    from deploy.keys.app_keys import app_session
    from deploy.stack.render import is_newer, is_older
    from deploy.stack.stack import status

    found = status(app_session(connection), connection.stack)
    if found is None or not found.works:
        return Service("unknown")
    options = options_in(found.parameters)
    if is_older(found.version):
        return Service("older", options, found.parameters)
    version: Version = "newer" if is_newer(found.version) else "current"
    return Service(version, options, found.parameters)


def examine(
    connection: Connection, access: Access | None, reserve: Reserve, stop: Stop
) -> Iterator[Check]:
    """Check everything."""
    from deploy.doctor.doctor import examine as check

    return check(connection, access=access, cancel=stop, reserve=reserve)


def find_backlog(connection: Connection, stop: Stop) -> Backlog:
    """What lies in the storage without labels."""
    from deploy.backfill import find_backlog as find

    return find(connection, stop)


def backfill(
    connection: Connection, names: Sequence[str], reserve: Reserve, stop: Stop
) -> Iterator[int]:
    """Have these labelled; how many are, by and by."""
    from deploy.backfill import backfill as label

    return label(connection, names, stop, reserve=reserve)


def forget(connection: Connection, data_dir: Path) -> None:
    """Remove the connection from this computer."""
    from deploy.connect import forget as do

    do(connection, data_dir)


# Other computers


def add_computer(order: Order, path: Path, passphrase: str, stop: Stop) -> None:
    """Make a key and write it into a file that the passphrase protects."""
    from deploy.connect import add_computer as add
    from deploy.connect import discard_key
    from deploy.keys.connection_file import write_connection_file

    access, connection = order.access, order.connection
    if connection is None:
        return
    key = add(access, connection, order.data_dir, stop)
    try:
        write_connection_file(path, connection, key, passphrase)
    except AppError:
        discard_key(access, connection, key)
        raise


def open_connection_file(
    path: Path, passphrase: str, data_dir: Path, backend: str, stop: Stop
) -> Connection:
    """Use the connection in a file, if its key works."""
    from deploy.connect import connect_with
    from deploy.keys.connection_file import read_connection_file

    connection, key = read_connection_file(path, passphrase)
    connect_with(connection, key, data_dir)
    use_connection(data_dir, backend, stop)
    return connection
