"""`tagdrop label --with aws`, end to end: real processes, real photos, every part of the way."""

from __future__ import annotations

import io
import shutil
import signal
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from desktop.backends.aws import NAMES_PER_CALL, PREFIX
from desktop.core.settings import change_settings, load_settings
from tests.rig.aws.bounds import MOST_THREADS, most_calls
from tests.rig.aws.controls import Emulator, Rekognition, Request, calls_by_kind
from tests.rig.aws.fixtures import RunDeploy, Stack, read_stack
from tests.rig.command import EXPECTED, ROOT, Computer, Run
from tests.rig.photos import make_bad, make_photos

pytestmark = pytest.mark.aws

DONE_ATTRIBUTES = {
    "ImageName",
    "Label",
    "Confidence",
    "Labels",
    "Status",
    "ETag",
    "Sequencer",
    "ModelVersion",
    "LabelledAt",
}
COUNT = NAMES_PER_CALL + 10
"""Of photos: more than one call asks for."""


@pytest.fixture
def computer(emulator: Emulator, stack: Stack, tmp_path: Path) -> Computer:
    """A computer that knows the shared stack and has labelled nothing yet."""
    return connected(emulator, stack, tmp_path / ".computer")


def connected(emulator: Emulator, stack: Stack, data_dir: Path) -> Computer:
    change_settings(data_dir, lambda _: load_settings(stack.data_dir))
    return Computer(data_dir, "aws", emulator.env)


@pytest.fixture(scope="module")
def photos(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Photos of mixed formats, in folders."""
    folder = tmp_path_factory.mktemp("photos")
    for name in EXPECTED:
        shutil.copy(next((ROOT / "samples").glob(f"{name}*")), folder)
    for number, photo in enumerate(make_photos(folder, COUNT - len(EXPECTED))):
        part = folder / f"album {number // 50}"
        part.mkdir(exist_ok=True)
        photo.rename(part / photo.name)
    return folder


@dataclass(frozen=True, slots=True)
class First:
    """The first labelling of them all, into a stack of its own, and what it left there."""

    run: Run
    stack: Stack
    requests: list[Request]
    objects: dict[str, bytes]
    items: dict[str, dict[str, Any]]


@pytest.fixture(scope="module")
def first(photos: Path, emulator: Emulator, run_deploy: RunDeploy, tmp_path_factory: Any) -> First:
    data_dir = tmp_path_factory.mktemp("computer")
    name = "tagdrop-first"
    done = run_deploy("setup", "--stack", name, "--region", emulator.region, "--data-dir", data_dir)
    assert done.returncode == 0, done.stderr
    stack = read_stack(emulator, name, data_dir)
    change_settings(data_dir, lambda kept: replace(kept, deletes_copies=False))  # to look at them
    emulator.forget_requests()
    run = Computer(data_dir, "aws", emulator.env).label(photos)
    requests = emulator.requests()
    return First(run, stack, requests, read_objects(emulator, stack), scan(emulator, stack))


def read_objects(emulator: Emulator, stack: Stack) -> dict[str, bytes]:
    s3 = emulator.client("s3")
    return {
        found["Key"]: s3.get_object(Bucket=stack.bucket, Key=found["Key"])["Body"].read()
        for page in s3.get_paginator("list_objects_v2").paginate(Bucket=stack.bucket)
        for found in page["Contents"]
    }


def puts(emulator: Emulator) -> int:
    return sum(
        r.service == "s3" and r.operation.startswith("PUT ") and PREFIX in r.operation
        for r in emulator.requests()
    )


def scan(emulator: Emulator, stack: Stack) -> dict[str, dict[str, Any]]:
    """The whole table but for the month's counter: ImageName -> item."""
    table = emulator.session().resource("dynamodb", endpoint_url=emulator.url).Table(stack.table)
    items, start = [], {}
    while True:
        page = table.scan(**start)
        items += page["Items"]
        if "LastEvaluatedKey" not in page:
            return {
                item["ImageName"]: item for item in items if not item["ImageName"].endswith("/")
            }
        start = {"ExclusiveStartKey": page["LastEvaluatedKey"]}


def test_all_photos_are_labelled(first: First) -> None:
    assert first.run.code == 0, first.run.errors
    assert first.run.states() == {"done": COUNT}
    assert len({row["path"] for row in first.run.rows}) == COUNT
    assert sum(bool(row["labels"]) for row in first.run.rows) > COUNT / 2
    for row in first.run.rows:
        for name, label in EXPECTED.items():
            if Path(row["path"]).name.startswith(name):
                assert label in {entry["name"] for entry in row["labels"]}


def test_asking_is_sparing(first: First) -> None:
    calls = calls_by_kind(first.requests)
    print(f"{calls} in {first.run.seconds:.1f} s")
    assert calls <= most_calls(COUNT, first.run.seconds)


def test_few_threads_are_enough(first: First) -> None:
    assert 1 < first.run.most_threads <= MOST_THREADS


def test_copies_hold_nothing_but_the_picture(first: First) -> None:
    assert set(first.objects) == {PREFIX + row["image_name"] for row in first.run.rows}
    for body in first.objects.values():
        with Image.open(io.BytesIO(body)) as image:
            assert image.format == "JPEG"
            assert max(image.size) <= 2016
            assert not image.getexif()
            assert not {"exif", "xmp", "icc_profile", "comment", "photoshop"} & set(image.info)
        assert b"Exif" not in body[:4096]


def test_copies_go_when_their_labels_are_here(
    first: First, emulator: Emulator, tmp_path: Path
) -> None:
    (folder := tmp_path / "more").mkdir()
    make_photos(folder, 3, edge_px=130)
    computer = connected(emulator, first.stack, tmp_path / "computer")
    change_settings(computer.data_dir, lambda kept: replace(kept, deletes_copies=True))
    run = computer.label(folder)
    assert run.states() == {"done": 3}
    assert set(read_objects(emulator, first.stack)) == set(first.objects)
    assert set(scan(emulator, first.stack)) > {row["image_name"] for row in run.rows}


def test_the_table_holds_the_contract_and_no_more(first: First) -> None:
    assert set(first.items) == {row["image_name"] for row in first.run.rows}
    for row in first.run.rows:
        item = first.items[row["image_name"]]
        missing = set() if item["Labels"] else {"Label", "Confidence"}
        assert set(item) == DONE_ATTRIBUTES - missing
        shown = {label["name"] for label in row["labels"]}
        assert shown == {e["Name"] for e in item["Labels"] if e["Confidence"] >= 55}


def test_another_computer_takes_the_labels_over_unpaid(
    first: First, photos: Path, emulator: Emulator, tmp_path: Path
) -> None:
    emulator.forget_requests()
    run = connected(emulator, first.stack, tmp_path).label(photos)
    assert (run.code, run.states()) == (0, {"done": COUNT})
    assert puts(emulator) == 0
    labels = {row["image_name"]: row["labels"] for row in first.run.rows}
    assert labels == {row["image_name"]: row["labels"] for row in run.rows}


def test_killed_in_the_middle_all_end_done_and_little_is_sent_twice(
    computer: Computer, photos: Path, tmp_path: Path, emulator: Emulator
) -> None:
    printed = 5  # more, and on a slow machine all had been sent before the kill
    emulator.forget_requests()
    with computer.start(photos, "--again") as process:
        assert process.stdout
        for _ in range(printed):
            assert process.stdout.readline()
        process.send_signal(signal.SIGKILL)
        process.communicate(timeout=10)
    sent_before = puts(emulator)
    run = computer.label(photos, "--again")
    assert run.code == 0, run.errors
    assert run.states() == {"done": COUNT}
    assert len({row["path"] for row in run.rows}) == COUNT
    sent = puts(emulator)
    print(f"sent {sent} times, {sent_before} of them before the kill")
    assert printed <= sent_before < COUNT
    assert sent - sent_before <= COUNT - printed


def test_bad_files_fail_for_different_reasons_and_send_nothing(
    computer: Computer, tmp_path: Path, emulator: Emulator
) -> None:
    bad = {path.name for path in make_bad(tmp_path)}
    good = {path.name for path in make_photos(tmp_path, 5, seed=77)}
    emulator.forget_requests()
    run = computer.label(tmp_path)
    assert run.code == 1
    failed = [row for row in run.rows if row["state"] == "failed"]
    assert {Path(row["path"]).name for row in failed} == bad
    assert len({row["error"]["title"] for row in failed}) == len(bad)
    done = {Path(row["path"]).name for row in run.rows if row["state"] == "done"}
    assert done == good
    assert puts(emulator) == len(good)


def test_a_photo_without_labels_is_done(
    computer: Computer, tmp_path: Path, rekognition: Rekognition
) -> None:
    (photo,) = make_photos(tmp_path, 1, seed=5)
    rekognition.find_nothing()
    run = computer.label(photo)
    assert [(row["state"], row["labels"], row["error"]) for row in run.rows] == [("done", [], None)]


def test_a_photo_that_rekognition_refuses_fails_alone(
    computer: Computer, tmp_path: Path, rekognition: Rekognition
) -> None:
    photos = make_photos(tmp_path, 3, seed=9)
    rekognition.fail(photos[0].name.replace(" ", "_"), "InvalidImageFormatException")
    run = computer.label(tmp_path)
    assert run.code == 1
    assert run.states() == {"done": 2, "failed": 1}
    rekognition.reset()
    again = computer.label(tmp_path)  # what failed is tried anew, the rest is skipped
    assert (again.code, again.states()) == (0, {"skipped": 2, "done": 1})


def test_five_answers_a_second_are_enough_for_all(
    computer: Computer, tmp_path: Path, rekognition: Rekognition
) -> None:
    make_photos(tmp_path, 30, seed=1000)
    rekognition.limit(5)
    run = computer.label(tmp_path)
    counts = rekognition.counts()
    print(f"{run.seconds:.0f} s, {counts['throttled']} of {counts['calls']} calls throttled")
    assert run.code == 0, run.errors
    assert run.states() == {"done": 30}
    assert counts["throttled"] < 30


def test_without_a_connection_it_says_how_to_get_one(emulator: Emulator, tmp_path: Path) -> None:
    (photo,) = make_photos(tmp_path, 1)
    run = Computer(tmp_path / "data", "aws", emulator.env).label(photo)
    assert run.code == 3
    assert "tagdrop aws setup" in run.errors


def test_the_wrong_account_is_noticed_before_anything_is_sent(
    computer: Computer, tmp_path: Path, emulator: Emulator
) -> None:
    settings = (computer.data_dir / "settings.json").read_text()
    (computer.data_dir / "settings.json").write_text(
        settings.replace(f'"{emulator.account}"', '"123456789012"')
    )
    make_photos(tmp_path, 1)
    emulator.forget_requests()
    run = computer.label(tmp_path)
    assert run.code == 3
    assert "another Amazon account" in run.errors
    assert puts(emulator) == 0
