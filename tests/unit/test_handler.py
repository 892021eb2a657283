"""The Lambda function where AWS answers in ways that real parts cannot be brought to."""

from __future__ import annotations

import json
import time
from collections.abc import Mapping
from typing import Any

import pytest
from botocore.exceptions import ClientError, EndpointConnectionError

from backend_lambda import handler
from tests.rig.aws.lambda_run import Run


def refusal(code: str, status: int = 400) -> ClientError:
    error: Any = {
        "Error": {"Code": code, "Message": f"{code} happened"},
        "ResponseMetadata": {"HTTPStatusCode": status},
    }
    return ClientError(error, "DetectLabels")


class FakeTable:
    """A table in memory, with the two conditions that the handler puts."""

    def __init__(self) -> None:
        self.items: dict[str, dict[str, Any]] = {}

    def get_item(self, Key: Mapping[str, str], **_: object) -> dict[str, Any]:  # noqa: N803
        item = self.items.get(Key["ImageName"])
        shown = ("Sequencer", "ETag")  # its ProjectionExpression
        return {"Item": {n: item[n] for n in shown if n in item}} if item is not None else {}

    def put_item(
        self,
        Item: dict[str, Any],  # noqa: N803
        ExpressionAttributeValues: Mapping[str, str],  # noqa: N803
        **_: object,
    ) -> None:
        stored = self.items.get(Item["ImageName"], {}).get("Sequencer")
        if isinstance(stored, str) and not stored < ExpressionAttributeValues[":this"]:
            raise refusal("ConditionalCheckFailedException")
        self.items[Item["ImageName"]] = Item

    def update_item(
        self,
        Key: Mapping[str, str],  # noqa: N803
        ExpressionAttributeValues: Mapping[str, int],  # noqa: N803
        **_: object,
    ) -> None:
        item = self.items.setdefault(Key["ImageName"], {"Analyses": 0})
        if item["Analyses"] > ExpressionAttributeValues.get(":room", item["Analyses"]):
            raise refusal("ConditionalCheckFailedException")
        item["Analyses"] += ExpressionAttributeValues[":more"]

    @property
    def images(self) -> set[str]:
        return {name for name in self.items if not name.endswith("/")}

    @property
    def spent(self) -> int:
        """What the months' counters say together."""
        return sum(item.get("Analyses", 0) for item in self.items.values())


class FakeRekognition:
    """Answers each key with the next of its script; one cat when there is none."""

    def __init__(self) -> None:
        self.script: dict[str, list[Any]] = {}
        self.calls: list[str] = []
        self.version = {"LabelModelVersion": "3.0"}

    def detect_labels(self, Image: Any, **_: object) -> dict[str, Any]:  # noqa: N803
        key = Image["S3Object"]["Name"]
        self.calls.append(key)
        answer = self.script[key].pop(0) if self.script.get(key) else None
        if callable(answer):
            answer()
        elif isinstance(answer, Exception):
            raise answer
        cat = {"Name": "Cat", "Confidence": 98.7, "Parents": [{"Name": "Animal"}]}
        return {"Labels": [cat], **self.version}


@pytest.fixture
def table(monkeypatch: pytest.MonkeyPatch) -> FakeTable:
    fake = FakeTable()
    monkeypatch.setattr(handler, "_table", lambda: fake)
    return fake


@pytest.fixture
def rekognition(monkeypatch: pytest.MonkeyPatch) -> FakeRekognition:
    fake = FakeRekognition()
    monkeypatch.setattr(handler, "_rekognition", lambda: fake)
    return fake


@pytest.fixture
def waits(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The seconds that the handler would have slept."""
    slept: list[float] = []
    monkeypatch.setattr(time, "sleep", slept.append)
    return slept


def event(*names: str, sequencer: str = "0A") -> dict[str, Any]:
    return {
        "Records": [
            {
                "s3": {
                    "bucket": {"name": "b"},
                    "object": {"key": f"images/{n}", "eTag": "e", "sequencer": sequencer},
                }
            }
            for n in names
        ]
    }


@pytest.mark.parametrize(
    "error",
    [
        refusal("ThrottlingException"),
        refusal("ProvisionedThroughputExceededException"),
        refusal("InternalServerError", 500),
        refusal("SomethingNew", 503),
        EndpointConnectionError(endpoint_url="https://rekognition"),
    ],
    ids=["throttled", "quota", "server error", "unknown server error", "no connection"],
)
def test_what_may_pass_is_tried_again_with_growing_waits(
    table: FakeTable, rekognition: FakeRekognition, waits: list[float], error: Exception
) -> None:
    rekognition.script["images/a"] = [error, error, error]
    handler.handle(event("a"), Run())
    assert table.items["a"]["Status"] == "done"
    for wait, most in zip(waits, handler.PAUSES_S, strict=False):
        assert most / 2 <= wait <= most
    assert len(waits) == 3


def test_what_does_not_pass_is_raised_after_the_siblings_were_labelled(
    table: FakeTable, rekognition: FakeRekognition, waits: list[float]
) -> None:
    rekognition.script["images/a"] = [refusal("ThrottlingException")] * 9
    with pytest.raises(handler.TryAgain, match="1 of 2"):
        handler.handle(event("a", "b"), Run(60, waits))
    assert table.images == {"b"}
    assert 0 < sum(waits) <= 60 - handler.NEEDED_S

    rekognition.script.clear()
    handler.handle(event("a", "b"), Run())  # Lambda delivers the event again
    assert table.images == {"a", "b"}
    assert rekognition.calls.count("images/b") == 1


def test_a_missing_permission_is_tried_once_more_as_it_may_be_new(
    table: FakeTable, rekognition: FakeRekognition, waits: list[float]
) -> None:
    denied = refusal("AccessDeniedException")
    rekognition.script["images/new"] = [denied]
    rekognition.script["images/never"] = [denied, denied]
    handler.handle(event("new", "never"), Run())
    assert table.items["new"]["Status"] == "done"
    assert table.items["never"]["ErrorCode"] == "AccessDeniedException"
    assert len(waits) == 2


def test_an_error_nobody_foresaw_fails_the_image_with_its_code(
    table: FakeTable, rekognition: FakeRekognition
) -> None:
    rekognition.script["images/a"] = [refusal("HumanLoopQuotaExceededException")]
    handler.handle(event("a"), Run())
    item = table.items["a"]
    assert item["Status"] == "failed"
    assert item["ErrorMessage"] == "HumanLoopQuotaExceededException happened"


def test_an_error_that_says_nothing_fails_the_image_all_the_same(
    table: FakeTable, rekognition: FakeRekognition
) -> None:
    rekognition.script["images/a"] = [ClientError({"Error": {}}, "DetectLabels")]
    handler.handle(event("a"), Run())
    item = table.items["a"]
    assert (item["Status"], item["ErrorCode"], item["ErrorMessage"]) == ("failed", "Unknown", "")


def test_a_model_that_does_not_say_its_version_has_none(
    table: FakeTable, rekognition: FakeRekognition
) -> None:
    rekognition.version.clear()
    handler.handle(event("a"), Run())
    assert (table.items["a"]["Status"], table.items["a"]["ModelVersion"]) == ("done", "")


def test_the_log_says_how_long_an_image_took(
    table: FakeTable,
    rekognition: FakeRekognition,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(time, "monotonic", iter([100.0, 102.34]).__next__)
    handler.handle(event("a"), Run())
    assert json.loads(capsys.readouterr().out)["seconds"] == 2.3


def test_a_later_upload_that_was_answered_meanwhile_stays(
    table: FakeTable, rekognition: FakeRekognition
) -> None:
    def meanwhile() -> None:
        handler.handle(event("a", sequencer="0B"), Run())

    rekognition.script["images/a"] = [meanwhile]
    handler.handle(event("a", sequencer="0A"), Run())
    assert table.items["a"]["Sequencer"] == "0B"


@pytest.mark.parametrize(
    ("stored", "arriving", "is_news"),
    [
        ("0055AED6DCD90281E5", "0055AED6DCD90281E5", False),
        ("0055AED6DCD90281E5", "0055AED6DCD90281E6", True),
        ("0055AED6DCD90281E5", "0055AED6DCD90281E4", False),
        ("0A", "0A00", False),
        ("0A", "0A01", True),
        ("0A01", "0A", False),
        ("0A01", "0B", True),
    ],
)
def test_sequencers_are_ordered_as_s3_orders_them(
    table: FakeTable, rekognition: FakeRekognition, stored: str, arriving: str, is_news: bool
) -> None:
    handler.handle(event("a", sequencer=stored), Run())
    handler.handle(event("a", sequencer=arriving), Run())
    assert len(rekognition.calls) == 1 + is_news
    assert table.items["a"]["Sequencer"] == (arriving if is_news else stored)


@pytest.mark.parametrize(
    ("kind", "content", "is_news"),
    [
        ("ObjectCreated:Copy", "e", False),
        ("ObjectCreated:Copy", "other", True),
        ("ObjectCreated:Put", "e", True),
    ],
)
def test_a_copy_in_place_of_what_is_answered_by_then_is_not_paid_again(
    table: FakeTable, rekognition: FakeRekognition, kind: str, content: str, is_news: bool
) -> None:
    fired = event("a", sequencer="0B")
    fired["Records"][0]["eventName"] = kind
    fired["Records"][0]["s3"]["object"]["eTag"] = content
    handler.handle(event("a", sequencer="0A"), Run())  # the first event, late
    handler.handle(fired, Run())
    assert len(rekognition.calls) == 1 + is_news
    assert table.items["a"]["Sequencer"] == ("0B" if is_news else "0A")
