"""The parsers, each with what it is given and how it is asked."""

from __future__ import annotations

import base64
import contextlib
import hashlib
import io
import json
import tempfile
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any
from unittest.mock import patch

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from backend_lambda import handler
from deploy.keys import connection_file
from deploy.sign_in.key_file import read_key_file
from desktop.backends.answers import to_answer
from desktop.core.backend import Answer
from desktop.core.library.catalog import Catalog, Query
from desktop.core.library.library import Library
from desktop.core.metadata.fields import NONE, Fields
from desktop.core.records import Instance, LabelRecord, TextLine
from desktop.core.releases import newer_release
from desktop.core.save.sidecar import change_sidecar, read_sidecar
from desktop.core.settings import FILE_NAME, Settings, change_settings, load_settings
from desktop.recognisers import AWS, LOCAL, RECOGNISERS

from .inputs import Json, Random, as_text, changed_often, damaged, damaged_json


@dataclass(frozen=True, slots=True)
class Parser:
    """`make` makes an input, `read` parses it; it may use the folder."""

    make: Callable[[Random], Any]
    read: Callable[[Any, Path], object]


SETTINGS = {
    "version": 1,
    "backend": AWS.name,
    "min_confidence": 55.0,
    "connection": {"account": "1", "region": "r", "stack": "s", "bucket": "b", "table": "t"},
    "language": "de",
    "thumbnail_px": 200,
    "listed_prices": {"eu-central-1": 1.1},
    "retention_days": 3,
    "keyword_prefix": "Auto",
    "most_keywords": 5,
}


def _read_settings(data: bytes, folder: Path) -> None:
    path = folder / FILE_NAME
    path.write_bytes(data)
    load_settings(folder)
    change_settings(folder, lambda kept: Settings(connection=kept.connection, language="en"))
    load_settings(folder)


@cache
def _library() -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "library.db"
        with contextlib.closing(Library(path, RECOGNISERS)) as library:
            job = library.add_job([Path("/photos")], LOCAL.name, again=False)
            library.add_items(job.id, [Path(f"/photos/{n}.jpg") for n in range(30)])
            for item in library.job_items(job.id):
                image = library.images.identify(item.file_id, item.path, f"{item.id:064x}", 10, 20)
                box = (Instance(0.1, 0.2, 0.3, 0.4, 91.5),)
                records = (LabelRecord("", "Dog", 98.7, ("Animal",), ("Animals",), box),)
                answer = Answer(records, texts=(TextLine("EXIT", 99.0, 0.1, 0.2, 0.3, 0.1),))
                library.record_answer(job.id, [item.id], image.id, LOCAL.name, answer)
        return path.read_bytes()


def _read_library(data: bytes, folder: Path) -> None:
    for old in folder.glob("library.db*"):
        old.unlink()
    path = folder / "library.db"
    path.write_bytes(data)
    with contextlib.closing(Library(path, RECOGNISERS)) as library:
        for job in library.open_jobs():
            list(library.job_items(job.id))
        for file in library.files():
            if file.image_id is not None:
                library.records(file.image_id, LOCAL.name)
                library.effective_labels(file.image_id)
        catalog = Catalog(library.store)
        catalog.find(Query(labels=("Dog",)), 55)
        catalog.count(55)
        library.store.look_after()


class _Quick:
    """In the place of scrypt, which takes half a second."""

    def __init__(self, salt: bytes, **_: int) -> None:
        self._salt = salt

    def derive(self, passphrase: bytes) -> bytes:
        return hashlib.sha256(self._salt + passphrase).digest()


PASSPHRASE = "correct horse"
CONTENT = {
    "connection": SETTINGS["connection"],
    "key": {"key_id": "AKIAIOSFODNN7EXAMPLE", "secret": "x" * 40},
}


def _make_connection(rng: Random) -> bytes:
    """One of ours that was damaged; one whose digest is right; one that says something else."""
    how = rng.random()
    content = damaged_json(CONTENT, rng) if how < 0.4 else as_text(CONTENT)
    salt, nonce = (rng.randbytes(rng.choice((length, length, 0, 3, 200))) for length in (16, 12))
    data = rng.randbytes(40)
    with contextlib.suppress(ValueError):  # a nonce of this length
        key = _Quick(salt).derive(PASSPHRASE.encode())
        data = AESGCM(key).encrypt(nonce, content, b"Tagdrop connection 1")
    body: dict[str, Json] = {
        "kind": "Tagdrop connection",
        "version": 1,
        **{
            name: base64.b64encode(part).decode()
            for name, part in (("salt", salt), ("nonce", nonce), ("data", data))
        },
        "digest": hashlib.sha256(salt + nonce + data).hexdigest(),
    }
    return damaged_json(body, rng) if how > 0.7 else as_text(body)


def _read_connection(data: bytes, folder: Path) -> None:
    path = folder / "connection.tagdrop"
    path.write_bytes(data)
    with patch.object(connection_file, "Scrypt", _Quick):
        connection_file.read_connection_file(path, PASSPHRASE)


KEY = ("AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY")
KEY_FILES = tuple(
    (before + sep.join(KEY) + "\r\n").encode(encoding)
    for before, sep, encoding in (
        ("Access key ID,Secret access key\r\n", ",", "utf-8-sig"),
        ("User name;Access key ID;Secret\r\nanna;", ";", "utf-16"),
        ("[default]\naws_access_key_id = ", "\naws_secret_access_key = ", "utf-8"),
    )
)

EVENT = {
    "Records": [
        {
            "eventSource": "aws:s3",
            "eventName": "ObjectCreated:Put",
            "eventTime": "2026-11-24T10:00:00.000Z",
            "s3": {
                "bucket": {"name": "tagdrop-1"},
                "object": {"key": "images/0123456789abcdef-a.jpg", "eTag": "e", "sequencer": "0A"},
            },
        }
    ]
}
ANSWER = {"ImageName": "a.jpg", "Sequencer": "0A", "Status": "done", "Labels": []}


def _make_event(rng: Random) -> Json:
    """What S3 sends, or what the queue brings: messages of anybody's, as Lambda wraps them."""
    if rng.random() < 0.4:
        record = changed_often(EVENT["Records"][0], rng)
        return {"Records": [record if isinstance(record, dict) else {}, *EVENT["Records"]]}
    body = rng.choice((EVENT, {"requestPayload": EVENT}, {"answer": ANSWER}))
    message = {
        "messageId": "m",
        "eventSource": "aws:sqs",
        "body": damaged_json(body, rng).decode("utf-8", "replace"),
    }
    return {"Records": [message]}


class _Run:
    def get_remaining_time_in_millis(self) -> int:
        return 60_000


class _Aws:
    """Answers every call of the function with nothing special."""

    def get_item(self, **_: object) -> Json:
        return {}

    def update_item(self, **_: object) -> None: ...

    def put_item(self, **_: object) -> None: ...

    def send_message(self, **_: object) -> None: ...

    def detect_labels(self, **_: object) -> Json:
        return {"Labels": [], "LabelModelVersion": "3.0"}


def _read_event(event: Json, folder: Path) -> None:
    aws = _Aws()
    with contextlib.ExitStack() as stack:
        for name in ("_table", "_rekognition", "_queue"):
            stack.enter_context(patch.object(handler, name, lambda: aws))
        stack.enter_context(patch.dict("os.environ", FAILURES="url"))
        stack.enter_context(contextlib.redirect_stdout(io.StringIO()))
        stack.enter_context(contextlib.suppress(handler.TryAgain))  # its reason: delivered again
        handler.handle(json.loads(json.dumps(event)), _Run())


def _typed(value: Json) -> Json:
    """As DynamoDB writes it."""
    match value:
        case str():
            return {"S": value}
        case float() | int():
            return {"N": str(value)}
        case list():
            return {"L": [_typed(each) for each in value]}
    return {"M": {name: _typed(each) for name, each in value.items()}}


BOX = {"Left": 0.1, "Top": 0.2, "Width": 0.3, "Height": 0.4, "Confidence": 97.5}
ITEM = {
    "ImageName": "a.jpg",
    "Label": "Dog",
    "Confidence": 98.7,
    "Labels": [
        {"Name": "Dog", "Confidence": 98.7, "Parents": ["Animal"], "Categories": ["Animals"]}
        | {"Instances": [BOX]}
    ],
    "Texts": [{"Text": "EXIT", **BOX}],
    "Moderation": [{"Name": "Violence", "Confidence": 91.0, "Parents": []}],
    "Status": "done",
    "ETag": "e",
    "Sequencer": "0A",
    "ModelVersion": "3.0",
}


def _make_item(rng: Random) -> Json:
    """An item of anybody's making, in types that the table knows."""
    while True:
        item = changed_often(ITEM, rng) if rng.random() < 0.8 else ITEM | {"Status": "failed"}
        with contextlib.suppress(AttributeError):  # None and the like have a form of their own
            if isinstance(item, dict):
                return _typed(item)["M"]


SIDECAR = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:lr="http://ns.adobe.com/lightroom/1.0/"
 xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmp:Rating="3">
<dc:subject><rdf:Bag><rdf:li>Größe</rdf:li><rdf:li>Dog</rdf:li></rdf:Bag></dc:subject>
<lr:hierarchicalSubject><rdf:Bag><rdf:li>Animal|Dog</rdf:li></rdf:Bag></lr:hierarchicalSubject>
</rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="w"?>""".encode()


def _read_sidecar(data: bytes, folder: Path) -> None:
    read_sidecar(data)
    change_sidecar(data, Fields(subject=("Dog",)), Fields(subject=("Cat",)), NONE)


RELEASE = {"tag_name": "v1.2.0", "html_url": "https://example.org/tagdrop/1.2.0", "assets": []}


def _read_release(data: bytes, folder: Path) -> None:
    with patch.object(urllib.request, "urlopen", lambda *_, **__: io.BytesIO(data)):
        newer_release("https://api.example.org/latest", "0.1.0")


PARSERS: dict[str, Parser] = {
    "settings": Parser(lambda rng: damaged_json(SETTINGS, rng), _read_settings),
    "library": Parser(lambda rng: damaged(_library(), rng), _read_library),
    "connection file": Parser(_make_connection, _read_connection),
    "key file": Parser(
        lambda rng: damaged(rng.choice(KEY_FILES), rng), lambda data, _: read_key_file(data)
    ),
    "S3 event": Parser(_make_event, _read_event),
    "DynamoDB item": Parser(_make_item, lambda item, _: to_answer(item)),
    "sidecar": Parser(lambda rng: damaged(SIDECAR, rng), _read_sidecar),
    "update notice": Parser(lambda rng: damaged_json(RELEASE, rng), _read_release),
}
