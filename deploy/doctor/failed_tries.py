"""The two lists of failed tries: what is tried again by itself, and what was given up."""

from __future__ import annotations

import contextlib
import json
import threading
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from boto3 import Session

from desktop.aws.errors import aws_errors, not_set_up
from desktop.core.errors import AppError, Cancelled
from desktop.core.texts import Text

from ..sign_in.access import CONFIG, Access
from ..stack.stack import status
from ..stack.stack_events import StackEvent, StackState

if TYPE_CHECKING:
    from types_boto3_sqs import SQSClient
    from types_boto3_sqs.type_defs import MessageTypeDef

READ = Text("read the list of failed attempts")
REPLAY = Text("try photos again that were given up")
HIDDEN_S = 5
"""So long a message that was looked at is not handed out again."""
LOOKS = 10
"""Batches of up to ten messages, whose reasons are told."""
MOVE_HIDDEN_S = 60


@dataclass(frozen=True, slots=True)
class FailedTries:
    """How many photos are tried again, how many were given up, and why: reason -> how often."""

    waiting: int
    given_up: int
    reasons: Counter[str] = field(default_factory=Counter)


def count_failed_tries(session: Session, stack: StackState) -> FailedTries:
    """Look at both lists; what is on them stays there.

    The first one is only counted: its messages are given up after they were handed out so many
    times.
    """
    with aws_errors(READ):
        sqs = session.client("sqs", config=CONFIG)
        waiting = _count(sqs, stack.outputs["FailuresQueue"])
        given_up = _count(sqs, stack.outputs["DeadLettersQueue"])
        reasons: dict[str, str] = {}
        for _ in range(LOOKS if given_up else 0):
            messages = _receive(sqs, stack.outputs["DeadLettersQueue"], HIDDEN_S)
            reasons |= {m["MessageId"]: _reason(m["Body"]) for m in messages}
            if not messages:
                break
    return FailedTries(waiting, given_up, Counter(reasons.values()))


def replay(access: Access, stack_name: str, cancel: threading.Event) -> Iterator[StackEvent]:
    """Move what was given up to what is tried again; each event counts what was moved by now.

    Each is put there before it is taken away here, so that none is lost in between. One that is on
    both lists after a crash is answered once: the function knows what it has answered.
    """
    stack = status(access.session, stack_name)
    if stack is None or not stack.works:
        raise not_set_up()
    if "DeadLettersQueue" not in stack.outputs:
        raise AppError("Update the labelling service first", "It keeps no such list yet.")
    moved, from_url, to_url = 0, stack.outputs["DeadLettersQueue"], stack.outputs["FailuresQueue"]
    with aws_errors(REPLAY):
        sqs = access.session.client("sqs", config=CONFIG)
        # What somebody has just looked at, the doctor say, is handed out a moment later.
        while _count(sqs, from_url):
            if cancel.is_set():
                raise Cancelled
            messages = _receive(sqs, from_url, MOVE_HIDDEN_S)
            for message in messages:
                if cancel.is_set():
                    raise Cancelled
                sqs.send_message(QueueUrl=to_url, MessageBody=message["Body"])
                sqs.delete_message(QueueUrl=from_url, ReceiptHandle=message["ReceiptHandle"])
                moved += 1
            if messages:
                yield StackEvent(
                    datetime.now(UTC), "DeadLetters", "UPDATE_IN_PROGRESS", count=moved
                )


def _count(sqs: SQSClient, queue: str) -> int:
    """How many messages there are, those that somebody works on included."""
    answer = sqs.get_queue_attributes(
        QueueUrl=queue,
        AttributeNames=[
            "ApproximateNumberOfMessages",
            "ApproximateNumberOfMessagesNotVisible",
        ],
    )
    return sum(map(int, answer["Attributes"].values()))


def _receive(sqs: SQSClient, queue: str, hidden_s: int) -> list[MessageTypeDef]:
    answer = sqs.receive_message(
        QueueUrl=queue, MaxNumberOfMessages=10, VisibilityTimeout=hidden_s, WaitTimeSeconds=1
    )
    return answer.get("Messages", [])


def _reason(body: str) -> str:
    """What the function said, by the record that Lambda writes of a failed invocation."""
    with contextlib.suppress(ValueError, KeyError, TypeError):
        message: Any = json.loads(body)
        if "answer" in message:
            return "the labels could not be stored"
        return str(message["responsePayload"]["errorMessage"])
    return "unknown"
