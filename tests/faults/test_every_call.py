"""Each call that labelling and a set-up make meets each fault once.

No photo is lost, none is paid twice without being counted, nothing is left in the account, and what
does not pass by itself is said in words.
"""

from __future__ import annotations

import contextlib
import os
import threading
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import pytest
from botocore.config import Config
from botocore.retries.standard import ExponentialBackoff

from deploy.sign_in import access
from deploy.stack import stack_events
from desktop.backends import aws
from desktop.backends.aws import AwsBackend
from desktop.core.errors import AppError, Remedy
from desktop.core.events import JobState, State
from desktop.core.library.library import Library
from desktop.core.money.copies import Copies
from desktop.core.money.spending import Spending
from desktop.core.money.upload_log import UploadLog, UploadRow
from desktop.core.settings import load_settings
from desktop.recognisers import RECOGNISERS
from tests.aws.recorder import recorded_calls
from tests.rig.aws.account import everything
from tests.rig.aws.controls import Emulator, Rekognition
from tests.rig.aws.fixtures import Stack
from tests.rig.aws.proxy import Faults
from tests.rig.aws.side import Side
from tests.rig.keychain import entries

from .jobs import Jobs, small_photos

pytestmark = [pytest.mark.aws, pytest.mark.usefixtures("no_long_waits")]

T = TypeVar("T")
Call = tuple[str, str]

PATIENCE_S = 0.5
"""So long a client waits here for an answer; what hangs does so longer."""

FAULTS: dict[str, dict[str, Any]] = {
    "throttling": {"error": {"code": "ThrottlingException"}},
    "503": {"error": {"code": "ServiceUnavailable", "status": 503}},
    "too slow for S3": {"error": {"code": "RequestTimeout", "status": 400}},
    "reset": {"reset": True},
    "upload cut": {"request": {"cut_upload": {"after_bytes": 1}}},
    "answer lost": {"response": {"abort_bytes": 0}},
    "answer truncated": {"response": {"truncate_frac": 0.5}},
    "answer corrupted": {"response": {"corrupt_bytes": 40}},
    "hang": {"timeout_ms": 3000 * PATIENCE_S},
    "8 KB/s": {
        "request": {"slow_upload": {"rate_kbps": 8}},
        "response": {"bandwidth_kbps": 8},
    },
}
LABELLING: dict[Call, str] = {
    ("sts", "GetCallerIdentity"): "look up its own account",
    ("s3", "ListObjectsV2"): "list the storage",
    ("s3", "PutObject"): "store a photo",
    ("dynamodb", "BatchGetItem"): "read the labels",
    ("s3", "GetObject"): "read a copy",
    ("s3", "DeleteObject"): "delete a copy",
    ("dynamodb", "DeleteItem"): "delete labels",
    ("s3", "DeleteObjects"): "",
    ("cloudformation", "DescribeStacks"): "",
    ("s3", "HeadObject"): "",
}
"""What this computer asks Amazon for -> what it may not do where that is forbidden; "" where it
goes on without an answer."""
ONLY_AFTER_A_LOSS = ("s3", "HeadObject")


def rules(calls: Iterable[Call], fault: dict[str, Any]) -> list[dict[str, Any]]:
    """One for each call, which breaks it once."""
    return [
        {"service": service, "operation": operation, "times": 1, **fault}
        for service, operation in calls
    ]


@pytest.fixture(autouse=True)
def _way(emulator: Emulator, faults: Faults, monkeypatch: pytest.MonkeyPatch) -> None:
    """All calls of this process go through the proxy, and nobody pauses before another try."""
    for name, value in emulator.env.items():
        if name.startswith("AWS_"):
            monkeypatch.setenv(name, value)
    monkeypatch.setenv("AWS_ENDPOINT_URL", faults.url)
    monkeypatch.setattr(ExponentialBackoff, "delay_amount", lambda *_: 0.01)
    monkeypatch.setattr(aws, "TICK_MIN_S", 0.05)
    monkeypatch.setattr(stack_events, "FIRST_TICK_S", 0.05)


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Clients that give up soon, so that a test need not wait for them."""
    hurry = Config(read_timeout=PATIENCE_S)
    for module, name in ((aws, "CONFIG"), (aws, "ONCE"), (access, "CONFIG")):
        monkeypatch.setattr(module, name, getattr(module, name).merge(hurry))


@dataclass(frozen=True, slots=True)
class Computer:
    """A library with nothing in it, and the way to Amazon."""

    library: Library
    backend: AwsBackend

    def jobs(self, *, deletes_copies: bool = True) -> Jobs:
        return Jobs(self.library, self.backend, deletes_copies=deletes_copies)

    def sent(self) -> list[UploadRow]:
        """The photos that were put, the newest first."""
        upload_log = UploadLog(self.library.store)
        return upload_log.rows(upload_log.ids())

    def times_recognised(self, rekognition: Rekognition) -> list[int]:
        """How often Rekognition was asked for each of them."""
        calls = rekognition.counts()["keys"]
        return [calls[self.backend.place_of(row.image_name).key] for row in self.sent()]

    def look_at_a_copy(self) -> None:
        """As the page about privacy does."""
        copies = Copies(UploadLog(self.library.store), lambda: [self.backend])
        assert copies.copy_of(self.sent()[0]).data

    def delete_copies_now(self) -> None:
        """As its button does."""
        copies = Copies(UploadLog(self.library.store), lambda: [self.backend])
        list(copies.delete_now(None, cancel=threading.Event()))

    def states(self) -> list[State]:
        return [file.state for file in self.library.files()]


@pytest.fixture
def computer(stack: Stack, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Computer]:
    if "hang" in request.node.name:
        request.getfixturevalue("impatient")
    connection = load_settings(stack.data_dir).connection
    assert connection is not None
    library = Library(tmp_path / "data" / "library.db", RECOGNISERS)
    with contextlib.closing(library), contextlib.closing(aws.connect(connection)) as backend:
        yield Computer(library, backend)


def insist(call: Callable[[], T], tries: int = 3) -> T:
    """Do it again, as a person does, as long as words say what went wrong."""
    for _ in range(tries - 1):
        with contextlib.suppress(AppError):
            return call()
    return call()


@pytest.mark.parametrize("fault", FAULTS)
def test_each_call_of_labelling(
    fault: str, computer: Computer, faults: Faults, rekognition: Rekognition, tmp_path: Path
) -> None:
    photos = small_photos(tmp_path, 3, seed=1000 + list(FAULTS).index(fault))
    faults.set(*rules(LABELLING, FAULTS[fault]))
    with recorded_calls() as calls:
        for names, deletes_copies in ((photos[:2], True), (photos[2:], False)):
            jobs = computer.jobs(deletes_copies=deletes_copies)
            assert jobs.label(*names).state is JobState.FINISHED
            jobs.close()
        photos[2].unlink()
        insist(computer.look_at_a_copy)
        insist(computer.delete_copies_now)

    met = set(faults.met())
    assert {(call.service, call.operation) for call in calls} == met
    assert set(LABELLING) - met <= {ONLY_AFTER_A_LOSS}
    assert computer.states() == [State.DONE] * 3
    assert computer.times_recognised(rekognition) == [1] * 3
    assert 3 <= Spending(computer.library.store).this_month().images <= 6


def forbidden(service: str, operation: str) -> dict[str, Any]:
    """As Amazon says it."""
    said = f"User: x is not authorized to perform: {service}:{operation} on resource: y"
    return {"error": {"code": "AccessDenied", "status": 403, "message": said}}


def refused(call: Callable[[], object]) -> AppError | None:
    """Why it could not be done."""
    try:
        call()
    except AppError as error:
        return error
    return None


@pytest.mark.parametrize("call", LABELLING, ids=" ".join)
def test_each_call_of_labelling_that_is_forbidden(
    call: Call, computer: Computer, faults: Faults, tmp_path: Path
) -> None:
    act, (service, operation) = LABELLING[call], call
    (photo,) = small_photos(tmp_path, 1, seed=1100 + list(LABELLING).index(call))
    faults.set({"service": service, "operation": operation} | forbidden(service, operation))
    jobs = computer.jobs(deletes_copies=operation == "DeleteObjects")
    said = jobs.label(photo).error
    if said is None and act:  # it is what a person does afterwards
        aside = photo.rename(tmp_path / "aside")
        said = refused(computer.look_at_a_copy) or refused(computer.delete_copies_now)
        aside.rename(photo)
    assert (said.title if said else "") == (act and f"This user may not {act}")
    if said:
        assert said.remedy is Remedy.COPY_PERMISSION
        assert f"{service}:{operation}" in said.detail
    faults.forget()
    assert jobs.label(photo).state is JobState.FINISHED
    jobs.close()
    computer.delete_copies_now()
    assert computer.states() in ([State.DONE], [State.SKIPPED])


def test_half_of_what_the_table_is_asked_is_throttled(
    computer: Computer, faults: Faults, rekognition: Rekognition, tmp_path: Path
) -> None:
    photos = small_photos(tmp_path, 8, seed=1200)
    error = {"code": "ProvisionedThroughputExceededException"}
    faults.set({"service": "dynamodb", "sequence": {"fail": 1, "pass": 1}, "error": error})
    jobs = computer.jobs()
    assert jobs.label(*photos).state is JobState.FINISHED
    jobs.close()
    assert faults.fired() >= 2
    assert computer.times_recognised(rekognition) == [1] * 8
    assert computer.states() == [State.DONE] * 8


@pytest.fixture
def side(emulator: Emulator, keychain: Path, impatient: None, tmp_path: Path) -> Iterator[Side]:
    """Nothing of it is left anywhere when the test has removed it."""
    before = everything(emulator)
    side = Side(emulator, tmp_path / "data")
    yield side
    assert everything(emulator) == before
    assert load_settings(side.data_dir).connection is None
    assert entries(keychain) == {}


OTHER_NAMES = {"GetBucketNotificationConfiguration": "GetBucketNotification"}
"""botocore's name of an operation -> its older one, which the proxy takes it for."""


def set_up_and_remove(side: Side, tries: int = 1) -> set[str]:
    """What Amazon was asked meanwhile. Each is begun again as long as words say what went wrong."""
    with recorded_calls() as calls:
        insist(side.set_up, tries)
        old = side.key
        insist(side.change_retention, tries)
        insist(side.new_key, tries)
        assert side.key != old
        insist(side.remove, tries)
    return {OTHER_NAMES.get(call.operation, call.operation) for call in calls}


@pytest.fixture(scope="module")
def asked() -> set[str]:
    """What Amazon is asked where nothing goes wrong; the first test here finds that out."""
    return set()


SOME = ("answer lost", "answer corrupted", "forbidden")
take_long = pytest.mark.skipif(
    "EVERY_EVENT" not in os.environ, reason="takes half a minute; make test-faults runs it"
)


@pytest.mark.parametrize(
    "fault",
    [
        pytest.param(fault, marks=() if fault in SOME else take_long)
        for fault in (*FAULTS, "forbidden")
    ],
)
def test_each_call_of_a_set_up_and_a_removal(
    fault: str, side: Side, faults: Faults, asked: set[str]
) -> None:
    if not asked:
        asked |= set_up_and_remove(side)
    effects = {each: FAULTS.get(fault) or forbidden("cloudformation", each) for each in asked}
    faults.set(*({"operation": each, "times": 1} | effects[each] for each in asked))
    set_up_and_remove(side, tries=len(asked) + 1)
    assert asked <= {operation for _, operation in faults.met()}
