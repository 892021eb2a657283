"""What the doctor looks at, one function each; every one tells by what it raises."""

from __future__ import annotations

import email.utils
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Literal

import boto3
from boto3 import Session
from botocore.exceptions import BotoCoreError

from desktop.aws.errors import Signer, aws_errors, convert, removed
from desktop.aws.other_site import fetch
from desktop.aws.unreachable import wrong_clock
from desktop.backends.aws import PREFIX, open_session
from desktop.core.credentials import AccessKey, load_key
from desktop.core.errors import (
    AppError,
    BackendMissingError,
    CredentialsError,
    ImageError,
    Remedy,
)
from desktop.core.settings import Connection
from desktop.core.texts import Text

from ..sign_in.access import CONFIG, Access
from ..stack import stack
from ..stack.lost_parts import Damage, find_damage
from ..stack.parts import PARTS
from ..stack.regions import check_code
from ..stack.stack_events import StackState
from .failed_tries import count_failed_tries
from .probe import label_test_photo

CheckName = Literal[
    "network",
    "clock",
    "key",
    "account",
    "region",
    "stack",
    "bucket",
    "table",
    "trigger",
    "function",
    "failures",
    "photo",
]
CLOCK_MAY_DIFFER = timedelta(minutes=4)
"""Amazon refuses a request that is signed five minutes too early or too late."""
REACH_S = 10.0
REACH = Text("reach Amazon")
LOOK = Text("check the labelling service")

_ABOUT = {  # by logical id in template.yaml
    "bucket": ("Copies", "CopiesPolicy"),
    "table": ("Labels",),
    "trigger": ("Trigger",),
    "function": ("Labeller", "LabellerRole", "LabellerLog", "LabellerRetries"),
    "stack": ("AppUser",),
    "failures": ("Failures", "FailuresSource", "DeadLetters"),
}


class Unknown(Exception):
    """Carries the AppError that says why something cannot be judged."""

    def __init__(self, error: AppError) -> None:
        super().__init__()
        self.error = error


@dataclass(slots=True)
class Patient:
    """What is examined, and what was found out until now."""

    connection: Connection
    key: AccessKey | None
    access: Access | None
    cancel: threading.Event
    reserve: Callable[[], object]
    session: Session = field(init=False)
    signer: Signer = "person"
    account: str = ""
    there: StackState | None = None
    lost: list[str] = field(default_factory=list)
    date: datetime | None = None
    fine: set[CheckName] = field(default_factory=set)


Look = Callable[[Patient], None]
"""Raises AppError when it is not in order, and Unknown when that cannot be told."""


def _network(patient: Patient) -> None:
    """Any answer of Amazon's is one, also a refusal."""
    try:
        with aws_errors(REACH):
            region = patient.connection.region
            url = boto3.client("sts", region_name=region).meta.endpoint_url
        answer = fetch(url, REACH_S)
    except BotoCoreError as error:
        raise convert(error, REACH) from error
    try:
        patient.date = email.utils.parsedate_to_datetime(answer.headers.get("date", ""))
    except ValueError:
        patient.date = None


def _clock(patient: Patient) -> None:
    if patient.date is None:
        raise Unknown(AppError("Amazon did not say what time it is"))
    if abs(patient.date - datetime.now(UTC)) > CLOCK_MAY_DIFFER:
        raise wrong_clock(patient.date)


def _key(patient: Patient) -> None:
    """Without a key of the app's own, labelling uses a person's AWS credentials, and so do we."""
    key = patient.key or load_key(patient.connection)
    patient.signer = "app" if key else "person"
    with aws_errors(Text("look up its own account"), patient.signer):
        patient.session = open_session(patient.connection, key)
        answer = patient.session.client("sts", config=CONFIG).get_caller_identity()
    patient.account = answer["Account"]


def _account(patient: Patient) -> None:
    _need(patient, "key")
    if patient.account != patient.connection.account:
        raise CredentialsError(
            "This key belongs to another Amazon account",
            "The labelling service is in account {ours}, the key in {theirs}. Sign in to the first"
            " to get a key for it.",
            remedy=Remedy.SIGN_IN,
            ours=patient.connection.account,
            theirs=patient.account,
        )


def _region(patient: Patient) -> None:
    check_code(patient.connection.region)


def _stack(patient: Patient) -> None:
    session = patient.access.session if patient.access else patient.session
    if patient.access is None:
        _need(patient, "key", "account")
    found = stack.status(session, patient.connection.stack)
    if found is None:
        raise removed()
    if not found.works:
        raise BackendMissingError(
            "The labelling service is not complete",
            "Repair it: what is still there is reused or removed.",
            remedy=Remedy.REPAIR,
        )
    ours = (patient.connection.bucket, patient.connection.table)
    if (found.outputs.get("Bucket"), found.outputs.get("Table")) != ours:
        raise BackendMissingError(
            "The labelling service was set up again after this computer was connected",
            "Repair the connection; your labels are safe.",
            remedy=Remedy.REPAIR,
        )
    patient.there = found
    if patient.access is not None:
        _, damage = find_damage(session, found, patient.cancel)
        patient.lost = [
            "Trigger" if part == "Copies" and how is Damage.CHANGED else part
            for part, how in damage.items()
        ]


def _found_with_stack(patient: Patient) -> bool:
    """Whether a part was found with the stack, so that no key of this computer's is needed."""
    return bool(patient.access and "stack" in patient.fine and "key" not in patient.fine)


def _bucket(patient: Patient) -> None:
    if _found_with_stack(patient):
        return
    _need(patient, "key", "account")
    with aws_errors(Text("list the storage"), patient.signer):
        patient.session.client("s3", config=CONFIG).list_objects_v2(
            Bucket=patient.connection.bucket,
            Prefix=PREFIX,
            MaxKeys=1,
            ExpectedBucketOwner=patient.connection.account,
        )


def _table(patient: Patient) -> None:
    if _found_with_stack(patient):
        return
    _need(patient, "key", "account")
    with aws_errors(Text("read the labels"), patient.signer):
        patient.session.client("dynamodb", config=CONFIG).get_item(
            TableName=patient.connection.table,
            Key={"ImageName": {"S": "a-name-that-no-photo-has"}},
        )


def _seen_by_owner(patient: Patient) -> None:
    """Whether it is lost was found out with the stack."""
    _need(patient, "stack")


def _proved_by_photo(patient: Patient) -> None:
    if "photo" not in patient.fine:
        raise Unknown(sign_in_to_look())


def _hidden(_: Patient) -> None:
    raise Unknown(sign_in_to_look())


def _failures(patient: Patient) -> None:
    _need(patient, "stack")
    if patient.access is None or patient.there is None or _is_lost(patient, "failures"):
        return
    if "DeadLettersQueue" not in patient.there.outputs:
        raise Unknown(AppError("Update the labelling service to check this"))
    found = count_failed_tries(patient.access.session, patient.there)
    if found.given_up:
        said = "; ".join(f"{reason} ({count})" for reason, count in found.reasons.most_common(5))
        raise ImageError(
            "Photos that Amazon could not label in any attempt: {count}",
            "The reasons were: {reasons}. They can be put back on the list of those that are tried"
            " again.",
            remedy=Remedy.REPLAY,
            count=found.given_up,
            reasons=said or "unknown",
        )
    if found.waiting:
        raise Unknown(AppError("Amazon is trying some photos again: {count}", count=found.waiting))


def _photo(patient: Patient) -> None:
    _need(patient, "key", "account", "bucket", "table")
    if patient.access is not None:
        _need(patient, "trigger", "function")
    try:
        label_test_photo(
            patient.connection, patient.cancel, key=patient.key, reserve=patient.reserve
        )
    except AppError as error:
        if error.remedy is Remedy.RAISE_LIMIT:  # it was not sent
            raise Unknown(error) from error
        raise


def _need(patient: Patient, *names: CheckName) -> None:
    if not patient.fine.issuperset(names):
        raise Unknown(not_tried())


def not_tried() -> AppError:
    """Why something cannot be judged yet."""
    return AppError("Not tried", "Something it depends on is not working.")


def sign_in_to_look() -> AppError:
    """Why the app's own key is not enough."""
    return AppError(
        "This computer's own key cannot check this",
        "Sign in to check it.",
        remedy=Remedy.SIGN_IN,
    )


def _is_lost(patient: Patient, name: CheckName) -> bool:
    return not set(_ABOUT[name]).isdisjoint(patient.lost)


def check_not_lost(patient: Patient, name: CheckName) -> None:
    """Raise AppError when the owner's look has found that a part is gone."""
    for part in _ABOUT.get(name, ()):
        if part in patient.lost:
            raise BackendMissingError(
                "{part} is missing",
                "Someone deleted or changed it in the Amazon account. Repair the labelling"
                " service; your labels are safe.",
                remedy=Remedy.REPAIR,
                part=PARTS[part],
            )


_BEGIN: tuple[tuple[CheckName, Look], ...] = (
    ("network", _network),
    ("clock", _clock),
    ("key", _key),
    ("account", _account),
    ("region", _region),
    ("stack", _stack),
    ("bucket", _bucket),
    ("table", _table),
)
STEPS_SIGNED_IN = (
    *_BEGIN,
    ("trigger", _seen_by_owner),
    ("function", _seen_by_owner),
    ("failures", _failures),
    ("photo", _photo),
)
STEPS = (  # the photo proves the parts behind the storage, so it comes before them
    *_BEGIN,
    ("photo", _photo),
    ("trigger", _proved_by_photo),
    ("function", _proved_by_photo),
    ("failures", _hidden),
)
