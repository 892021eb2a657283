"""What the Lambda function asks of AWS, through boto3 and a table in memory, and what it writes."""

from __future__ import annotations

import json
import logging
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


class Aws:
    """AWS as the function meets it. `refusals` are codes and statuses that come before answers."""

    def __init__(self, tables: Any) -> None:
        self.labels: list[dict[str, Any]] = [CAT]
        self.sent: list[tuple[str, dict[str, Any]]] = []
        self.refusals: dict[str, list[tuple[str, int] | Exception]] = {}
        self.table = tables.create_table(
            TableName="answers",
            KeySchema=[{"AttributeName": "ImageName", "KeyType": "HASH"}],
            AttributeDefinitions=[{"AttributeName": "ImageName", "AttributeType": "S"}],
            BillingMode="PAY_PER_REQUEST",
        )

    def send(self, request: Any, event_name: str) -> AWSResponse | None:
        call = event_name.rpartition(".")[2]
        self.sent.append((call, json.loads(request.body)))
        if self.refusals.get(call):
            refusal = self.refusals[call].pop(0)
            if isinstance(refusal, Exception):
                raise refusal
            code, status = refusal
            said = {"__type": code, "message": f"{code} happened" * 100} if code else {}
            return answered(request, json.dumps(said).encode(), status)
        if call == "DetectLabels":
            found = {"Labels": self.labels, "LabelModelVersion": "3.0"}
            return answered(request, json.dumps(found).encode())
        return None  # the table in memory answers

    def calls(self, wanted: str) -> list[dict[str, Any]]:
        return [body for call, body in self.sent if call == wanted]

    def item(self, name: str = "a.jpg") -> dict[str, Any]:
        found: dict[str, Any] = self.table.get_item(Key={"ImageName": name}).get("Item", {})
        return found


@pytest.fixture(scope="module")
def meet() -> Iterator[Callable[[], Aws]]:
    """The function's own clients, made once as Lambda does; they ask whom they met last."""
    met: list[Aws] = []

    def meet_another() -> Aws:
        met.append(Aws(tables))
        return met[-1]

    with pytest.MonkeyPatch.context() as patch, mock_aws():
        patch.setenv("AWS_DEFAULT_REGION", REGION)
        patch.setenv("TABLE", "answers")
        tables = boto3.resource("dynamodb")
        clients = (handler._rekognition(), handler._table().meta.client)
    for client in clients:
        client.meta.events.register_first(
            "before-send.*.*", lambda request, event_name, **_: met[-1].send(request, event_name)
        )
    yield meet_another
    handler._rekognition.cache_clear()
    handler._table.cache_clear()


@pytest.fixture
def aws(meet: Callable[[], Aws]) -> Iterator[Aws]:
    with mock_aws():
        yield meet()


@pytest.fixture
def waits(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The seconds that the handler would have slept."""
    slept: list[float] = []
    monkeypatch.setattr(time, "sleep", slept.append)
    return slept


def put(*keys: str, sequencer: str | None = "0A") -> None:
    """S3 tells of these objects."""
    objects: list[dict[str, str]] = [{"key": key} for key in keys]
    if sequencer is not None:
        for each in objects:
            each |= {"sequencer": sequencer, "eTag": "e1"}
    records = [{"s3": {"bucket": {"name": "photos"}, "object": each}} for each in objects]
    handler.handle({"Records": records}, None)


def test_one_question_to_each_and_one_item(aws: Aws) -> None:
    began = datetime.now(UTC)
    put("images/Gr%C3%BC%C3%9Fe+%2B.jpg")
    assert aws.sent[:2] == [
        (
            "GetItem",
            {
                "TableName": "answers",
                "Key": {"ImageName": {"S": "Grüße +.jpg"}},
                "ProjectionExpression": "Sequencer",
                "ConsistentRead": True,
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
    assert [call for call, _ in aws.sent[2:]] == ["PutItem"]
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


@pytest.mark.expects_log("failed: InvalidImageFormatException")
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
def test_what_is_no_image_is_left_alone(aws: Aws, key: str) -> None:
    put(key)
    assert aws.sent == []


def test_events_of_another_kind_are_left_alone(aws: Aws) -> None:
    handler.handle({"Event": "s3:TestEvent"}, None)
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


def test_an_answer_to_a_later_upload_stays(aws: Aws, caplog: pytest.LogCaptureFixture) -> None:
    def answered_meanwhile(**_: object) -> None:
        aws.table.put_item(Item={"ImageName": "a.jpg", "Sequencer": "0B"})

    events = handler._rekognition().meta.events
    events.register("after-call.rekognition.DetectLabels", answered_meanwhile)
    put("images/a.jpg")
    events.unregister("after-call.rekognition.DetectLabels", answered_meanwhile)
    assert aws.item() == {"ImageName": "a.jpg", "Sequencer": "0B"}
    assert "'a.jpg' was answered in the meantime" in caplog.text
    assert "'images/a.jpg' has 1 labels" in caplog.text  # Lambda's log tells of each image
    assert handler.log.name == "tagdrop"
    assert handler.log.getEffectiveLevel() == logging.INFO


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
    ReadTimeoutError(endpoint_url="https://rekognition"),
]


@pytest.mark.parametrize("refusal", PASSING, ids=str)
def test_what_may_pass_is_tried_five_times_and_then_raised(
    aws: Aws, waits: list[float], refusal: Any
) -> None:
    """Each try is one call: what waits between them is ours, not botocore's."""
    aws.refusals["DetectLabels"] = [refusal] * 4
    put("images/a.jpg")
    assert aws.item()["Status"] == "done"
    assert len(aws.calls("DetectLabels")) == 5
    assert len(waits) == 4
    for wait, most in zip(waits, handler.PAUSES_S, strict=True):
        assert most / 2 <= wait <= most


@pytest.mark.expects_log("this image has no answer yet")
@pytest.mark.parametrize("refusal", [PASSING[0], PASSING[-1]], ids=str)
def test_what_does_not_pass_is_for_lambda_to_deliver_again(
    aws: Aws, waits: list[float], refusal: Any
) -> None:
    aws.refusals["DetectLabels"] = [refusal] * 10
    with pytest.raises(handler.TryAgain, match=r"^2 of 3 images have no answer yet"):
        put("images/a.jpg", "images/b.jpg", "images/c.jpg")
    assert (aws.item("a.jpg"), aws.item("b.jpg"), aws.item("c.jpg")["Status"]) == ({}, {}, "done")


@pytest.mark.expects_log("failed: (InvalidS3Object|AccessDenied)Exception")
@pytest.mark.parametrize("code", ["InvalidS3ObjectException", "AccessDeniedException"])
def test_what_may_be_as_the_set_up_is_new_is_tried_once_more(
    aws: Aws, waits: list[float], code: str
) -> None:
    aws.refusals["DetectLabels"] = [(code, 400)] * 3
    put("images/a.jpg", "images/b.jpg")
    assert aws.item("a.jpg")["ErrorCode"] == code
    assert aws.item("b.jpg")["Status"] == "done"
    assert len(waits) == 2


@pytest.mark.expects_log("failed: AccessDeniedException")
def test_it_is_not_tried_once_more_after_other_trouble(aws: Aws, waits: list[float]) -> None:
    aws.refusals["DetectLabels"] = [PASSING[0], ("AccessDeniedException", 400)]
    put("images/a.jpg")
    assert aws.item()["ErrorCode"] == "AccessDeniedException"


@pytest.mark.parametrize("call", ["GetItem", "PutItem"])
def test_the_table_is_asked_four_times(aws: Aws, waits: list[float], call: str) -> None:
    aws.refusals[call] = [("InternalServerError", 500)] * 3
    put("images/a.jpg")
    assert aws.item()["Status"] == "done"
    assert len(aws.calls(call)) == 4
    assert sum(waits) < 10


@pytest.mark.expects_log("this image has no answer yet")
@pytest.mark.parametrize("call", ["GetItem", "PutItem"])
def test_without_the_table_lambda_is_to_deliver_it_again(
    aws: Aws, waits: list[float], call: str
) -> None:
    aws.refusals[call] = [("InternalServerError", 500)] * 9
    with pytest.raises(handler.TryAgain, match="1 of 1"):
        put("images/a.jpg")
    assert len(aws.calls(call)) == 4


def test_what_hangs_leaves_time_for_the_others(aws: Aws) -> None:
    """The function's time is 60 s; botocore would wait as long for one connection or answer."""
    calls = handler._rekognition().meta.config
    assert calls.connect_timeout + calls.read_timeout <= 20
    assert handler._table().meta.client.meta.config.connect_timeout <= 5
