"""Kept: what the settings hold of the service that this computer is connected with."""

from __future__ import annotations

import dataclasses
from pathlib import Path
from typing import Any

from desktop.core.money.prices import price_in, with_listed
from desktop.core.settings import (
    Connection,
    Settings,
    change_settings,
    load_settings,
    options_in,
)

from .price_list import listed_price
from .set_up import SetUp
from .sign_in.access import Access
from .stack.quota import rekognition_rate
from .stack.stack_events import StackState


def keep_connection(data_dir: Path, connection: Connection, access: Access | None = None) -> None:
    """Write the connection down, and what else whoever signed in may read and the key may not."""
    values: dict[str, Any] = {"connection": connection}
    listed = None
    if access is not None:
        values["amazon_per_s"] = rekognition_rate(access) or 0.0
        listed = listed_price(access.session, connection.region)

    def with_price(kept: Settings) -> Settings:
        if listed is not None:
            kept = with_listed(kept, connection.region, listed)
        price = price_in(kept, connection.region)
        return dataclasses.replace(kept, dollars_per_1000=price, **values)

    change_settings(data_dir, with_price)


def with_kept_profile(data_dir: Path, connection: Connection) -> Connection:
    """The connection with the profile that labels there as before."""
    kept = load_settings(data_dir).connection
    is_same = kept is not None and _where(kept) == _where(connection)
    return dataclasses.replace(connection, profile=kept.profile) if kept and is_same else connection


def note_options(data_dir: Path, found: StackState) -> None:
    """Keep what the account does with each photo: its price depends on it."""
    change_settings(
        data_dir, lambda kept: dataclasses.replace(kept, **options_in(found.parameters))
    )


def expect_options(data_dir: Path, wanted: SetUp) -> None:
    """What is about to begin has its price from now on; what is to end, once it has ended."""

    def dearer(kept: Settings) -> Settings:
        return dataclasses.replace(
            kept,
            also_text=kept.also_text or bool(wanted.also_text),
            also_explicit=kept.also_explicit or bool(wanted.also_explicit),
        )

    change_settings(data_dir, dearer)


def forget_connection(data_dir: Path, connection: Connection) -> None:
    """Let this computer know nothing more of it, unless it is connected with another one."""

    def without(kept: Settings) -> Settings:
        if kept.connection is None or _where(kept.connection) != _where(connection):
            return kept
        return dataclasses.replace(kept, connection=None, backend="")

    change_settings(data_dir, without)


def _where(connection: Connection) -> tuple[str, str, str]:
    return connection.account, connection.region, connection.stack
