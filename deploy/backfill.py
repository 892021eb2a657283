"""Labels what lies in the storage and has no answer yet, from whomever it came.

A copy in place fires the trigger as a new upload does; the app's own key may do that. What was
fired and is answered is not found again, so a run that was stopped goes on with the rest. The
function does not recognise such a copy again where an earlier event, in the queue of failed tries
for hours say, has brought the answer in the meantime.
"""

from __future__ import annotations

import contextlib
import itertools
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING

from desktop.aws.errors import aws_errors
from desktop.backends.aws import (
    CONFIG,
    NAMES_PER_CALL,
    ONCE,
    PREFIX,
    AwsBackend,
    connect,
    open_session,
)
from desktop.core.credentials import load_key
from desktop.core.errors import Cancelled
from desktop.core.job.retry import retry
from desktop.core.settings import Connection
from desktop.core.texts import Text

if TYPE_CHECKING:
    from types_boto3_s3 import S3Client

ON_THE_WAY = timedelta(hours=1)
"""What was put so shortly before may be at Rekognition at this moment; firing it again could cost
it twice. At 5 answers a second, 18,000 photos at once are done by then."""
AT_ONCE = 20
"""Photos that wait for an answer: a run that is killed leaves no more of them fired and unanswered.
At 5 answers a second they are 4 s of work."""
WAIT_S = 420.0
"""After this a photo is waited for no longer: Amazon tries it again by itself."""


@dataclass(frozen=True, slots=True)
class Backlog:
    """What lies in the storage without an answer.

    `names`: of the images to be labelled. `on_the_way` more were put just before.
    """

    names: tuple[str, ...]
    on_the_way: int


def find_backlog(connection: Connection, cancel: threading.Event) -> Backlog:
    """List all images and ask the table for each. Costs no money to speak of. Raises AppError."""
    names, on_the_way = [], 0
    with contextlib.closing(connect(connection)) as backend:
        images = _list_images(connection)
        while batch := list(itertools.islice(images, NAMES_PER_CALL)):
            if cancel.is_set():
                raise Cancelled
            asked = [name for name, _ in batch]
            answered = retry(partial(_poll, backend, asked), cancel=cancel)
            for name, put_at in batch:
                if name in answered:
                    continue
                if datetime.now(UTC) - put_at < ON_THE_WAY:
                    on_the_way += 1
                else:
                    names.append(name)
    return Backlog(tuple(names), on_the_way)


def backfill(
    connection: Connection,
    names: Sequence[str],
    cancel: threading.Event,
    *,
    reserve: Callable[[], object],
) -> Iterator[int]:
    """Have these labelled; how many were answered by now, whenever that has changed.

    `reserve` is called before each, to count it; what it raises ends this. Raises AppError, and
    Cancelled when `cancel` is set: what was fired until then is answered all the same.
    """
    left, waiting, answered = iter(names), dict[str, float](), 0
    s3 = open_session(connection, load_key(connection)).client("s3", config=ONCE)
    with contextlib.closing(s3), contextlib.closing(connect(connection)) as backend:
        while True:
            for name in itertools.islice(left, AT_ONCE - len(waiting)):
                if cancel.is_set():
                    raise Cancelled
                reserve()
                _fire(s3, connection, name)
                waiting[name] = time.monotonic()
            if not waiting:
                return
            if cancel.wait(backend.tick_s):
                raise Cancelled
            found = retry(partial(_poll, backend, list(waiting)), cancel=cancel)
            answered += len(found)
            late = {n for n, at in waiting.items() if time.monotonic() - at > WAIT_S}
            for name in found | late:
                del waiting[name]
            if found:
                yield answered


def _poll(backend: AwsBackend, names: Sequence[str]) -> set[str]:
    """Which of these have an answer."""
    return {name for name, _ in backend.poll(names)}


def _list_images(connection: Connection) -> Iterator[tuple[str, datetime]]:
    """The name of each image, and when it was put."""
    s3 = open_session(connection, load_key(connection)).client("s3", config=CONFIG)
    with contextlib.closing(s3), aws_errors(Text("list the storage")):
        for page in s3.get_paginator("list_objects_v2").paginate(
            Bucket=connection.bucket, Prefix=PREFIX, ExpectedBucketOwner=connection.account
        ):
            for entry in page.get("Contents", ()):
                name = entry["Key"].removeprefix(PREFIX)
                if name and not name.endswith("/"):
                    yield name, entry["LastModified"]


def _fire(s3: S3Client, connection: Connection, name: str) -> None:
    with aws_errors(Text("have a photo labelled")):
        s3.copy_object(
            Bucket=connection.bucket,
            Key=PREFIX + name,
            CopySource={"Bucket": connection.bucket, "Key": PREFIX + name},
            MetadataDirective="REPLACE",  # S3 refuses a copy in place that changes nothing
            TaggingDirective="REPLACE",
            ExpectedBucketOwner=connection.account,
            ExpectedSourceBucketOwner=connection.account,
        )
