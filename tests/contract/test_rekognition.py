"""The stand-in for Rekognition against AWS's own description of the service, which botocore has."""

from __future__ import annotations

import io
import json
import urllib.request
from typing import Any

import boto3
import pytest
from botocore.exceptions import ClientError
from botocore.loaders import Loader
from botocore.model import ServiceModel, Shape
from PIL import Image

from tests.rig.aws.controls import Emulator, Rekognition
from tests.rig.aws.fixtures import Stack

pytestmark = pytest.mark.aws

MODEL = ServiceModel(Loader().load_service_model("rekognition", "service-2"))
LINES = ("EXIT", "Rue de Rivoli")
FLAGS = [
    ("Violence", "", 91.0),
    ("Weapons", "Violence", 88.5),
    ("Weapon Violence", "Weapons", 60.0),
]
OPERATIONS = ("DetectLabels", "DetectText", "DetectModerationLabels")


def put(emulator: Emulator, stack: Stack, key: str, edge_px: int = 120) -> dict[str, Any]:
    """A picture where nothing asks about it by itself; how Rekognition is told of it."""
    data = io.BytesIO()
    Image.new("RGB", (edge_px, edge_px), "grey").save(data, "JPEG")
    emulator.client("s3").put_object(Bucket=stack.bucket, Key=key, Body=data.getvalue())
    return {"Image": {"S3Object": {"Bucket": stack.bucket, "Name": key}}}


def ask(rekognition: Rekognition, operation: str, request: dict[str, Any]) -> dict[str, Any]:
    headers = {"X-Amz-Target": f"RekognitionService.{operation}"}
    asked = urllib.request.Request(rekognition.url, json.dumps(request).encode(), headers)
    with urllib.request.urlopen(asked, timeout=60) as answer:
        found: dict[str, Any] = json.load(answer)
        return found


def client(rekognition: Rekognition) -> Any:
    return boto3.client(
        "rekognition",
        endpoint_url=rekognition.url,
        region_name="eu-central-1",
        aws_access_key_id="test",
        aws_secret_access_key="test",
    )


def misfits(value: Any, shape: Any, path: str = "") -> list[str]:
    """What an answer holds that the service's description does not know, or knows otherwise."""
    if value is None:
        return []
    if shape.type_name == "structure":
        unknown = [f"{path}.{name}" for name in value.keys() - shape.members.keys()]
        known = value.keys() & shape.members.keys()
        return unknown + [
            each for n in known for each in misfits(value[n], shape.members[n], f"{path}.{n}")
        ]
    if shape.type_name == "list":
        return [each for one in value for each in misfits(one, shape.member, f"{path}[]")]
    return [] if _fits(value, shape) else [f"{path}: {value!r}"]


def _fits(value: Any, shape: Shape) -> bool:
    kinds = {"string": str, "integer": int, "float": int | float}
    if not isinstance(value, kinds[shape.type_name]):
        return False
    if isinstance(value, str):
        return value in (getattr(shape, "enum", ()) or (value,))
    least, most = (shape.metadata.get(end, value) for end in ("min", "max"))
    return bool(least <= value <= most)


@pytest.mark.parametrize("operation", OPERATIONS)
def test_answers_have_the_services_shapes(
    emulator: Emulator, stack: Stack, rekognition: Rekognition, operation: str
) -> None:
    rekognition.hold("sign", *LINES, flags=FLAGS)
    answer = ask(rekognition, operation, put(emulator, stack, f"elsewhere/{operation}-sign"))
    shape = MODEL.operation_model(operation).output_shape
    assert misfits(answer, shape) == []
    assert rekognition.counts()["billed"] == {operation: 1}


def test_text_comes_as_lines_and_their_words(
    emulator: Emulator, stack: Stack, rekognition: Rekognition
) -> None:
    rekognition.hold("sign", *LINES)
    request = put(emulator, stack, "elsewhere/a-sign")
    found = client(rekognition).detect_text(**request)["TextDetections"]
    lines = [each for each in found if each["Type"] == "LINE"]
    assert [each["DetectedText"] for each in lines] == list(LINES)
    assert not any("ParentId" in each for each in lines)
    words = [each for each in found if each["Type"] == "WORD"]
    assert [(w["ParentId"], w["DetectedText"]) for w in words] == [
        *((0, word) for word in LINES[0].split()),
        *((1, word) for word in LINES[1].split()),
    ]
    assert [each["Id"] for each in found] == [*range(len(found))]
    other = put(emulator, stack, "elsewhere/another")
    assert client(rekognition).detect_text(**other)["TextDetections"] == []


def test_flags_come_from_the_asked_confidence_on_and_name_their_parents(
    emulator: Emulator, stack: Stack, rekognition: Rekognition
) -> None:
    rekognition.hold("sign", flags=[*FLAGS, ("Alcohol", "", 45.0)])
    request = put(emulator, stack, "elsewhere/a-sign")
    asked = client(rekognition)
    found = asked.detect_moderation_labels(**request)["ModerationLabels"]  # from 50 % on
    assert [(e["Name"], e["ParentName"], e["TaxonomyLevel"]) for e in found] == [
        ("Violence", "", 1),
        ("Weapons", "Violence", 2),
        ("Weapon Violence", "Weapons", 3),
    ]
    found = asked.detect_moderation_labels(**request, MinConfidence=90)["ModerationLabels"]
    assert [each["Name"] for each in found] == ["Violence"]


@pytest.mark.parametrize("operation", OPERATIONS)
def test_each_operation_has_the_services_errors_and_a_quota_of_its_own(
    emulator: Emulator, stack: Stack, rekognition: Rekognition, operation: str
) -> None:
    request = put(emulator, stack, f"elsewhere/{operation}")
    small = put(emulator, stack, f"elsewhere/{operation}-small", edge_px=60)
    gone = {"Image": {"S3Object": {"Bucket": stack.bucket, "Name": "elsewhere/gone"}}}
    asked = client(rekognition)
    call = getattr(
        asked,
        {"DetectLabels": "detect_labels", "DetectText": "detect_text"}.get(
            operation, "detect_moderation_labels"
        ),
    )
    known = {error.name for error in MODEL.operation_model(operation).error_shapes}

    def refusal(wanted: dict[str, Any]) -> str:
        with pytest.raises(ClientError) as raised:
            call(**wanted)
        return str(raised.value.response["Error"]["Code"])

    assert refusal(small) == "InvalidParameterException"
    assert refusal(gone) == "InvalidS3ObjectException"
    rekognition.fail_at(operation, "AccessDeniedException")
    assert refusal(request) == "AccessDeniedException"
    rekognition.reset()
    rekognition.limit(1)
    for other in OPERATIONS:
        ask(rekognition, other, request)
    assert {refusal(small), refusal(gone)} <= known
    assert rekognition.counts()["billed"] == dict.fromkeys(OPERATIONS, 1)
