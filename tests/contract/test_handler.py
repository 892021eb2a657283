"""The data contract: what the real function, run by the emulator, writes for real uploads."""

from __future__ import annotations

import io
import json
import uuid
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from PIL import Image

from desktop.backends.answers import to_answer
from tests.rig import ROOT
from tests.rig.aws.controls import Emulator, Rekognition
from tests.rig.aws.fixtures import Stack
from tests.rig.aws.rekognition_standin import MODEL_VERSION
from tests.rig.processes import until

SAMPLES = ROOT / "samples"
DOGS = SAMPLES / "friends_by_Aitzol_Berasategi.jpg"

pytestmark = pytest.mark.aws

DONE = {"ImageName", "Labels", "Status", "ETag", "Sequencer", "ModelVersion", "LabelledAt"}
FAILED = DONE - {"Labels", "ModelVersion"} | {"ErrorCode", "ErrorMessage"}


class Ends:
    """Both ends of the function: the bucket it reads and the table it writes."""

    def __init__(self, emulator: Emulator, stack: Stack) -> None:
        self._stack = stack
        self._clients = {name: emulator.client(name) for name in ("s3", "dynamodb", "lambda")}

    def put(self, key: str, data: bytes) -> str:
        """Upload, and return the ETag."""
        answer = self._clients["s3"].put_object(Bucket=self._stack.bucket, Key=key, Body=data)
        return str(answer["ETag"]).strip('"')

    def raw_item(self, image_name: str) -> dict[str, Any] | None:
        """What the table holds, in DynamoDB's typed form."""
        found = self._clients["dynamodb"].get_item(
            TableName=self._stack.table, Key={"ImageName": {"S": image_name}}, ConsistentRead=True
        )
        item: dict[str, Any] | None = found.get("Item")
        return item

    def write(self, item: Mapping[str, Any]) -> None:
        """Write into the table by hand."""
        self._clients["dynamodb"].put_item(TableName=self._stack.table, Item=item)

    def wait_for(
        self, image_name: str, like: Callable[[Mapping[str, Any]], bool] = lambda _: True
    ) -> dict[str, Any]:
        """The item once it is there, and once it is `like` that."""

        def look() -> dict[str, Any] | None:
            item = self.raw_item(image_name)
            return item if item is not None and like(item) else None

        found = until(look, f"the answer for {image_name}", pause_s=0.1)
        assert found is not None
        return found

    def invoke(self, *records: tuple[str, str]) -> str:
        """Give the function an event of (key as S3 encodes it, sequencer); its error, or ""."""
        event = {
            "Records": [
                {
                    "s3": {
                        "bucket": {"name": self._stack.bucket},
                        "object": {"key": key, "eTag": "by-hand", "sequencer": sequencer},
                    }
                }
                for key, sequencer in records
            ]
        }
        return self.invoke_with(event)

    def invoke_with(self, event: object) -> str:
        answer = self._clients["lambda"].invoke(
            FunctionName=self._stack.function, Payload=json.dumps(event).encode()
        )
        payload = json.load(answer["Payload"])
        return str(payload["errorMessage"]) if answer.get("FunctionError") else ""


@pytest.fixture
def ends(emulator: Emulator, stack: Stack, rekognition: Rekognition) -> Ends:
    return Ends(emulator, stack)


@pytest.fixture
def name() -> str:
    """An ImageName no other test has used."""
    return f"{uuid.uuid4().hex[:16]}-photo.jpg"


def jpeg(size: tuple[int, int] = (120, 90)) -> bytes:
    data = io.BytesIO()
    Image.new("RGB", size, "grey").save(data, "JPEG")
    return data.getvalue()


def test_an_upload_becomes_one_item_of_the_contract(ends: Ends, name: str) -> None:
    etag = ends.put(f"images/{name}", DOGS.read_bytes())
    item = ends.wait_for(name)

    assert set(item) == DONE | {"Label", "Confidence"}
    assert item["Status"] == {"S": "done"}
    assert item["ETag"] == {"S": etag}
    assert int(item["Sequencer"]["S"], 16) > 0
    assert item["ModelVersion"] == {"S": MODEL_VERSION}
    age = datetime.now(UTC) - datetime.fromisoformat(item["LabelledAt"]["S"])
    assert timedelta(0) <= age < timedelta(minutes=2)

    labels = [entry["M"] for entry in item["Labels"]["L"]]
    confidences = [Decimal(label["Confidence"]["N"]) for label in labels]
    assert confidences == sorted(confidences, reverse=True)
    assert all(40 <= c <= 100 for c in confidences)
    assert item["Label"] == labels[0]["Name"]
    assert item["Confidence"] == labels[0]["Confidence"]
    dog = next(label for label in labels if label["Name"] == {"S": "Dog"})
    assert set(dog) == {"Name", "Confidence", "Parents", "Categories", "Instances"}
    assert {"S": "Animal"} in dog["Parents"]["L"]
    assert dog["Categories"] == {"L": [{"S": "Animals and Pets"}]}
    boxes = [entry["M"] for entry in dog["Instances"]["L"]]
    assert boxes
    for box in boxes:
        assert set(box) == {"Left", "Top", "Width", "Height", "Confidence"}
        assert all(0 <= Decimal(box[side]["N"]) <= 1 for side in box if side != "Confidence")


def test_the_app_reads_what_the_function_wrote(ends: Ends, name: str) -> None:
    ends.put(f"images/{name}", DOGS.read_bytes())
    item = ends.wait_for(name)

    answer = to_answer(item)

    assert answer.error is None
    assert answer.version == item["Sequencer"]["S"]
    assert answer.model_version == MODEL_VERSION
    dog = next(r for r in answer.records if r.label == "Dog")
    assert dog.image_name == name
    assert dog.confidence >= 55
    assert "Animal" in dog.parents
    assert dog.instances


def test_an_image_without_labels_is_done_with_none(
    ends: Ends, name: str, rekognition: Rekognition
) -> None:
    rekognition.find_nothing()
    ends.put(f"images/{name}", jpeg())
    item = ends.wait_for(name)

    assert set(item) == DONE
    assert item["Labels"] == {"L": []}
    assert to_answer(item).records == ()
    assert to_answer(item).error is None


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"this is no picture", "InvalidImageFormatException"),
        (jpeg((60, 60)), "InvalidParameterException"),
    ],
    ids=["no picture", "too small"],
)
def test_what_rekognition_refuses_for_good_is_failed_at_once(
    ends: Ends, name: str, rekognition: Rekognition, data: bytes, code: str
) -> None:
    ends.put(f"images/{name}", data)
    item = ends.wait_for(name)

    assert set(item) == FAILED
    assert item["Status"] == {"S": "failed"}
    assert item["ErrorCode"] == {"S": code}
    assert item["ErrorMessage"]["S"]
    assert rekognition.counts()["keys"] == {f"images/{name}": 1}
    assert to_answer(item).error is not None


def test_a_copy_that_is_gone_is_tried_once_more_and_then_failed(
    ends: Ends, name: str, rekognition: Rekognition
) -> None:
    assert ends.invoke((f"images/{name}", "01")) == ""

    item = ends.wait_for(name)
    assert item["ErrorCode"] == {"S": "InvalidS3ObjectException"}
    assert rekognition.counts()["keys"] == {f"images/{name}": 2}


def test_a_key_with_any_characters_is_found(ends: Ends) -> None:
    odd = f"Grüße + 100% & {uuid.uuid4().hex}/ünï cödé.jpg"
    ends.put(f"images/{odd}", jpeg())
    assert ends.wait_for(odd)["Status"] == {"S": "done"}


def test_a_duplicate_and_a_late_event_cost_nothing_and_change_nothing(
    ends: Ends, name: str, rekognition: Rekognition
) -> None:
    ends.put(f"images/{name}", jpeg())
    item = ends.wait_for(name)
    sequencer = item["Sequencer"]["S"]

    late = f"{int(sequencer, 16) - 1:0{len(sequencer)}X}"
    for other in (sequencer, sequencer + "00", late, sequencer[:-1]):
        assert ends.invoke((f"images/{name}", other)) == ""

    assert ends.raw_item(name) == item
    assert rekognition.counts()["keys"] == {f"images/{name}": 1}


def test_a_later_upload_is_labelled_anew(ends: Ends, name: str, rekognition: Rekognition) -> None:
    ends.put(f"images/{name}", b"this is no picture")
    failed = ends.wait_for(name)
    assert failed["Status"] == {"S": "failed"}

    etag = ends.put(f"images/{name}", jpeg())
    item = ends.wait_for(name, lambda now: now["Sequencer"] != failed["Sequencer"])

    assert item["ETag"] == {"S": etag}
    assert item["Sequencer"]["S"] > failed["Sequencer"]["S"]
    assert item["Status"] == {"S": "done"}
    assert "ErrorCode" not in item


@pytest.mark.parametrize(
    "sequencer", [{}, {"Sequencer": {"N": "9"}}, {"Sequencer": {"NULL": True}}]
)
def test_an_item_of_somebody_elses_without_its_place_in_order_is_healed_by_an_upload(
    ends: Ends, name: str, rekognition: Rekognition, sequencer: dict[str, Any]
) -> None:
    ends.write({"ImageName": {"S": name}, "Status": {"S": "done"}, **sequencer})
    etag = ends.put(f"images/{name}", jpeg())
    assert ends.wait_for(name, lambda now: "ETag" in now)["ETag"] == {"S": etag}
    assert rekognition.counts()["keys"] == {f"images/{name}": 1}


def test_a_bad_record_does_not_block_its_siblings(
    ends: Ends, name: str, rekognition: Rekognition
) -> None:
    good, bad = f"good-{name}", f"bad-{name}"
    ends.put(f"elsewhere/{name}", jpeg())  # makes no event
    rekognition.fail(bad, "InvalidImageFormatException")
    event_names = [f"elsewhere/{name}", f"images/{bad}", f"images/{good}"]

    ends.put(f"images/{good}", jpeg())
    ends.wait_for(good)
    error = ends.invoke(*((key, "F" * 20) for key in event_names))

    assert error == ""
    assert ends.wait_for(good)["Sequencer"] == {"S": "F" * 20}
    assert ends.wait_for(bad)["Status"] == {"S": "failed"}
    assert ends.raw_item(name) is None
    assert f"elsewhere/{name}" not in rekognition.counts()["keys"]


@pytest.mark.parametrize(
    "event",
    [
        {"Service": "Amazon S3", "Event": "s3:TestEvent", "Bucket": "b"},
        {"Records": []},
        {"Records": [{"s3": {"bucket": {"name": "b"}, "object": {"key": "images/"}}}]},
        {"Records": [{"s3": {"bucket": {"name": "b"}, "object": {"key": "images/folder/"}}}]},
    ],
    ids=["test event", "no records", "the folder itself", "a folder in it"],
)
def test_an_event_without_an_image_is_ignored(
    ends: Ends, rekognition: Rekognition, event: object
) -> None:
    assert ends.invoke_with(event) == ""
    assert rekognition.counts()["calls"] == 0


def test_a_throttled_image_is_labelled_in_the_end(
    ends: Ends, name: str, rekognition: Rekognition
) -> None:
    rekognition.limit(1)
    names = [f"{i}-{name}" for i in range(4)]
    for each in names:
        ends.put(f"images/{each}", jpeg())

    assert {ends.wait_for(each)["Status"]["S"] for each in names} == {"done"}
    counts = rekognition.counts()
    assert counts["answered"] == 4
    assert counts["throttled"] > 0
