"""S3 event -> DetectLabels -> one DynamoDB item per image.

AWS Lambda calls `handle` for every object put under `images/`, and for what is in the queue of
failed tries. The one file needs nothing but what the python3.13 runtime brings, so that it can also
be pasted into the AWS console. The environment variables TABLE and FAILURES name the table and the
queue's URL; MONTHLY_ANALYSES is how many pictures a month Rekognition may be asked about, and
LABEL_DAYS after how many days labels leave the table (0: never). Where TEXT or EXPLICIT is "yes",
each photo's text is read, or explicit content is flagged, at the price of an analysis more each.

Every image ends as one item whose Status is `done` or `failed`; only what may work later (a
throttled or interrupted call) is given back to Lambda, which delivers it again: twice by itself,
then from the queue. The queue holds three kinds of messages: Lambda's record of a failed event
(`requestPayload`), an event as S3 sends it (`Records`), and an answer that the table did not take
(`answer`), which is stored without asking Rekognition again.
"""

from __future__ import annotations

import functools
import hashlib
import itertools
import json
import math
import os
import random
import re
import time
import traceback
import urllib.parse
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import boto3
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

PREFIX = "images/"
MIN_CONFIDENCE = 40  # percent; the app filters higher, so that moving its slider costs nothing
MAX_LABELS = 100  # a photo has 10 to 30 labels above the floor; the price is the same

THROTTLED = frozenset(
    {
        "ThrottlingException",
        "Throttling",
        "ProvisionedThroughputExceededException",
        "RequestLimitExceeded",
        "TooManyRequestsException",
    }
)
MAY_PASS = THROTTLED | {"InternalServerError", "RequestTimeout"}
# Right after the set-up, AWS may not know the function's permissions yet; Rekognition reads the
# object in the function's name and then says InvalidS3ObjectException.
UNREADABLE = frozenset({"InvalidS3ObjectException", "AccessDeniedException"})
YOUNG = timedelta(minutes=10)  # an object for which such a refusal is more likely early than right

# Seconds to wait at most before DetectLabels is called again, half of them at least; the last one
# again and again while there is time. Longer than botocore's waits, whose shortest are below a
# second: ten functions at a quota of 5 a second met 98 throttled calls for 100 images with
# botocore's adaptive mode, 61 with these.
PAUSES_S = (3.0, 6.0, 12.0, 20.0)

REKOGNITION = Config(retries={"total_max_attempts": 1}, connect_timeout=2, read_timeout=10)
TABLE = Config(
    retries={"mode": "standard", "total_max_attempts": 3}, connect_timeout=2, read_timeout=2
)
# What one call and the writing of its answer take at most, by the limits above: an image that
# cannot have as much is left for another time, for an answer that is lost is paid for twice.
NEEDED_S = 12.0 + 20.0
TABLE_AGAIN_S = 60  # when the table is asked to take an answer that it did not take

Left = Callable[[], float]
"""How many seconds this run of the function still has."""


class TryAgain(Exception):
    """Some images have no answer yet; Lambda is to deliver the event again."""


@functools.cache
def _rekognition() -> Any:
    return boto3.client("rekognition", config=REKOGNITION)


@functools.cache
def _table() -> Any:
    return boto3.resource("dynamodb", config=TABLE).Table(os.environ["TABLE"])


@functools.cache
def _queue() -> Any:
    return boto3.client("sqs", config=TABLE)


if "AWS_LAMBDA_FUNCTION_NAME" in os.environ:  # Lambda starts at full speed, whatever the memory
    _rekognition(), _table(), _queue()


def handle(event: Mapping[str, Any], context: Any) -> dict[str, Any] | None:
    """Label every image of an S3 event, or of a batch of the queue's messages.

    What has to be tried later makes TryAgain for the first, and is in the answer's
    `batchItemFailures` for the second.
    """

    def left() -> float:
        return float(context.get_remaining_time_in_millis()) / 1000

    records = event.get("Records", ())  # s3:TestEvent has none
    if records and records[0].get("eventSource") == "aws:sqs":
        late = _late(records, left, _take)
        return {"batchItemFailures": [{"itemIdentifier": r["messageId"]} for r in late]}
    late = _late(records, left, _label)
    if late:
        raise TryAgain(f"{len(late)} of {len(records)} images have no answer yet")
    return None


def _late(
    records: Sequence[Mapping[str, Any]],
    left: Left,
    work: Callable[[Mapping[str, Any], Left, float], None],
    most_s: float = math.inf,
) -> list[Mapping[str, Any]]:
    """The records that have no answer yet after work on each.

    Each may wait for an equal share of the time that is left, or of `most_s` if that is less.
    """
    late = []
    for n, record in enumerate(records):
        patience_s = min(most_s, max(0.0, left() - NEEDED_S)) / (len(records) - n)
        try:
            work(record, left, patience_s)
        except Exception as e:  # noqa: BLE001 - one bad record must not keep its siblings waiting
            if not isinstance(e, TryAgain):
                frames = traceback.extract_tb(e.__traceback__)
                at = [f"{f.name}:{f.lineno}" for f in frames if f.filename == __file__]
                name = _name_of(record) or str(record.get("messageId"))
                _log(name, "late", error=_code(e), at=at[-1])
            late.append(record)
    return late


def _take(message: Mapping[str, Any], left: Left, patience_s: float) -> None:
    """Do what one message of the queue asks for. Raises what may work later."""
    asked = json.loads(message["body"], parse_float=Decimal)
    if "answer" in asked:
        _store(asked["answer"])
    elif late := _late(asked.get("requestPayload", asked)["Records"], left, _label, patience_s):
        raise TryAgain(f"{len(late)} images of a message have no answer yet")


def _label(record: Mapping[str, Any], left: Left, patience_s: float) -> None:
    """Bring one image of an S3 event to its item. Raises what may work later."""
    bucket, uploaded = record["s3"]["bucket"]["name"], record["s3"]["object"]
    image_name = _name_of(record)
    if not image_name or image_name.endswith("/"):
        _log(image_name, "no image's place")
        return
    sequencer = uploaded.get("sequencer", "")
    if not _is_news(image_name, record):
        _log(image_name, "answered before")
        return
    if left() < NEEDED_S:
        _log(image_name, "late", error="no time is left")
        raise TryAgain
    began = time.monotonic()
    found = _recognise(bucket, PREFIX + image_name, patience_s, left, _is_young(record))
    answer = {
        "ImageName": image_name,
        "ETag": uploaded.get("eTag", ""),
        "Sequencer": sequencer,
        **found,
        "LabelledAt": datetime.now(UTC).isoformat(timespec="milliseconds"),
    }
    if days := int(os.environ.get("LABEL_DAYS", "0")):
        answer["ExpiresAt"] = int(time.time()) + days * 86_400
    seconds = round(time.monotonic() - began, 1)
    _log(image_name, found["Status"], error=found.get("ErrorCode"), seconds=seconds)
    try:
        _store(answer)
    except (ClientError, BotoCoreError) as e:
        _log(image_name, "answer kept in the queue", error=_code(e))
        _queue().send_message(
            QueueUrl=os.environ["FAILURES"],
            MessageBody=json.dumps({"answer": answer}, default=float),
            DelaySeconds=TABLE_AGAIN_S,
        )


def _name_of(record: Mapping[str, Any]) -> str:
    """The ImageName that a record of S3's is about; empty for any other."""
    try:
        key = urllib.parse.unquote_plus(record["s3"]["object"]["key"])
    except (KeyError, TypeError, AttributeError):
        return ""
    return key.removeprefix(PREFIX) if key.startswith(PREFIX) else ""


def _is_young(record: Mapping[str, Any]) -> bool:
    try:
        return datetime.now(UTC) - datetime.fromisoformat(record["eventTime"]) < YOUNG
    except (KeyError, ValueError, TypeError):  # it does not say
        return False


def _is_news(image_name: str, record: Mapping[str, Any]) -> bool:
    """Whether the table has no answer to this upload, or to a later one, yet.

    A copy in place asks for an answer where there is none, and not for another one: the first
    event, which was late, may have brought it by now.
    """
    uploaded = record["s3"]["object"]
    stored = _table().get_item(
        Key={"ImageName": image_name}, ProjectionExpression="Sequencer, ETag", ConsistentRead=True
    )
    item, sequencer = stored.get("Item", {}), str(uploaded.get("sequencer", ""))
    is_copy = str(record.get("eventName")).endswith(":Copy")
    if is_copy and item.get("ETag") and item["ETag"] == uploaded.get("eTag"):
        return False
    known = item.get("Sequencer")
    if not isinstance(known, str):  # none, or not of this function's making
        return True
    width = max(len(known), len(sequencer))
    return sequencer.ljust(width, "0") > known.ljust(width, "0")


def _waits(patience_s: float, left: Left) -> Iterator[bool]:
    """Wait before each further try, a little longer each time, as long as there is time for it."""
    for most_s in itertools.chain(PAUSES_S, itertools.repeat(PAUSES_S[-1])):
        pause_s = most_s * random.uniform(0.5, 1)  # noqa: S311
        patience_s -= pause_s
        if patience_s < 0 or left() - pause_s < NEEDED_S:
            return
        time.sleep(pause_s)
        yield True


def _recognise(bucket: str, key: str, patience_s: float, left: Left, young: bool) -> dict[str, Any]:
    """The part of the item that Rekognition decides. Raises what may work later."""
    others = [name for name in OTHERS if os.environ.get(name) == "yes"]
    analyses = 1 + len(others)
    limit = int(os.environ.get("MONTHLY_ANALYSES", "5000"))
    month = f"spent-{datetime.now(UTC):%Y-%m}/"  # no image's name ends like this
    if not _count(month, analyses, limit):
        message = f"{limit} analyses a month (UTC) are allowed, by the stack's MonthlyAnalyses"
        return _failed("MonthlyLimitReached", message)
    picture = {"Image": {"S3Object": {"Bucket": bucket, "Name": key}}}
    how = {"MinConfidence": MIN_CONFIDENCE, "MaxLabels": MAX_LABELS}
    patience_s /= analyses
    try:
        found = _detect("detect_labels", picture | how, _waits(patience_s, left), young)
    except Refused as e:
        if e.nothing_read:
            _give_back(month, analyses)
        if _may_pass(e.error):
            raise e.error from None
        message = str(e.error.response["Error"].get("Message", ""))[:500]
        if _code(e.error) in UNREADABLE:
            message = f"{message} ({e.tries} tries: the copy is gone, or may not be read)"
        return _failed(_code(e.error), message)
    labels = [_to_label(label) for label in found["Labels"]]
    labels.sort(key=lambda label: (-label["Confidence"], label["Name"]))
    answer: dict[str, Any] = {"Status": "done", "Labels": labels}
    if labels:
        answer |= {"Label": labels[0]["Name"], "Confidence": labels[0]["Confidence"]}
    answer["ModelVersion"] = found.get("LabelModelVersion", "")
    for name in others:
        answer |= _other(name, picture, _waits(patience_s, left), left, month)
    return answer


def _other(
    name: str, picture: dict[str, Any], waits: Iterator[bool], left: Left, month: str
) -> dict[str, Any]:
    """What else is found in a picture; nothing where that fails, as its labels must not be lost."""
    attribute, operation, to_entries = OTHERS[name]
    try:
        if left() < NEEDED_S:
            raise Refused(TryAgain("no time is left"), 0, nothing_read=True)
        return {attribute: to_entries(_detect(operation, picture, waits, young=False))}
    except Exception as e:  # noqa: BLE001 - whatever it is, the labels are there
        error = e.error if isinstance(e, Refused) else e
        image_name = picture["Image"]["S3Object"]["Name"].removeprefix(PREFIX)
        _log(image_name, f"no {attribute}", error=_code(error))
        if isinstance(e, Refused) and e.nothing_read:
            _give_back(month, 1)
        return {}


def _failed(code: str, message: str) -> dict[str, Any]:
    return {"Status": "failed", "ErrorCode": code, "ErrorMessage": message}


def _count(month: str, analyses: int, limit: int) -> bool:
    """Add analyses to the month's number in the table, unless that would be more than the limit."""
    if analyses > limit:
        return False
    try:
        _table().update_item(
            Key={"ImageName": month},
            UpdateExpression="ADD Analyses :more",
            ConditionExpression="attribute_not_exists(Analyses) OR Analyses <= :room",
            ExpressionAttributeValues={":more": analyses, ":room": limit - analyses},
        )
    except ClientError as e:
        if _code(e) != "ConditionalCheckFailedException":
            raise
        return False
    return True


def _give_back(month: str, analyses: int) -> None:
    try:
        _table().update_item(
            Key={"ImageName": month},
            UpdateExpression="ADD Analyses :more",
            ExpressionAttributeValues={":more": -analyses},
        )
    except (ClientError, BotoCoreError) as e:  # then the limit comes a little early
        _log(month, "counted too much", error=_code(e))


class Refused(Exception):
    """Rekognition has not answered. `nothing_read`: it has certainly not looked at the picture."""

    def __init__(self, error: Any, tries: int, *, nothing_read: bool) -> None:
        super().__init__(_code(error))
        self.error, self.tries, self.nothing_read = error, tries, nothing_read


def _detect(operation: str, request: dict[str, Any], waits: Iterator[bool], young: bool) -> Any:
    """What Rekognition answers to detect_labels, or to another question. Raises Refused."""
    tries, nothing_read = 0, True
    while True:
        tries += 1
        try:
            return getattr(_rekognition(), operation)(**request)
        except (ClientError, BotoCoreError) as e:
            code = _code(e)
            nothing_read &= code in THROTTLED | UNREADABLE
            may_help = _may_pass(e) or (code in UNREADABLE and (young or tries == 1))
            if not may_help or not next(waits, False):
                raise Refused(e, tries, nothing_read=nothing_read) from None


def _may_pass(error: ClientError | BotoCoreError) -> bool:
    if isinstance(error, BotoCoreError):  # no answer came
        return True
    status = error.response.get("ResponseMetadata", {}).get("HTTPStatusCode", 0)
    return _code(error) in MAY_PASS or status >= 500


def _code(error: Exception) -> str:
    """AWS's code for an error; the class of another, whose words might hold a file's name."""
    if not isinstance(error, ClientError):
        return type(error).__name__
    return str(error.response.get("Error", {}).get("Code", "Unknown"))


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


def _to_lines(found: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The lines of text in reading order; their words are left out."""
    return [
        {"Text": each["DetectedText"], "Confidence": _number(each["Confidence"])}
        | {side: _number(value) for side, value in each["Geometry"]["BoundingBox"].items()}
        for each in found["TextDetections"]
        if each["Type"] == "LINE"
    ]


def _to_flags(found: Mapping[str, Any]) -> list[dict[str, Any]]:
    """What is flagged, surest first; Rekognition names the nearest parent."""
    flags = [
        {
            "Name": each["Name"],
            "Confidence": _number(each["Confidence"]),
            "Parents": [parent] if (parent := each.get("ParentName")) else [],
        }
        for each in found["ModerationLabels"]
    ]
    return sorted(flags, key=lambda flag: (-flag["Confidence"], flag["Name"]))


# Switch -> attribute of the item, Rekognition's operation, and what makes one of the other.
OTHERS: dict[str, tuple[str, str, Callable[[Mapping[str, Any]], list[dict[str, Any]]]]] = {
    "TEXT": ("Texts", "detect_text", _to_lines),
    "EXPLICIT": ("Moderation", "detect_moderation_labels", _to_flags),
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
        _log(answer["ImageName"], "answered in the meantime")


def _log(image_name: str, result: str, **more: object) -> None:
    """One line for Lambda's log, where an image is the 16 hexadecimal digits of its name alone."""
    digits = re.match("[0-9a-f]{16}", image_name)
    known = digits[0] if digits else hashlib.sha256(image_name.encode()).hexdigest()[:16]
    said = {"image": known, "result": result, **{k: v for k, v in more.items() if v is not None}}
    print(json.dumps(said))  # noqa: T201
