"""What the Lambda function asks of AWS, through boto3 and a table in memory, and what it writes."""

from __future__ import annotations

import hashlib
import json
import os
import random
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import boto3
import pytest
from botocore.awsrequest import AWSResponse
from botocore.exceptions import ReadTimeoutError
from moto import mock_aws

from backend_lambda import handler
from tests.rig.aws.lambda_run import Run
from tests.rig.processes import run_python
from tests.rig.sent import answered

REGION = "eu-central-1"
CAT = {
    "Name": "Cat",
    "Confidence": 98.71,
    "Parents": [{"Name": "Mammal"}, {"Name": "Animal"}],
    "Categories": [{"Name": "Animals and Pets"}],
    "Instances": [
        {
            "BoundingBox": {"Left": 0.1, "Top": 0.25, "Width": 0.5, "Height": 0.125},
            "Confidence": 97.5,
        }
    ],
}
KEPT_CAT = {
    "Name": "Cat",
    "Confidence": Decimal("98.71"),
    "Parents": ["Mammal", "Animal"],
    "Categories": ["Animals and Pets"],
    "Instances": [
        {
            "Left": Decimal("0.1"),
            "Top": Decimal("0.25"),
            "Width": Decimal("0.5"),
            "Height": Decimal("0.125"),
            "Confidence": Decimal("97.5"),
        }
    ],
}


PLACE = {"BoundingBox": {"Left": 0.1, "Top": 0.25, "Width": 0.5, "Height": 0.125}, "Polygon": []}
OTHERS: dict[str, dict[str, Any]] = {
    "DetectText": {
        "TextDetections": [
            {"DetectedText": "Rue 12", "Type": "LINE", "Id": 0, "Confidence": 98.5},
            {"DetectedText": "EXIT", "Type": "LINE", "Id": 1, "Confidence": 99.25},
            {"DetectedText": "Rue", "Type": "WORD", "Id": 2, "ParentId": 0, "Confidence": 98.5},
        ],
        "TextModelVersion": "3.0",
    },
    "DetectModerationLabels": {
        "ModerationLabels": [
            {"Name": "Weapons", "ParentName": "Violence", "Confidence": 88.5},
            {"Name": "Violence", "ParentName": "", "Confidence": 91.0},
        ],
        "ModerationModelVersion": "7.0",
    },
}
for each in OTHERS["DetectText"]["TextDetections"]:
    each["Geometry"] = PLACE
KEPT_LINES = [
    {
        "Text": text,
        "Confidence": Decimal(confidence),
        "Left": Decimal("0.1"),
        "Top": Decimal("0.25"),
        "Width": Decimal("0.5"),
        "Height": Decimal("0.125"),
    }
    for text, confidence in (("Rue 12", "98.5"), ("EXIT", "99.25"))
]
KEPT_FLAGS = [
    {"Name": "Violence", "Confidence": Decimal("91.0"), "Parents": []},
    {"Name": "Weapons", "Confidence": Decimal("88.5"), "Parents": ["Violence"]},
]


class Aws:
    """AWS as the function meets it. `refusals` are codes and statuses that come before answers."""

    def __init__(self, tables: Any, queues: Any) -> None:
        self.labels: list[dict[str, Any]] = [CAT]
        self.sent: list[tuple[str, dict[str, Any]]] = []
        self.refusals: dict[str, list[tuple[str, int] | BaseException]] = {}
        self.table = tables.create_table(
            TableName="answers",
            KeySchema=[{"AttributeName": "ImageName", "KeyType": "HASH"}],
            AttributeDefinitions=[{"AttributeName": "ImageName", "AttributeType": "S"}],
            BillingMode="PAY_PER_REQUEST",
        )
        self.queue = queues.create_queue(QueueName="failures")

    def send(self, request: Any, event_name: str) -> AWSResponse | None:
        call = event_name.rpartition(".")[2]
        self.sent.append((call, json.loads(request.body)))
        if self.refusals.get(call):
            refusal = self.refusals[call].pop(0)
            if isinstance(refusal, BaseException):
                raise refusal
            code, status = refusal
            said = {"__type": code, "message": f"{code} happened" * 100} if code else {}
            return answered(request, json.dumps(said).encode(), status)
        if call == "DetectLabels":
            found = {"Labels": self.labels, "LabelModelVersion": "3.0"}
            return answered(request, json.dumps(found).encode())
        if call in OTHERS:
            return answered(request, json.dumps(OTHERS[call]).encode())
        return None  # the table in memory answers

    def calls(self, wanted: str) -> list[dict[str, Any]]:
        return [body for call, body in self.sent if call == wanted]

    @property
    def spent(self) -> int:
        """What the month's counter says."""
        return int(self.item(f"spent-{datetime.now(UTC):%Y-%m}/").get("Analyses", 0))

    def item(self, name: str = "a.jpg") -> dict[str, Any]:
        found: dict[str, Any] = self.table.get_item(Key={"ImageName": name}).get("Item", {})
        return found


@pytest.fixture(scope="module")
def meet() -> Iterator[Callable[[], Aws]]:
    """The function's own clients, made once as Lambda does; they ask whom they met last."""
    met: list[Aws] = []

    def meet_another() -> Aws:
        met.append(Aws(tables, queues))
        return met[-1]

    with pytest.MonkeyPatch.context() as patch, mock_aws():
        patch.setenv("AWS_DEFAULT_REGION", REGION)
        patch.setenv("TABLE", "answers")
        tables, queues = boto3.resource("dynamodb"), boto3.resource("sqs")
        clients = (handler._rekognition(), handler._table().meta.client, handler._queue())
    for client in clients:
        client.meta.events.register_first(
            "before-send.*.*", lambda request, event_name, **_: met[-1].send(request, event_name)
        )
    yield meet_another
    for made in (handler._rekognition, handler._table, handler._queue):
        made.cache_clear()


@pytest.fixture
def aws(meet: Callable[[], Aws], monkeypatch: pytest.MonkeyPatch) -> Iterator[Aws]:
    # moto is asked besides, and knows no such question.
    unknown = "moto.rekognition.responses.RekognitionResponse.detect_moderation_labels"
    monkeypatch.setattr(unknown, lambda _: "{}", raising=False)
    with mock_aws():
        met = meet()
        monkeypatch.setenv("FAILURES", met.queue.url)
        yield met


@pytest.fixture
def waits(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The seconds that the handler would have slept."""
    slept: list[float] = []
    monkeypatch.setattr(time, "sleep", slept.append)
    monkeypatch.setattr(random, "uniform", lambda _, most: most)
    return slept


def event_of(*keys: str, sequencer: str | None = "0A", age_s: float | None = None) -> Any:
    """S3 tells of these objects, put so long ago."""
    objects: list[dict[str, str]] = [{"key": key} for key in keys]
    if sequencer is not None:
        for each in objects:
            each |= {"sequencer": sequencer, "eTag": "e1"}
    told: dict[str, str] = {}
    if age_s is not None:
        told["eventTime"] = f"{datetime.now(UTC) - timedelta(seconds=age_s):%Y-%m-%dT%H:%M:%S.000Z}"
    return {
        "Records": [{**told, "s3": {"bucket": {"name": "photos"}, "object": o}} for o in objects]
    }


def put(*keys: str, **how: Any) -> None:
    handler.handle(event_of(*keys, **how), Run())


def logged(capsys: pytest.CaptureFixture[str]) -> list[dict[str, Any]]:
    """The lines of the log since the last look."""
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def in_log(name: str) -> str:
    """How the log calls what is no image's name."""
    return hashlib.sha256(name.encode()).hexdigest()[:16]


def queued(*bodies: object, seconds: float = 60) -> list[str]:
    """The queue brings these; the numbers of those that it is to keep."""
    records = [
        {
            "messageId": str(n),
            "eventSource": "aws:sqs",
            "body": body if isinstance(body, str) else json.dumps(body),
        }
        for n, body in enumerate(bodies)
    ]
    answer = handler.handle({"Records": records}, Run(seconds))
    assert answer is not None
    return [failure["itemIdentifier"] for failure in answer["batchItemFailures"]]


def test_one_question_to_each_and_one_item(aws: Aws) -> None:
    began = datetime.now(UTC)
    put("images/Gr%C3%BC%C3%9Fe+%2B.jpg")
    month = f"spent-{began:%Y-%m}/"
    assert aws.sent[:3] == [
        (
            "GetItem",
            {
                "TableName": "answers",
                "Key": {"ImageName": {"S": "Grüße +.jpg"}},
                "ProjectionExpression": "Sequencer, ETag",
                "ConsistentRead": True,
            },
        ),
        (
            "UpdateItem",
            {
                "TableName": "answers",
                "Key": {"ImageName": {"S": month}},
                "UpdateExpression": "ADD Analyses :more",
                "ConditionExpression": "attribute_not_exists(Analyses) OR Analyses <= :room",
                "ExpressionAttributeValues": {":more": {"N": "1"}, ":room": {"N": "4999"}},
            },
        ),
        (
            "DetectLabels",
            {
                "Image": {"S3Object": {"Bucket": "photos", "Name": "images/Grüße +.jpg"}},
                "MinConfidence": 40,
                "MaxLabels": 100,
            },
        ),
    ]
    assert [call for call, _ in aws.sent[3:]] == ["PutItem"]
    item = aws.item("Grüße +.jpg")
    at = datetime.fromisoformat(item.pop("LabelledAt"))
    assert began - timedelta(milliseconds=1) <= at <= datetime.now(UTC)
    assert (at.microsecond % 1000, at.utcoffset()) == (0, timedelta(0))
    assert item == {
        "ImageName": "Grüße +.jpg",
        "Label": "Cat",
        "Confidence": Decimal("98.71"),
        "Labels": [KEPT_CAT],
        "Status": "done",
        "ETag": "e1",
        "Sequencer": "0A",
        "ModelVersion": "3.0",
    }


def test_the_surest_label_comes_first_and_of_equal_ones_the_first_by_name(aws: Aws) -> None:
    sure = {"d": 50, "c": 90, "b": 90, "a": 40}
    aws.labels = [{"Name": name, "Confidence": sure[name]} for name in sure]
    put("images/a.jpg")
    bare = {"Parents": [], "Categories": [], "Instances": []}
    assert aws.item()["Labels"] == [
        {"Name": name, "Confidence": sure[name], **bare} for name in "bcda"
    ]
    assert (aws.item()["Label"], aws.item()["Confidence"]) == ("b", 90)


def test_nothing_found_is_an_answer(aws: Aws) -> None:
    aws.labels = []
    put("images/a.jpg")
    assert aws.item().keys() == {
        *("ImageName", "Labels", "Status", "ETag", "Sequencer", "ModelVersion", "LabelledAt")
    }
    assert aws.item()["Labels"] == []


def test_what_is_refused_for_good_is_an_answer_with_its_reason(aws: Aws) -> None:
    aws.refusals["DetectLabels"] = [("InvalidImageFormatException", 400)]
    put("images/a.jpg")
    item = aws.item()
    del item["LabelledAt"]
    assert item == {
        "ImageName": "a.jpg",
        "Status": "failed",
        "ErrorCode": "InvalidImageFormatException",
        "ErrorMessage": ("InvalidImageFormatException happened" * 100)[:500],
        "ETag": "e1",
        "Sequencer": "0A",
    }
    assert len(aws.calls("DetectLabels")) == 1


@pytest.mark.parametrize("key", ["elsewhere/a.jpg", "images/", "images/folder/", "imagesx"])
def test_what_is_no_image_is_left_alone(
    aws: Aws, capsys: pytest.CaptureFixture[str], key: str
) -> None:
    put(key)
    assert aws.sent == []
    assert [line["result"] for line in logged(capsys)] == ["no image's place"]


@pytest.mark.parametrize("other", [{}, {"s3": "x"}, {"s3": {"object": ["x"]}}])
def test_a_record_that_makes_no_sense_does_not_block_its_siblings(aws: Aws, other: Any) -> None:
    event = event_of("images/a.jpg")
    event["Records"].insert(0, other)
    with pytest.raises(handler.TryAgain, match="1 of 2"):
        handler.handle(event, Run())
    assert aws.item()["Status"] == "done"


def test_events_of_another_kind_are_left_alone(aws: Aws) -> None:
    handler.handle({"Event": "s3:TestEvent"}, Run())
    assert aws.sent == []


@pytest.mark.parametrize("stored", [None, {}, {"Sequencer": 9}, {"Sequencer": "09"}])
def test_an_answer_of_before_or_of_somebody_elses_is_replaced(
    aws: Aws, stored: dict[str, Any] | None
) -> None:
    if stored is not None:
        aws.table.put_item(Item={"ImageName": "a.jpg", **stored})
    put("images/a.jpg")
    assert aws.item()["Sequencer"] == "0A"


@pytest.mark.parametrize("stored", ["0A", "0A00", "0B"])
def test_the_same_event_and_an_older_one_change_nothing(aws: Aws, stored: str) -> None:
    aws.table.put_item(Item={"ImageName": "a.jpg", "Sequencer": stored})
    put("images/a.jpg")
    assert aws.item() == {"ImageName": "a.jpg", "Sequencer": stored}
    assert aws.calls("DetectLabels") == []


def test_an_event_without_an_order_is_answered_once(aws: Aws) -> None:
    for _ in range(2):
        put("images/a.jpg", sequencer=None)
    assert (aws.item()["Sequencer"], aws.item()["ETag"]) == ("", "")
    assert len(aws.calls("DetectLabels")) == 1


def test_an_answer_to_a_later_upload_stays(aws: Aws, capsys: pytest.CaptureFixture[str]) -> None:
    def answered_meanwhile(**_: object) -> None:
        aws.table.put_item(Item={"ImageName": "a.jpg", "Sequencer": "0B"})

    events = handler._rekognition().meta.events
    events.register("after-call.rekognition.DetectLabels", answered_meanwhile)
    put("images/a.jpg")
    events.unregister("after-call.rekognition.DetectLabels", answered_meanwhile)
    assert aws.item() == {"ImageName": "a.jpg", "Sequencer": "0B"}
    assert [line["result"] for line in logged(capsys)] == ["done", "answered in the meantime"]


@pytest.mark.parametrize(
    ("name", "digits"),
    [
        ("0123456789abcdef-Grandma.jpg", "0123456789abcdef"),
        ("Grandma.jpg", in_log("Grandma.jpg")),
    ],
)
def test_the_log_knows_images_by_their_digits_alone(
    aws: Aws, waits: list[float], capsys: pytest.CaptureFixture[str], name: str, digits: str
) -> None:
    aws.refusals["DetectLabels"] = [("InvalidImageFormatException", 400)]
    put(f"images/{name}")
    put(f"images/{name}")
    aws.refusals["GetItem"] = [("InternalServerError", 500)] * 3
    with pytest.raises(handler.TryAgain):
        put(f"images/{name}")
    out = capsys.readouterr().out
    told = [json.loads(line) for line in out.splitlines()]
    assert [(line["result"], line.get("error")) for line in told] == [
        ("failed", "InvalidImageFormatException"),
        ("answered before", None),
        ("late", "InternalServerError"),
    ]
    assert {line["image"] for line in told} == {digits}
    assert "Grandma" not in out
    assert told[-1]["at"].startswith("_is_news:")  # where in the function it happened


NO_ANSWER = ReadTimeoutError(endpoint_url="https://amazon")
PASSING = [
    ("ThrottlingException", 400),
    ("Throttling", 400),
    ("ProvisionedThroughputExceededException", 400),
    ("RequestLimitExceeded", 400),
    ("TooManyRequestsException", 400),
    ("InternalServerError", 400),
    ("RequestTimeout", 400),
    ("SomethingNew", 500),
    ("", 503),
    NO_ANSWER,
]
NOT_READ = PASSING[:5]
"""Refusals after which the picture has certainly not been looked at."""


@pytest.mark.parametrize("refusal", PASSING, ids=str)
def test_what_may_pass_is_tried_again_while_there_is_time(
    aws: Aws, waits: list[float], refusal: Any
) -> None:
    """Each try is one call: what waits between them is ours, not botocore's."""
    aws.refusals["DetectLabels"] = [refusal] * 3
    put("images/a.jpg")
    assert aws.item()["Status"] == "done"
    assert len(aws.calls("DetectLabels")) == 4
    assert waits == [3, 6, 12]
    assert aws.spent == 1


@pytest.mark.parametrize("refusal", PASSING, ids=str)
def test_what_does_not_pass_is_for_lambda_to_deliver_again(
    aws: Aws, waits: list[float], refusal: Any
) -> None:
    aws.refusals["DetectLabels"] = [refusal] * 4
    with pytest.raises(handler.TryAgain, match=r"^1 of 1 images have no answer yet"):
        put("images/a.jpg")
    assert aws.item() == {}
    assert aws.spent == (0 if refusal in NOT_READ else 1)


def test_of_several_each_waits_for_its_share(aws: Aws, waits: list[float]) -> None:
    aws.refusals["DetectLabels"] = [PASSING[0]] * 6
    with pytest.raises(handler.TryAgain, match=r"^2 of 3 images have no answer yet"):
        put("images/a.jpg", "images/b.jpg", "images/c.jpg")
    assert (aws.item("a.jpg"), aws.item("b.jpg"), aws.item("c.jpg")["Status"]) == ({}, {}, "done")
    assert waits == [3, 6, 3, 6]


@pytest.mark.parametrize("seconds", [0, handler.NEEDED_S - 1])
def test_without_time_for_an_answer_nothing_is_asked(
    aws: Aws, capsys: pytest.CaptureFixture[str], seconds: float
) -> None:
    with pytest.raises(handler.TryAgain):
        handler.handle(event_of("images/a.jpg"), Run(seconds))
    assert aws.calls("DetectLabels") == []
    assert aws.spent == 0
    assert [(line["result"], line["error"]) for line in logged(capsys)] == [
        ("late", "no time is left")
    ]


def test_with_just_enough_time_everything_is_asked(
    aws: Aws, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TEXT", "yes")
    handler.handle(event_of("images/a.jpg"), Run(handler.NEEDED_S))
    assert aws.item()["Texts"] == KEPT_LINES


@pytest.mark.parametrize(
    ("seconds", "call_s", "expected"),
    [(9, 0, [3, 6]), (81, 0, [3, 6, 12, 20, 20, 20]), (14, 5, [3]), (19, 5, [3, 6])],
)
def test_waits_end_while_there_is_time_for_the_answer(
    aws: Aws,
    monkeypatch: pytest.MonkeyPatch,
    waits: list[float],
    *,
    seconds: float,
    call_s: float,
    expected: list[float],
) -> None:
    """Rekognition may take long to refuse: `call_s` for each call."""

    def left_ms() -> float:
        gone_s = sum(waits) + call_s * len(aws.calls("DetectLabels"))
        return (handler.NEEDED_S + seconds - gone_s) * 1000

    aws.refusals["DetectLabels"] = [PASSING[-1]] * 9
    run = Run()
    monkeypatch.setattr(run, "get_remaining_time_in_millis", left_ms)
    with pytest.raises(handler.TryAgain):
        handler.handle(event_of("images/a.jpg"), run)
    assert waits == expected


@pytest.mark.parametrize("code", ["InvalidS3ObjectException", "AccessDeniedException"])
@pytest.mark.parametrize("age_s", [None, 3600], ids=["of unknown age", "old"])
def test_what_may_be_as_the_set_up_is_new_is_tried_once_more(
    aws: Aws, waits: list[float], code: str, age_s: float | None
) -> None:
    aws.refusals["DetectLabels"] = [(code, 400)] * 3
    put("images/a.jpg", "images/b.jpg", age_s=age_s)
    assert aws.item("a.jpg")["ErrorCode"] == code
    assert aws.item("a.jpg")["ErrorMessage"].endswith(
        "(2 tries: the copy is gone, or may not be read)"
    )
    assert aws.item("b.jpg")["Status"] == "done"
    assert len(waits) == 2
    assert aws.spent == 1


@pytest.mark.parametrize("code", ["InvalidS3ObjectException", "AccessDeniedException"])
def test_a_young_objects_refusal_is_waited_for_as_long_as_there_is_time(
    aws: Aws, waits: list[float], code: str
) -> None:
    aws.refusals["DetectLabels"] = [(code, 400)] * 3
    put("images/a.jpg", age_s=30)
    assert aws.item("a.jpg")["Status"] == "done"
    assert waits == [3, 6, 12]
    aws.refusals["DetectLabels"] = [(code, 400)] * 4
    put("images/b.jpg", age_s=30)
    assert aws.item("b.jpg")["ErrorCode"] == code
    assert "(4 tries: the copy is gone" in aws.item("b.jpg")["ErrorMessage"]


def test_it_is_not_tried_once_more_after_other_trouble(aws: Aws, waits: list[float]) -> None:
    aws.refusals["DetectLabels"] = [PASSING[0], ("AccessDeniedException", 400)]
    put("images/a.jpg")
    assert aws.item()["ErrorCode"] == "AccessDeniedException"


@pytest.mark.parametrize("call", ["GetItem", "UpdateItem", "PutItem"])
def test_the_table_is_asked_three_times(aws: Aws, waits: list[float], call: str) -> None:
    aws.refusals[call] = [("InternalServerError", 500)] * 2
    put("images/a.jpg")
    assert aws.item()["Status"] == "done"
    assert len(aws.calls(call)) == 3
    assert sum(waits) < 10


@pytest.mark.parametrize("call", ["GetItem", "UpdateItem"])
def test_without_the_table_lambda_is_to_deliver_it_again(
    aws: Aws, waits: list[float], call: str
) -> None:
    aws.refusals[call] = [("InternalServerError", 500)] * 3
    with pytest.raises(handler.TryAgain, match="1 of 1"):
        put("images/a.jpg")
    assert len(aws.calls(call)) == 3
    assert aws.calls("DetectLabels") == []


def test_an_answer_that_the_table_does_not_take_is_kept_and_not_asked_for_again(
    aws: Aws, waits: list[float], capsys: pytest.CaptureFixture[str]
) -> None:
    aws.refusals["PutItem"] = [NO_ANSWER] * 6
    put("images/a.jpg")
    assert [(line["result"], line.get("error")) for line in logged(capsys)] == [
        ("done", None),
        ("answer kept in the queue", "ReadTimeoutError"),
    ]
    sent = aws.calls("SendMessage")[0]
    assert sent["DelaySeconds"] == handler.TABLE_AGAIN_S
    assert aws.item() == {}

    assert queued(sent["MessageBody"]) == ["0"]  # the table is not there yet: the queue keeps it
    assert queued(sent["MessageBody"]) == []
    item = aws.item()
    assert (item["Labels"], item["Confidence"]) == ([KEPT_CAT], Decimal("98.71"))
    assert len(aws.calls("SendMessage")) == 1
    assert len(aws.calls("DetectLabels")) == 1
    assert aws.spent == 1


def test_killed_between_rekognition_and_the_table_it_is_asked_again_and_counted(
    aws: Aws, waits: list[float]
) -> None:
    """What is paid twice for is counted twice, and the image has one answer."""
    aws.refusals["PutItem"] = [SystemExit()]
    with pytest.raises(SystemExit):
        put("images/a.jpg")
    assert (aws.item(), aws.spent) == ({}, 1)
    put("images/a.jpg")  # as Lambda delivers it again
    put("images/a.jpg")  # and once more
    assert aws.item()["Status"] == "done"
    assert (len(aws.calls("DetectLabels")), aws.spent) == (2, 2)


def test_without_table_and_queue_lambda_is_to_deliver_it_again(
    aws: Aws, waits: list[float]
) -> None:
    for call in ("PutItem", "SendMessage"):
        aws.refusals[call] = [("InternalServerError", 500)] * 3
    with pytest.raises(handler.TryAgain, match="1 of 1"):
        put("images/a.jpg")


def test_the_queue_brings_events_that_failed_and_events_of_its_own(aws: Aws) -> None:
    failed = {"version": "1.0", "requestPayload": event_of("images/a.jpg", "images/b.jpg")}
    assert queued(failed, event_of("images/c.jpg")) == []
    assert [aws.item(f"{n}.jpg")["Status"] for n in "abc"] == ["done"] * 3


def test_of_a_batch_the_queue_keeps_what_was_not_done(
    aws: Aws, waits: list[float], capsys: pytest.CaptureFixture[str]
) -> None:
    aws.refusals["DetectLabels"] = [PASSING[0]]
    bodies = [
        event_of("images/a.jpg"),  # it has a fifth of the time, too short for a wait
        {"requestPayload": event_of("images/b.jpg")},
        "no JSON",
        {"something": "else"},
        event_of("images/c.jpg"),
    ]
    kept = queued(*bodies, seconds=handler.NEEDED_S + 10)
    assert kept == ["0", "2", "3"]
    late = [(line["image"], line["error"]) for line in logged(capsys) if line["result"] == "late"]
    assert late == [
        (in_log("a.jpg"), "ThrottlingException"),
        (in_log("2"), "JSONDecodeError"),
        (in_log("3"), "KeyError"),
    ]
    assert aws.item("a.jpg") == {}
    assert {aws.item(f"{n}.jpg")["Status"] for n in "bc"} == {"done"}


def test_an_event_is_kept_until_each_of_its_images_has_an_answer(aws: Aws) -> None:
    aws.refusals["DetectLabels"] = [PASSING[0]]
    failed = {"requestPayload": event_of("images/a.jpg", "images/b.jpg")}
    assert queued(failed, seconds=handler.NEEDED_S + 1) == ["0"]
    assert (aws.item("a.jpg"), aws.item("b.jpg")["Status"]) == ({}, "done")
    assert queued(failed) == []
    assert len(aws.calls("DetectLabels")) == 3  # not for the second one again


@pytest.mark.parametrize(("also", "photos"), [((), 5), (("TEXT",), 2), (("TEXT", "EXPLICIT"), 1)])
def test_the_months_limit_holds(
    aws: Aws, monkeypatch: pytest.MonkeyPatch, also: tuple[str, ...], photos: int
) -> None:
    monkeypatch.setenv("MONTHLY_ANALYSES", "5")
    for name in also:
        monkeypatch.setenv(name, "yes")
    for n in range(7):
        put(f"images/{n}.jpg")
    statuses = [aws.item(f"{n}.jpg")["Status"] for n in range(7)]
    assert statuses == ["done"] * photos + ["failed"] * (7 - photos)
    assert len(aws.calls("DetectLabels")) == photos
    assert aws.spent == photos * (1 + len(also))
    refused = aws.item("6.jpg")
    assert refused.keys() == {
        *("ImageName", "Status", "ErrorCode", "ErrorMessage", "ETag", "Sequencer", "LabelledAt")
    }
    assert refused["ErrorCode"] == "MonthlyLimitReached"


def test_a_limit_of_nought_refuses_everything(aws: Aws, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MONTHLY_ANALYSES", "0")
    put("images/a.jpg")
    assert aws.item()["ErrorCode"] == "MonthlyLimitReached"
    assert aws.spent == 0


def test_after_the_limit_was_raised_a_new_upload_is_labelled(
    aws: Aws, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MONTHLY_ANALYSES", "0")
    put("images/a.jpg")
    monkeypatch.setenv("MONTHLY_ANALYSES", "1")
    put("images/a.jpg", sequencer="0B")
    assert aws.item()["Status"] == "done"


def test_what_cannot_be_given_back_stays_counted(
    aws: Aws, waits: list[float], capsys: pytest.CaptureFixture[str]
) -> None:
    aws.refusals["DetectLabels"] = [PASSING[0]] * 4

    def break_table(**_: object) -> None:
        aws.refusals["UpdateItem"] = [NO_ANSWER] * 3

    events = handler._rekognition().meta.events
    events.register("after-call.rekognition.DetectLabels", break_table)
    with pytest.raises(handler.TryAgain):
        put("images/a.jpg")
    events.unregister("after-call.rekognition.DetectLabels", break_table)
    assert aws.spent == 1
    assert [(line["result"], line["error"]) for line in logged(capsys)] == [
        ("counted too much", "ReadTimeoutError"),
        ("late", "ThrottlingException"),
    ]


def test_nobody_is_shown_the_counter_as_an_image(aws: Aws) -> None:
    put(f"images/spent-{datetime.now(UTC):%Y-%m}/")
    assert aws.sent == []


def test_answers_expire_after_so_many_days(aws: Aws, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LABEL_DAYS", "30")
    began = int(time.time())
    put("images/a.jpg")
    assert began <= aws.item()["ExpiresAt"] - 30 * 86_400 <= time.time()


def test_text_and_explicit_content_are_asked_for_where_the_stack_says_so(
    aws: Aws, monkeypatch: pytest.MonkeyPatch
) -> None:
    put("images/plain.jpg")
    assert not {"Texts", "Moderation"} & aws.item("plain.jpg").keys()
    monkeypatch.setenv("TEXT", "yes")
    monkeypatch.setenv("EXPLICIT", "no")
    put("images/text.jpg")
    item = aws.item("text.jpg")
    assert item["Texts"] == KEPT_LINES
    assert "Moderation" not in item
    monkeypatch.setenv("EXPLICIT", "yes")
    put("images/both.jpg")
    item = aws.item("both.jpg")
    assert (item["Texts"], item["Moderation"]) == (KEPT_LINES, KEPT_FLAGS)
    assert item["Labels"] == [KEPT_CAT]
    picture = {"Image": {"S3Object": {"Bucket": "photos", "Name": "images/both.jpg"}}}
    assert [body for call, body in aws.sent if call in OTHERS] == [
        {"Image": {"S3Object": {"Bucket": "photos", "Name": "images/text.jpg"}}},
        picture,
        picture,
    ]
    assert aws.spent == 1 + 2 + 3


@pytest.mark.parametrize(
    ("refusals", "spent", "error"),
    [
        ([("ThrottlingException", 400)] * 20, 2, "ThrottlingException"),  # not read, and not paid
        ([("AccessDeniedException", 400)] * 2, 2, "AccessDeniedException"),
        ([("InvalidParameterException", 400)], 3, "InvalidParameterException"),
        ([("InternalServerError", 500)] * 20, 3, "InternalServerError"),
        ([NO_ANSWER] * 20, 3, "ReadTimeoutError"),
        ([("", 200)], 3, "KeyError"),  # an answer in another shape than it has today
    ],
    ids=str,
)
def test_a_failure_of_these_never_loses_the_labels(
    aws: Aws,
    monkeypatch: pytest.MonkeyPatch,
    waits: list[float],
    capsys: pytest.CaptureFixture[str],
    *,
    refusals: list[tuple[str, int] | Exception],
    spent: int,
    error: str,
) -> None:
    for name in ("TEXT", "EXPLICIT"):
        monkeypatch.setenv(name, "yes")
    aws.refusals["DetectText"] = refusals
    put("images/a.jpg")
    item = aws.item()
    assert (item["Status"], item["Labels"]) == ("done", [KEPT_CAT])
    assert "Texts" not in item
    assert item["Moderation"] == KEPT_FLAGS
    assert len(aws.calls("DetectLabels")) == 1
    assert aws.spent == spent
    assert [(line["result"], line.get("error")) for line in logged(capsys)] == [
        ("no Texts", error),
        ("done", None),
    ]


def test_text_that_is_throttled_for_a_while_is_read_in_the_end(
    aws: Aws, monkeypatch: pytest.MonkeyPatch, waits: list[float]
) -> None:
    monkeypatch.setenv("TEXT", "yes")
    aws.refusals["DetectText"] = [("ThrottlingException", 400)] * 2
    put("images/a.jpg")
    assert aws.item()["Texts"] == KEPT_LINES
    assert waits == [3.0, 6.0]


def test_labels_and_text_wait_for_half_of_the_time_each(
    aws: Aws, monkeypatch: pytest.MonkeyPatch, waits: list[float]
) -> None:
    monkeypatch.setenv("TEXT", "yes")
    aws.refusals["DetectLabels"] = [("ThrottlingException", 400)] * 2
    aws.refusals["DetectText"] = [("ThrottlingException", 400)] * 3
    put("images/a.jpg")
    assert aws.item()["Status"] == "done"
    assert "Texts" not in aws.item()
    assert waits == [3, 6, 3, 6]


def test_what_else_is_to_be_found_leaves_time_for_the_answer(
    aws: Aws, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TEXT", "yes")
    left = iter([handler.NEEDED_S + 1] * 2 + [handler.NEEDED_S - 1] * 9)
    run = Run()
    monkeypatch.setattr(run, "get_remaining_time_in_millis", lambda: next(left) * 1000)
    handler.handle(event_of("images/a.jpg"), run)
    assert aws.item()["Status"] == "done"
    assert "Texts" not in aws.item()
    assert aws.calls("DetectText") == []
    assert aws.spent == 1


def test_what_hangs_leaves_time_for_the_answer(aws: Aws) -> None:
    """The function's time is 60 s; botocore would wait as long for one connection or answer."""
    calls = handler._rekognition().meta.config
    table = handler._table().meta.client.meta.config
    one_call = calls.connect_timeout + calls.read_timeout
    writing = 3 * (table.connect_timeout + table.read_timeout) + 3  # the waits in between
    assert one_call + writing <= handler.NEEDED_S
    assert handler.NEEDED_S + sum(handler.PAUSES_S[:3]) <= 60


def test_in_lambda_the_clients_are_there_before_the_first_event() -> None:
    script = "from backend_lambda import handler as h; print(h._table.cache_info().currsize)"
    there = {
        "AWS_LAMBDA_FUNCTION_NAME": "f",
        "AWS_DEFAULT_REGION": REGION,
        "TABLE": "t",
    }
    assert run_python("-c", script, env=os.environ | there, code=0).stdout.strip() == "1"
