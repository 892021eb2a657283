"""S3 event -> DetectLabels -> one DynamoDB item per image.

AWS Lambda calls `handle` for every object put under `images/`. The one file needs nothing but what
the python3.13 runtime brings, so that it can also be pasted into the AWS console. The environment
variable TABLE names the table.

Every image ends as one item whose Status is `done` or `failed`; only what may work later (a
throttled or interrupted call) is raised, so that Lambda delivers the event again.
"""

from __future__ import annotations

import functools
import logging
import os
import random
import time
import urllib.parse
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import boto3
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

PREFIX = "images/"
MIN_CONFIDENCE = 40  # percent; the app filters higher, so that moving its slider costs nothing
MAX_LABELS = 100  # a photo has 10 to 30 labels above the floor; the price is the same

AGAIN = frozenset(
    {
        "ThrottlingException",
        "Throttling",
        "ProvisionedThroughputExceededException",
        "RequestLimitExceeded",
        "TooManyRequestsException",
        "InternalServerError",
        "RequestTimeout",
    }
)
# Right after the set-up, AWS may not know the function's permissions yet; Rekognition reads the
# object in the function's name and then says InvalidS3ObjectException.
ONCE_MORE = frozenset({"InvalidS3ObjectException", "AccessDeniedException"})

# Seconds to wait at most before DetectLabels is called again, half of them at least: 41 s in all,
# within the function's 60 s. Longer than botocore's waits, whose shortest are below a second: ten
# functions at a quota of 5 a second met 98 throttled calls for 100 images with botocore's adaptive
# mode, 61 with these.
PAUSES_S = (3.0, 6.0, 12.0, 20.0)

REKOGNITION = Config(retries={"total_max_attempts": 1}, connect_timeout=3, read_timeout=15)
DYNAMODB = Config(retries={"mode": "standard", "total_max_attempts": 4}, connect_timeout=3)

log = logging.getLogger("tagdrop")
log.setLevel(logging.INFO)


class TryAgain(Exception):
    """Some images have no answer yet; Lambda is to deliver the event again."""


@functools.cache
def _rekognition() -> Any:
    return boto3.client("rekognition", config=REKOGNITION)


@functools.cache
def _table() -> Any:
    return boto3.resource("dynamodb", config=DYNAMODB).Table(os.environ["TABLE"])


def handle(event: Mapping[str, Any], _context: object) -> None:
    """Label every image of an S3 event. Raises TryAgain when one has to be tried later."""
    late = 0
    for record in event.get("Records", ()):  # s3:TestEvent has none
        try:
            _label(record["s3"])
        except Exception:  # one bad record must not keep its siblings from their labels
            log.exception("this image has no answer yet")
            late += 1
    if late:
        raise TryAgain(f"{late} of {len(event['Records'])} images have no answer yet")


def _label(s3: Mapping[str, Any]) -> None:
    bucket, uploaded = s3["bucket"]["name"], s3["object"]
    key = urllib.parse.unquote_plus(uploaded["key"])
    image_name = key.removeprefix(PREFIX)
    if not key.startswith(PREFIX) or not image_name or key.endswith("/"):
        log.info("%r is not an image's place", key)
        return
    sequencer = uploaded.get("sequencer", "")
    if not _is_news(image_name, sequencer):
        log.info("%r was answered before", image_name)
        return
    answer = {
        "ImageName": image_name,
        "ETag": uploaded.get("eTag", ""),
        "Sequencer": sequencer,
        **_recognise(bucket, key),
        "LabelledAt": datetime.now(UTC).isoformat(timespec="milliseconds"),
    }
    _store(answer)


def _is_news(image_name: str, sequencer: str) -> bool:
    """Whether the table has no answer to this upload, or to a later one, yet."""
    stored = _table().get_item(
        Key={"ImageName": image_name}, ProjectionExpression="Sequencer", ConsistentRead=True
    )
    known = stored.get("Item", {}).get("Sequencer")
    if not isinstance(known, str):  # none, or not of this function's making
        return True
    width = max(len(known), len(sequencer))
    return sequencer.ljust(width, "0") > known.ljust(width, "0")


def _recognise(bucket: str, key: str) -> dict[str, Any]:
    """The part of the item that Rekognition decides. Raises what may work later."""
    try:
        found = _detect(bucket, key)
    except ClientError as e:
        if _may_pass(e):
            raise
        log.warning("%r failed: %s", key, _code(e))
        message = str(e.response["Error"].get("Message", ""))[:500]
        return {"Status": "failed", "ErrorCode": _code(e), "ErrorMessage": message}
    labels = [_to_label(label) for label in found["Labels"]]
    labels.sort(key=lambda label: (-label["Confidence"], label["Name"]))
    log.info("%r has %d labels", key, len(labels))
    answer: dict[str, Any] = {"Status": "done", "Labels": labels}
    if labels:
        answer |= {"Label": labels[0]["Name"], "Confidence": labels[0]["Confidence"]}
    return answer | {"ModelVersion": found.get("LabelModelVersion", "")}


def _detect(bucket: str, key: str) -> Any:
    detect = functools.partial(
        _rekognition().detect_labels,
        Image={"S3Object": {"Bucket": bucket, "Name": key}},
        MinConfidence=MIN_CONFIDENCE,
        MaxLabels=MAX_LABELS,
    )
    for attempt, pause_s in enumerate(PAUSES_S):
        try:
            return detect()
        except (ClientError, BotoCoreError) as e:
            if not _may_pass(e) and (attempt > 0 or _code(e) not in ONCE_MORE):
                raise
        time.sleep(pause_s * random.uniform(0.5, 1))  # noqa: S311
    return detect()


def _may_pass(error: ClientError | BotoCoreError) -> bool:
    if isinstance(error, BotoCoreError):  # no answer came
        return True
    status = error.response.get("ResponseMetadata", {}).get("HTTPStatusCode", 0)
    return _code(error) in AGAIN or status >= 500


def _code(error: ClientError | BotoCoreError) -> str:
    answer = error.response if isinstance(error, ClientError) else {}
    return str(answer.get("Error", {}).get("Code", "Unknown"))


def _to_label(label: Mapping[str, Any]) -> dict[str, Any]:
    """Parents and Categories are lists of names; an instance is Left, Top, Width, Height (0-1)."""
    return {
        "Name": label["Name"],
        "Confidence": _number(label["Confidence"]),
        "Parents": _names(label.get("Parents", ())),
        "Categories": _names(label.get("Categories", ())),
        "Instances": [
            {side: _number(value) for side, value in instance["BoundingBox"].items()}
            | {"Confidence": _number(instance["Confidence"])}
            for instance in label.get("Instances", ())
        ],
    }


def _names(entries: Iterable[Mapping[str, Any]]) -> list[str]:
    return [entry["Name"] for entry in entries]


def _number(value: float) -> Decimal:
    return Decimal(str(value))  # DynamoDB takes no floats; str gives the digits that were meant


def _store(answer: Mapping[str, Any]) -> None:
    """Write the item in one piece, unless a later upload was answered in the meantime.

    DynamoDB compares strings by their bytes, which is S3's order of sequencers (hexadecimal,
    the shorter one padded with zeros on its right).
    """
    try:
        _table().put_item(
            Item=answer,
            ConditionExpression="attribute_not_exists(Sequencer)"
            " OR NOT attribute_type(Sequencer, :text) OR Sequencer < :this",
            ExpressionAttributeValues={":this": answer["Sequencer"], ":text": "S"},
        )
    except ClientError as e:
        if _code(e) != "ConditionalCheckFailedException":
            raise
        log.info("%r was answered in the meantime", answer["ImageName"])
