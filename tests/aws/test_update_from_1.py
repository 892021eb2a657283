"""A service that version 1 of the template has made, under way, is updated to this one."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from deploy import connect
from deploy.stack import stack, stack_events
from deploy.stack.render import TEMPLATE_VERSION
from desktop.backends import aws
from desktop.core.backend import Answer
from desktop.core.credentials import AccessKey
from desktop.core.photo.prepare import Prepared
from tests.rig import ROOT
from tests.rig.aws.controls import Emulator, Rekognition
from tests.rig.aws.side import NEVER, Side
from tests.rig.processes import until

pytestmark = pytest.mark.aws

TEMPLATE_1 = Path(__file__).with_name("template-1.yaml").read_text(encoding="utf-8")
PHOTO = next((ROOT / "samples").glob("coffee*")).read_bytes()
ITEMS = 500


@pytest.fixture
def side(
    emulator: Emulator, tmp_path: Path, keychain: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Side]:
    monkeypatch.setenv("AWS_ENDPOINT_URL", emulator.url)
    monkeypatch.setattr(stack_events, "FIRST_TICK_S", 0.05)
    side = Side(emulator, tmp_path / "data")
    bucket = f"tagdrop-{emulator.account}-{emulator.region}-{side.name[-8:]}"
    side.client("cloudformation").create_stack(
        StackName=side.name,
        TemplateBody=TEMPLATE_1,
        Parameters=[{"ParameterKey": "BucketName", "ParameterValue": bucket}],
        Capabilities=["CAPABILITY_IAM"],
    )

    def is_there() -> bool:
        found = stack.status(side.access.session, side.name)
        return found is not None and found.status == "CREATE_COMPLETE"

    until(is_there, "a service of version 1", pause_s=0.1)
    yield side
    side.remove()


def items_of(side: Side) -> dict[str, Any]:
    pages = side.client("dynamodb").get_paginator("scan").paginate(TableName=side.parts()["Labels"])
    return {item["ImageName"]["S"]: item for page in pages for item in page["Items"]}


def fill(side: Side) -> dict[str, Any]:
    """Put items, as the function of version 1 has written them."""
    dynamodb, table = side.client("dynamodb"), side.parts()["Labels"]
    for start in range(0, ITEMS, 25):
        requests = [
            {
                "PutRequest": {
                    "Item": {
                        "ImageName": {"S": f"{i:016x}-old.jpg"},
                        "Status": {"S": "done"},
                        "Labels": {"L": []},
                        "Sequencer": {"S": f"{i:016x}"},
                    }
                }
            }
            for i in range(start, start + 25)
        ]
        dynamodb.batch_write_item(RequestItems={table: requests})
    return items_of(side)


def make_key_of_1(side: Side) -> AccessKey:
    """Of the one user that all computers had then."""
    made = side.client("iam").create_access_key(UserName=side.parts()["AppUser"])["AccessKey"]
    return AccessKey(made["AccessKeyId"], made["SecretAccessKey"])


def test_an_update_loses_nothing_and_pays_nothing_twice(
    side: Side, rekognition: Rekognition
) -> None:
    found = connect.find(side.access, side.wanted)
    keys = [make_key_of_1(side) for _ in range(2)]
    before, parts = fill(side), side.parts()
    rekognition.limit(4)
    names = [f"{i:016x}-new.jpg" for i in range(24)]
    with contextlib.ExitStack() as closing:
        computers = [
            closing.enter_context(contextlib.closing(aws.connect(found, key))) for key in keys
        ]

        def submit_all() -> None:
            for i, name in enumerate(names):
                computers[i % 2].submit(name, Prepared(PHOTO), cancel=threading.Event())

        on_the_way = threading.Thread(target=submit_all)
        on_the_way.start()
        until(lambda: rekognition.counts()["calls"] > 0, "photos on the way")

        events = list(connect.update(side.access, side.wanted, side.data_dir, NEVER))

        on_the_way.join()
        answers: dict[str, Answer] = {}
        until(
            lambda: answers.update(computers[0].poll(names)) or len(answers) == len(names),
            "every photo's labels",
            pause_s=0.5,
        )
        assert all(answer.records for answer in answers.values())
        for computer in computers:
            computer.check()
            assert dict(computer.poll(names)).keys() == set(names)

    assert events[-1].status == "UPDATE_COMPLETE"
    state = stack.status(side.access.session, side.name)
    assert state is not None
    assert state.version == str(TEMPLATE_VERSION)
    now = side.parts()
    assert {part: now[part] for part in parts} == parts
    assert {name: item for name, item in items_of(side).items() if name in before} == before
    assert len(before) == ITEMS
    counts = rekognition.counts()
    assert counts["answered"] == len(names), counts
    assert side.set_up(make_key=False) == []
