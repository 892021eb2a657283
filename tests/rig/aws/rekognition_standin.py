"""A stand-in for Amazon Rekognition: DetectLabels over HTTP, answered by the on-device model.

It speaks the JSON 1.1 protocol, fetches the object from the emulator's S3 (AWS_ENDPOINT_URL),
enforces DetectLabels' limits with the service's own error types, and can be told at run time to
throttle, to find nothing, or to fail for some keys. Start it by hand with

    AWS_ENDPOINT_URL=http://127.0.0.1:4566 python -m tests.rig.aws.rekognition_standin --port 9000

Control: `PUT /_control` with a JSON object of any of Settings' fields, `GET /_control` for the
counts, `DELETE /_control` to start anew with default settings and counts of nought.
"""

from __future__ import annotations

import dataclasses
import hashlib
import io
import json
import math
import threading
import time
import uuid
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


@dataclasses.dataclass
class Counts:
    """What `GET /_control` answers: calls = answered + throttled + failed."""

    calls: int = 0
    answered: int = 0
    throttled: int = 0
    failed: int = 0
    keys: dict[str, int] = dataclasses.field(default_factory=dict)  # key -> calls


class Rekognition:
    """DetectLabels, its quota and its counts. Thread-safe."""

    def __init__(self) -> None:
        self.settings = Settings()
        self.counts = Counts()
        self._lock = threading.Lock()
        self._inference = threading.Lock()
        self._tokens = 0.0
        self._filled_at = -math.inf
        self._recogniser = Recogniser(MODELS, threads=2)
        self._known: dict[str, tuple[LabelRecord, ...]] = {}  # SHA-256 -> labels
        self._s3 = boto3.client("s3", aws_access_key_id="standin", aws_secret_access_key="standin")

    def reset(self) -> None:
        with self._lock:
            self.settings, self.counts = Settings(), Counts()
            self._filled_at = -math.inf

    def change(self, changes: dict[str, Any]) -> None:
        with self._lock:
            self.settings = dataclasses.replace(self.settings, **changes)

    def detect_labels(self, request: dict[str, Any]) -> dict[str, Any]:
        where = request.get("Image", {}).get("S3Object", {})
        key = str(where.get("Name", ""))
        with self._lock:
            self.counts.calls += 1
            self.counts.keys[key] = self.counts.keys.get(key, 0) + 1
            settings = self.settings
            throttled = not self._grant(settings.per_second)
            self.counts.throttled += throttled
        if throttled:
            raise ServiceError(settings.throttle_code, "Provisioned rate exceeded")
        try:
            answer = self._answer(request, str(where.get("Bucket", "")), key, settings)
        except Exception:
            with self._lock:
                self.counts.failed += 1
            raise
        with self._lock:
            self.counts.answered += 1
        return answer

    def _grant(self, per_second: float | None) -> bool:
        if per_second is None:
            return True
        # As AWS throttles: a bucket that holds a second's worth and is filled at that rate.
        now = time.monotonic()
        self._tokens = min(per_second, self._tokens + per_second * (now - self._filled_at))
        self._filled_at = now
        if self._tokens < 1:
            return False
        self._tokens -= 1
        return True

    def _answer(
        self, request: dict[str, Any], bucket: str, key: str, settings: Settings
    ) -> dict[str, Any]:
        for part, code in settings.fail.items():
            if part in key:
                raise ServiceError(code, f"The stand-in was told to answer {code}")
        least, most = request.get("MinConfidence", 55), request.get("MaxLabels", 1000)
        if not (0 <= least <= 100 and 1 <= most <= 1000 and bucket and key):
            raise ServiceError("InvalidParameterException", "Request has invalid parameters")
        data = self._fetch(bucket, key)
        width, height = _check_image(data)
        records = () if settings.find_nothing else self._recognise(data)
        labels = [_to_label(r) for r in records if r.confidence >= least]
        return {
            "Labels": labels[:most],
            "LabelModelVersion": MODEL_VERSION,
            "OrientationCorrection": None,
            "ImageSize": {"Width": width, "Height": height},
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


def _check_image(data: bytes) -> tuple[int, int]:
    try:
        with Image.open(io.BytesIO(data), formats=["JPEG", "PNG"]) as image:
            width, height = image.size
            image.load()
    except (UnidentifiedImageError, OSError, SyntaxError, Image.DecompressionBombError) as e:
        raise ServiceError("InvalidImageFormatException", "Request has invalid image format") from e
    if min(width, height) < MIN_EDGE_PX:
        raise ServiceError("InvalidParameterException", "Request has invalid parameters")
    if max(width, height) > MAX_EDGE_PX:
        raise ServiceError("ImageTooLargeException", "Image resolution is too large")
    return width, height


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
            if self.headers.get("X-Amz-Target") != "RekognitionService.DetectLabels":
                raise ServiceError("UnknownOperationException", "")
            self._send(200, self.rekognition.detect_labels(request))
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
