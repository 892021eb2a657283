"""A stand-in for Amazon Rekognition: DetectLabels over HTTP, answered by the on-device model.

It speaks the JSON 1.1 protocol, fetches the object from the emulator's S3 (AWS_ENDPOINT_URL),
enforces the limits with the service's own error types, and can be told at run time to throttle,
to find nothing, or to fail for some keys. DetectText and DetectModerationLabels find what it was
told that a picture holds, in the shapes of botocore's service model. Each operation has a quota
of its own. Start it by hand with

    AWS_ENDPOINT_URL=http://127.0.0.1:4566 python -m tests.rig.aws.rekognition_standin --port 9000

Control: `PUT /_control` with a JSON object of any of Settings' fields, `GET /_control` for the
counts, `DELETE /_control` to start anew with default settings and counts of nought.
"""

from __future__ import annotations

import dataclasses
import hashlib
import io
import json
import threading
import time
import uuid
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import boto3
from botocore.exceptions import ClientError
from PIL import Image, UnidentifiedImageError

from desktop.backends.local import MODELS
from desktop.backends.recognition import Recogniser
from desktop.core.records import LabelRecord

from .lifeline import serve

MODEL_VERSION = "3.0"
MAX_OBJECT_BYTES = 15 * 1024 * 1024
MIN_EDGE_PX, MAX_EDGE_PX = 80, 10_000
TEXT_CONFIDENCE = 98.5
MOST_WORDS = 100
"""DetectText reads no more of an image (its reference in the API)."""

CATEGORIES = {
    "Animal": "Animals and Pets",
    "Food": "Food and Beverage",
    "Drink": "Food and Beverage",
    "Vehicle": "Vehicles and Automotive",
    "Furniture": "Furniture and Furnishings",
    "Building": "Buildings and Architecture",
    "Person": "Person Description",
    "Mountain": "Nature and Outdoors",
}


class ServiceError(Exception):
    """An error as the service would answer it."""

    def __init__(self, code: str, message: str, status: int = 400) -> None:
        super().__init__(code, message)
        self.code, self.message, self.status = code, message, status


@dataclasses.dataclass
class Settings:
    """What `PUT /_control` may change."""

    per_second: float | None = None  # answers a second; None: as many as asked for
    throttle_code: str = "ProvisionedThroughputExceededException"
    find_nothing: bool = False
    fail: dict[str, str] = dataclasses.field(default_factory=dict)  # part of a key -> error code
    fail_at: dict[str, str] = dataclasses.field(default_factory=dict)  # operation -> error code
    texts: dict[str, list[str]] = dataclasses.field(default_factory=dict)  # part of a key -> lines
    # part of a key -> name, its parent's (or "") and confidence of each flag
    flags: dict[str, list[tuple[str, str, float]]] = dataclasses.field(default_factory=dict)


@dataclasses.dataclass
class Counts:
    """What `GET /_control` answers: calls = answered + throttled + failed."""

    calls: int = 0
    answered: int = 0
    throttled: int = 0
    failed: int = 0
    keys: dict[str, int] = dataclasses.field(default_factory=dict)  # key -> calls
    billed: dict[str, int] = dataclasses.field(default_factory=dict)  # operation -> answered


class Rekognition:
    """The operations, their quotas and their counts. Thread-safe."""

    def __init__(self) -> None:
        self.settings = Settings()
        self.counts = Counts()
        self._lock = threading.Lock()
        self._inference = threading.Lock()
        self._tokens: dict[str, tuple[float, float]] = {}  # operation -> how many, when
        self._operations: dict[str, Callable[[dict[str, Any], str, bytes], dict[str, Any]]] = {
            "DetectLabels": self._labels,
            "DetectText": self._texts,
            "DetectModerationLabels": self._flags,
        }
        self._recogniser = Recogniser(MODELS, threads=2)
        self._known: dict[str, tuple[LabelRecord, ...]] = {}  # SHA-256 -> labels
        self._s3 = boto3.client("s3", aws_access_key_id="standin", aws_secret_access_key="standin")

    def reset(self) -> None:
        with self._lock:
            self.settings, self.counts = Settings(), Counts()
            self._tokens.clear()

    def change(self, changes: dict[str, Any]) -> None:
        with self._lock:
            self.settings = dataclasses.replace(self.settings, **changes)

    def answer(self, operation: str, request: dict[str, Any]) -> dict[str, Any]:
        if operation not in self._operations:
            raise ServiceError("UnknownOperationException", "")
        where = request.get("Image", {}).get("S3Object", {})
        key = str(where.get("Name", ""))
        with self._lock:
            self.counts.calls += 1
            self.counts.keys[key] = self.counts.keys.get(key, 0) + 1
            settings = self.settings
            throttled = not self._grant(operation, settings.per_second)
            self.counts.throttled += throttled
        if throttled:
            raise ServiceError(settings.throttle_code, "Provisioned rate exceeded")
        try:
            answer = self._answer(operation, request, str(where.get("Bucket", "")), key)
        except Exception:
            with self._lock:
                self.counts.failed += 1
            raise
        with self._lock:
            self.counts.answered += 1
            self.counts.billed[operation] = self.counts.billed.get(operation, 0) + 1
        return answer

    def _grant(self, operation: str, per_second: float | None) -> bool:
        if per_second is None:
            return True
        # As AWS throttles: a bucket that holds a second's worth and is filled at that rate.
        now = time.monotonic()
        tokens, filled_at = self._tokens.get(operation, (per_second, now))
        tokens = min(per_second, tokens + per_second * (now - filled_at))
        if tokens < 1:
            self._tokens[operation] = tokens, now
            return False
        self._tokens[operation] = tokens - 1, now
        return True

    def _answer(
        self, operation: str, request: dict[str, Any], bucket: str, key: str
    ) -> dict[str, Any]:
        told = [code for part, code in self.settings.fail.items() if part in key]
        told += [code for name, code in self.settings.fail_at.items() if name == operation]
        if told:
            raise ServiceError(told[0], f"The stand-in was told to answer {told[0]}")
        if not (bucket and key):
            raise _invalid()
        return self._operations[operation](request, key, self._fetch(bucket, key))

    def _labels(self, request: dict[str, Any], _key: str, data: bytes) -> dict[str, Any]:
        least, most = _percent(request, "MinConfidence", 55), request.get("MaxLabels", 1000)
        if not 1 <= most <= 1000:
            raise _invalid()
        _check_image(data)
        records = () if self.settings.find_nothing else self._recognise(data)
        labels = [_to_label(r) for r in records if r.confidence >= least]
        return {
            "Labels": labels[:most],
            "LabelModelVersion": MODEL_VERSION,
            "OrientationCorrection": None,
        }

    def _texts(self, request: dict[str, Any], key: str, data: bytes) -> dict[str, Any]:
        least = _percent(request.get("Filters", {}).get("WordFilter", {}), "MinConfidence", 80)
        _check_image(data)
        lines = _told(self.settings.texts, key) if least <= TEXT_CONFIDENCE else []
        return {"TextDetections": _to_detections(lines), "TextModelVersion": MODEL_VERSION}

    def _flags(self, request: dict[str, Any], key: str, data: bytes) -> dict[str, Any]:
        least = _percent(request, "MinConfidence", 50)
        _check_image(data)
        flags = [flag for flag in _told(self.settings.flags, key) if flag[2] >= least]
        levels = {name: 1 if not parent else 2 for name, parent, _ in flags}
        return {
            "ModerationLabels": [
                {
                    "Name": name,
                    "ParentName": parent,
                    "Confidence": confidence,
                    "TaxonomyLevel": levels[name] + (levels.get(parent, 0) == 2),
                }
                for name, parent, confidence in flags
            ],
            "ModerationModelVersion": "7.0",
            "ContentTypes": [],
        }

    def _fetch(self, bucket: str, key: str) -> bytes:
        try:
            found = self._s3.get_object(Bucket=bucket, Key=key)
        except ClientError as e:
            raise ServiceError(
                "InvalidS3ObjectException",
                "Unable to get object metadata from S3. Check object key, region and/or access "
                "permissions.",
            ) from e
        if found["ContentLength"] > MAX_OBJECT_BYTES:
            raise ServiceError("ImageTooLargeException", "Image size is too large")
        data: bytes = found["Body"].read()
        return data

    def _recognise(self, data: bytes) -> tuple[LabelRecord, ...]:
        digest = hashlib.sha256(data).hexdigest()
        with self._inference:  # one at a time: the machine has few cores
            if digest not in self._known:
                self._known[digest] = self._recogniser.recognise(_to_pixels(data))
            return self._known[digest]


def _invalid() -> ServiceError:
    return ServiceError("InvalidParameterException", "Request has invalid parameters")


def _percent(request: dict[str, Any], name: str, usual: float) -> float:
    value = float(request.get(name, usual))
    if not 0 <= value <= 100:
        raise _invalid()
    return value


def _told(by_part: dict[str, list[Any]], key: str) -> list[Any]:
    """What the keys hold that have one of these parts."""
    return [each for part, found in by_part.items() if part in key for each in found]


def _to_detections(lines: list[str]) -> list[dict[str, Any]]:
    """All lines, then their words, as many as the service reads; below one another."""
    found: list[dict[str, Any]] = []
    height = 0.8 / max(1, len(lines))

    def add(text: str, kind: str, top: float, left: float, width: float, **parent: int) -> None:
        right, bottom = left + width, top + height
        corners = [(left, top), (right, top), (right, bottom), (left, bottom)]
        found.append(
            {
                "DetectedText": text,
                "Type": kind,
                "Id": len(found),
                **parent,
                "Confidence": TEXT_CONFIDENCE,
                "Geometry": {
                    "BoundingBox": {"Width": width, "Height": height, "Left": left, "Top": top},
                    "Polygon": [{"X": x, "Y": y} for x, y in corners],
                },
            }
        )

    for number, line in enumerate(lines):
        add(line, "LINE", 0.1 + number * height, 0.1, 0.8)
    words = [(number, word) for number, line in enumerate(lines) for word in line.split()]
    for number, word in words[:MOST_WORDS]:
        add(word, "WORD", 0.1 + number * height, 0.1, 0.8, ParentId=number)
    return found


def _check_image(data: bytes) -> None:
    try:
        with Image.open(io.BytesIO(data), formats=["JPEG", "PNG"]) as image:
            width, height = image.size
            image.load()
    except (UnidentifiedImageError, OSError, SyntaxError, Image.DecompressionBombError) as e:
        raise ServiceError("InvalidImageFormatException", "Request has invalid image format") from e
    if min(width, height) < MIN_EDGE_PX:
        raise _invalid()
    if max(width, height) > MAX_EDGE_PX:
        raise ServiceError("ImageTooLargeException", "Image resolution is too large")


def _to_pixels(data: bytes) -> Image.Image:
    with Image.open(io.BytesIO(data)) as image:
        return image.convert("RGB")


def _to_label(record: LabelRecord) -> dict[str, Any]:
    root = record.parents[-1] if record.parents else record.label
    return {
        "Name": record.label,
        "Confidence": record.confidence,
        "Instances": [
            {
                "BoundingBox": {"Width": i.width, "Height": i.height, "Left": i.left, "Top": i.top},
                "Confidence": i.confidence,
            }
            for i in record.instances
        ],
        "Parents": [{"Name": name} for name in record.parents],
        "Aliases": [],
        "Categories": [{"Name": CATEGORIES.get(root, "Everyday Objects")}],
    }


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    rekognition: Rekognition  # set by make_server

    def do_POST(self) -> None:
        request = self._read_json()
        try:
            service, _, operation = self.headers.get("X-Amz-Target", "").partition(".")
            if service != "RekognitionService":
                raise ServiceError("UnknownOperationException", "")
            self._send(200, self.rekognition.answer(operation, request))
        except ServiceError as e:
            body = {
                "__type": e.code,
                "Code": e.code,
                "Logref": str(uuid.uuid4()),
                "Message": e.message,
            }
            self._send(e.status, body)
        except Exception as e:  # the service answers its own bugs like this
            self._send(500, {"__type": "InternalServerError", "Message": repr(e)})
            raise

    def do_GET(self) -> None:
        state = dataclasses.asdict(self.rekognition.counts)
        self._send(200, state | {"settings": dataclasses.asdict(self.rekognition.settings)})

    def do_PUT(self) -> None:
        self.rekognition.change(self._read_json())
        self.do_GET()

    def do_DELETE(self) -> None:
        self.rekognition.reset()
        self.do_GET()

    def log_message(self, *_args: object) -> None:
        """Stay silent: the counts tell what a test needs."""

    def _read_json(self) -> dict[str, Any]:
        body: dict[str, Any] = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        return body

    def _send(self, status: int, body: dict[str, Any]) -> None:
        data = json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/x-amz-json-1.1")
        self.send_header("Content-Length", str(len(data)))
        self.send_header("x-amzn-RequestId", str(uuid.uuid4()))
        self.end_headers()
        self.wfile.write(data)


def make_server(port: int) -> ThreadingHTTPServer:
    """A server on the loopback interface, ready to serve; port 0 takes a free one."""

    class Handler(_Handler):
        rekognition = Rekognition()

    class Server(ThreadingHTTPServer):
        request_queue_size = 128
        daemon_threads = True

    return Server(("127.0.0.1", port), Handler)


if __name__ == "__main__":
    serve("tests.rig.aws.rekognition_standin", make_server)
