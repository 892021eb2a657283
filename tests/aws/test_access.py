"""Whose key it is: asked of the emulator, and of nobody."""

from __future__ import annotations

import socket
import threading
import time

import pytest

from deploy.sign_in.access import in_region, use_key
from desktop.core.credentials import AccessKey
from desktop.core.errors import Cancelled, CredentialsError, NetworkError
from tests.rig.aws.controls import Emulator

pytestmark = pytest.mark.aws

KEY = AccessKey("AKIAIOSFODNN7EXAMPLE", "marked/secret+key")


def test_a_key_tells_whose_it_is(emulator: Emulator, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_ENDPOINT_URL", emulator.url)
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "another")  # what is in the environment is not asked
    access = use_key(KEY)
    assert (access.way, access.account, access.name) == ("key", emulator.account, "")
    assert in_region(access, emulator.region).session.get_credentials().access_key == KEY.key_id
    assert "marked" not in repr(access)


@pytest.fixture
def silent(monkeypatch: pytest.MonkeyPatch) -> socket.socket:
    """Somebody who accepts connections in AWS's place and never says a word."""
    listener = socket.create_server(("127.0.0.1", 0))
    monkeypatch.setenv("AWS_ENDPOINT_URL", f"http://127.0.0.1:{listener.getsockname()[1]}")
    return listener


def test_the_question_can_be_cancelled(silent: socket.socket) -> None:
    cancel = threading.Event()
    timer = threading.Timer(0.3, cancel.set)
    timer.start()
    started_at = time.monotonic()
    with silent, pytest.raises(Cancelled):
        use_key(KEY, cancel)
    assert time.monotonic() - started_at < 2
    timer.join()


def test_nobody_answers(silent: socket.socket) -> None:
    silent.close()
    with pytest.raises(NetworkError, match="Cannot reach Amazon") as raised:
        use_key(KEY)
    assert not isinstance(raised.value, CredentialsError)
    assert "marked" not in str(raised.value)
