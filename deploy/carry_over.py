"""The answers in the table, carried over from a service that is removed to the one in its place.

In between they are in a file, one item a line as DynamoDB's typed JSON, so that a run that was
killed loses none: the next set-up puts them back.
"""

from __future__ import annotations

import itertools
import json
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import Any

from boto3 import Session
from botocore.exceptions import ClientError

from desktop.aws.errors import aws_errors, code_of
from desktop.core.errors import AppError, BackendMissingError, Cancelled, Remedy, StorageError
from desktop.core.job.retry import retry
from desktop.core.texts import Text
from desktop.core.whole_file import write_whole

from .sign_in.access import CONFIG
from .stack.stack_events import StackState

READ = Text("read the table for the labels")
WRITE = Text("write the labels into the new table")
AT_ONCE = 10
"""Items written side by side: as many as a client has connections."""
BATCH = 100
FIRST = "0"
"""The Sequencer of what is carried over: any upload to the new storage comes later."""


def keep_answers(
    session: Session, stack: StackState, data_dir: Path, cancel: threading.Event
) -> None:
    """Write all items of the stack's table into a file. A table that is gone has none."""
    table, items = stack.outputs.get("Table"), []
    if table is None:
        return
    with aws_errors(READ):
        pages = session.client("dynamodb", config=CONFIG).get_paginator("scan")
        try:
            for page in pages.paginate(TableName=table):
                if cancel.is_set():
                    raise Cancelled
                items += page["Items"]
        except ClientError as error:
            if code_of(error) != "ResourceNotFoundException":
                raise
    if items:
        path = _folder(data_dir, stack.name) / f"{stack.stack_id.rpartition('/')[2]}.jsonl"
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            write_whole(path, "".join(json.dumps(item) + "\n" for item in items).encode())
        except OSError as error:
            raise StorageError(
                "The labels in the table cannot be kept",
                "{reason}. Nothing was removed.",
                reason=error.strerror or str(error),
            ) from error


def put_answers_back(
    session: Session, stack: StackState, data_dir: Path, cancel: threading.Event
) -> None:
    """Write what was kept of services of this name into the table that there is now.

    What is answered there by now stays: this may be a run that goes on after days of labelling.
    """
    for path in sorted(_folder(data_dir, stack.name).glob("*.jsonl")):
        with path.open(encoding="utf-8") as lines:
            items = (_carried(json.loads(line)) for line in lines)
            _write(session, stack.outputs["Table"], items, cancel)
        path.unlink()


def forget_answers(data_dir: Path, stack_name: str) -> None:
    """Delete what was kept of services of this name."""
    for path in _folder(data_dir, stack_name).glob("*.jsonl"):
        path.unlink()


def beyond_repair(others: int) -> AppError:
    """What to say where only a new service helps, which `others` other computers use."""
    return BackendMissingError(
        "The labelling service cannot be repaired",
        "It can be removed and created again (in a terminal: setup --anew). The labels in its table"
        " are carried over. Copies that are not labelled yet are deleted there and sent again."
        " Other computers that need a new key then: {count}.",
        remedy=Remedy.CREATE_ANEW,
        count=others,
    )


def _folder(data_dir: Path, stack_name: str) -> Path:
    return data_dir / "carried-over" / stack_name


def _carried(item: dict[str, Any]) -> dict[str, Any]:
    return item | {"Sequencer": {"S": FIRST}} if "Sequencer" in item else item


def _write(
    session: Session, table: str, items: Iterator[dict[str, Any]], cancel: threading.Event
) -> None:
    dynamodb = session.client("dynamodb", config=CONFIG)

    def put(item: dict[str, Any]) -> None:
        """Unless there is such an item; of a month's counter the higher one counts."""
        with aws_errors(WRITE):
            try:
                dynamodb.put_item(
                    TableName=table,
                    Item=item,
                    ConditionExpression="attribute_not_exists(ImageName) OR Analyses < :counted",
                    ExpressionAttributeValues={":counted": item.get("Analyses", {"N": "0"})},
                )
            except ClientError as error:
                if code_of(error) != "ConditionalCheckFailedException":
                    raise

    def put_patiently(item: dict[str, Any]) -> None:
        retry(partial(put, item), cancel=cancel)

    with ThreadPoolExecutor(AT_ONCE, thread_name_prefix="carry-over") as pool:
        while batch := list(itertools.islice(items, BATCH)):
            if cancel.is_set():
                raise Cancelled
            for _ in pool.map(put_patiently, batch):
                pass  # raises what one of them raised
