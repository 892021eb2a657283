"""Who is signed in: what may be known of it, and what never shows."""

from __future__ import annotations

import threading
import time
from concurrent.futures import Future

import pytest
from botocore.credentials import Credentials

from deploy.cancellable import await_answer, call_cancellable
from deploy.sign_in.access import Access, in_region, session_with
from desktop.core.errors import Cancelled

ROOT = "arn:aws:iam::123456789012:root"
USER = "arn:aws:iam::123456789012:user/root"
ROLE = "arn:aws:sts::123456789012:assumed-role/Admin/root"


def _access(arn: str, way: str = "browser") -> Access:
    session = session_with(Credentials("AKIAMARKED", "marked-secret", "marked-token"), None)
    return Access(way, session, "123456789012", arn)  # type: ignore[arg-type]


@pytest.mark.parametrize(("arn", "is_root"), [(ROOT, True), (USER, False), (ROLE, False)])
def test_only_the_owner_is_warned(arn: str, is_root: bool) -> None:
    for way in ("browser", "key", "profile"):
        access = _access(arn, way)
        assert access.is_root is is_root
        assert (access.warning is not None) is is_root
    assert str(_access(ROOT, "key").warning).startswith("This is the account owner's key")


def test_no_secret_is_in_its_repr() -> None:
    access = _access(USER)
    for text in (repr(access), str(access), repr(access.session)):
        assert "marked" not in text.lower()


def test_another_region_shares_the_credentials() -> None:
    here = _access(USER)
    there = in_region(here, "eu-west-1")
    assert there.session.region_name == "eu-west-1"
    assert there.session.get_credentials() is here.session.get_credentials()
    assert (there.account, there.arn, there.way) == (here.account, here.arn, here.way)
    assert there.session.client("s3").meta.region_name == "eu-west-1"


def test_a_call_that_takes_long_does_not_hold_up_a_cancel() -> None:
    cancel, release = threading.Event(), threading.Event()
    threading.Timer(0.05, cancel.set).start()
    started_at = time.monotonic()
    with pytest.raises(Cancelled):
        call_cancellable(lambda: release.wait(30), cancel)
    assert time.monotonic() - started_at < 5
    release.set()


def test_a_calls_answer_and_its_error_come_through() -> None:
    assert call_cancellable(lambda: 5, threading.Event()) == 5
    with pytest.raises(ZeroDivisionError):
        call_cancellable(lambda: 1 / 0, threading.Event())


def test_a_wait_has_an_end() -> None:
    with pytest.raises(TimeoutError):
        await_answer(Future(), threading.Event(), limit_s=0.01)
    given_up: Future[int] = Future()
    given_up.cancel()
    with pytest.raises(Cancelled):
        await_answer(given_up, threading.Event())
