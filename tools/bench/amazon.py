"""Labelling with Amazon through the emulator of the tests, beside the rate and beside a script.

The pace: as many small photos as Rekognition answers in some seconds, beside photos / rate, from
the first photo handed in to the last question for labels; copies are deleted after that. The rate
is not known before: a job ahead of it has learnt it.

The script is what a person would write for the same: `upload_file` of each original into the
bucket of the service, then one GetItem per photo and second until its labels are there. Both send
the same photos of 12 megapixels; sent are the bodies of requests, as the emulator counts them.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from desktop.backends.aws import PREFIX
from desktop.core.settings import load_settings
from desktop.recognisers import AWS
from tests.rig import photos
from tests.rig.aws.bounds import MOST_THREADS, most_calls
from tests.rig.aws.controls import CLIENT_KEY, Emulator, Rekognition, Request, calls_by_kind
from tests.rig.aws.fixtures import emulating
from tests.rig.command import Computer, Run
from tests.rig.processes import run_python

from .figures import Figure
from .labelling import make_photos

MOST_TIMES, MOST_TIMES_AT_FIRST = 1.15, 1.25
MOST_THROTTLED = 0.10
MOST_BYTES, MOST_QUESTIONS = 1 / 5, 1 / 20
Service = tuple[Emulator, Rekognition]


def measure(*, is_short: bool) -> Iterator[Figure]:
    """The paces with their bars, then the script."""
    with tempfile.TemporaryDirectory(prefix="tagdrop-bench-") as name:
        folder = Path(name)
        with emulating(folder) as (emulator, rekognition):
            data_dir = folder / "data"
            run_python("-m", "deploy", "setup", "--data-dir", data_dir, env=emulator.env, code=0)
            computer = Computer(data_dir, AWS.name, emulator.env)
            rekognition.find_nothing()  # the stand-in's networks are slower than 50 a second
            for per_s, count in ((50.0, 300),) if is_short else ((50.0, 1000), (5.0, 100)):
                yield from _pace(folder, (emulator, rekognition), computer, per_s, count)
            rekognition.reset()
            rekognition.find_nothing()
            yield from _beside_script(folder, emulator, computer, 40 if is_short else 100)


def _pace(
    folder: Path, service: Service, computer: Computer, per_s: float, count: int
) -> Iterator[Figure]:
    emulator, rekognition = service
    emulator.grant(None)  # the program may not ask for it
    first = int(per_s) * 10_000
    for which, most in (("first", MOST_TIMES_AT_FIRST), ("second", MOST_TIMES)):
        inside = folder / f"{which}, {per_s:g}"
        inside.mkdir()
        for number in range(count):
            picture = photos.picture(first + number, edge_px=500)  # others than in any job before
            photos.save_jpeg(picture, inside / f"IMG_{number:04}.jpg")
        first += count
        rekognition.reset()
        rekognition.find_nothing()
        rekognition.limit(per_s)
        run, requests = _label(emulator, computer, inside, count)
        sent = [r.at for r in requests if r.kind == "s3 PUT object"]
        asked = [r.at for r in requests if r.kind == "dynamodb BatchGetItem"]
        took_ms = 1000 * (max(asked) - min(sent)) / count
        job = f"{which} job at {per_s:g} a second"
        yield Figure(f"a photo, {job}", "ms", (took_ms,), "1 / rate", (1000 / per_s,), most)
        counts = rekognition.counts()
        throttled, calls = (float(counts["throttled"]),), (float(counts["calls"]),)
        yield Figure(f"throttled, {job}", "", throttled, "all calls", calls, MOST_THROTTLED)
        made, allowed = calls_by_kind(requests), most_calls(count, run.seconds)
        own, most_of_all = (float(made.total()),), (float(allowed.total()),)
        yield Figure(f"calls to AWS, {job}", "", own, "tests/rig/aws/bounds", most_of_all, 1.0)
        threads = (float(run.most_threads),)
        yield Figure(f"threads, {job}", "", threads, "the bound", (float(MOST_THREADS),), 1.0)


def _beside_script(
    folder: Path, emulator: Emulator, computer: Computer, count: int
) -> Iterator[Figure]:
    originals = folder / "originals"
    make_photos(originals, count, "jpeg")
    connection = load_settings(computer.data_dir).connection
    assert connection is not None
    run, ours = _label(emulator, computer, originals, count)
    emulator.forget_requests()
    began = time.monotonic()
    script = ("-m", "tools.bench.amazon", originals, connection.bucket, connection.table)
    run_python(*script, env=emulator.env, code=0)
    script_s, theirs = time.monotonic() - began, _of_clients(emulator)
    for name, unit, of, most in (
        ("sent", "MB", lambda requests: sum(r.size for r in requests) / 1e6, MOST_BYTES),
        ("questions to DynamoDB", "", _questions, MOST_QUESTIONS),
    ):
        own, others = (float(of(ours)),), (float(of(theirs)),)
        yield Figure(f"{name}, {count} originals", unit, own, "a script", others, most)
    yield Figure(f"{count} originals", "s", (run.seconds,), "a script", (script_s,), 1.0)


def _label(
    emulator: Emulator, computer: Computer, folder: Path, count: int
) -> tuple[Run, list[Request]]:
    emulator.forget_requests()
    run = computer.label(folder, "--monthly-limit", "100000", limit_s=60 + 2 * count)
    assert run.states() == {"done": count}, (run.states(), run.errors)
    return run, _of_clients(emulator)


def _of_clients(emulator: Emulator) -> list[Request]:
    requests = emulator.requests()
    return [r for r in requests if r.access_key == CLIENT_KEY and not r.from_function]


def _questions(requests: list[Request]) -> int:
    return sum(request.service == "dynamodb" for request in requests)


def script(folder: Path, bucket: str, table: str) -> None:
    """What a person would write."""
    import boto3  # noqa: PLC0415 - only in the script's own process

    s3, dynamodb = boto3.client("s3"), boto3.client("dynamodb")
    names = {path.name for path in folder.iterdir()}
    for name in names:
        s3.upload_file(str(folder / name), bucket, PREFIX + name)
    labels: dict[str, Any] = {}
    while len(labels) < len(names):
        for name in names - set(labels):
            found = dynamodb.get_item(TableName=table, Key={"ImageName": {"S": name}})
            if "Item" in found:
                labels[name] = found["Item"]["Labels"]
        time.sleep(1)


if __name__ == "__main__":
    script(Path(sys.argv[1]), *sys.argv[2:4])
