"""The template without lost parts: what stays refers to them by their values."""

from __future__ import annotations

import re

import pytest

from deploy.stack.lost_parts import Damage
from deploy.stack.remaining import ALTERABLE, INSIDE, remaining_template
from deploy.stack.render import MAX_BODY_BYTES, render_template
from deploy.stack.stack_events import StackState
from tests.rig.aws.side import OPTIONS

STACK = StackState(
    "arn:aws:cloudformation:eu-central-1:111122223333:stack/tagdrop/1",
    "tagdrop",
    "UPDATE_COMPLETE",
    "",
    {"BucketName": "bucket"},
    {},
)
BODY = render_template().body
RESOURCES = BODY[BODY.index("\nResources:\n") : BODY.index("\nOutputs:\n")]
PARTS = re.findall(r"^  (\w+):(?: #.*)?\n    Type: AWS::", RESOURCES, re.MULTILINE)
IDS = {part: f"old-{part.lower()}" for part in PARTS} | {
    "Failures": "https://sqs.eu-central-1.amazonaws.com/111122223333/old-failures",
    "DeadLetters": "https://sqs.eu-central-1.amazonaws.com/111122223333/old-deadletters",
}


def references(body: str, part: str) -> list[str]:
    return re.findall(rf"!Ref {part}\b|!GetAtt {part}\b|\$\{{{part}[.}}]|DependsOn: {part}\b", body)


@pytest.mark.parametrize("part", sorted(set(PARTS) - OPTIONS))
def test_nothing_is_left_of_a_part_that_is_gone(part: str) -> None:
    body = remaining_template(BODY, STACK, IDS, {part: Damage.GONE})
    gone = {part, *INSIDE.get(part, ())}
    for each in PARTS:
        is_there = re.search(rf"^  {each}:(?: #.*)?\n    Type: ", body, re.MULTILINE)
        assert bool(is_there) is (each not in gone)
    for each in gone:
        assert references(body, each) == []
    for each in set(PARTS) - gone - {"Trigger"}:
        assert len(references(body, each)) <= len(references(BODY, each))
    assert len(body.encode()) < MAX_BODY_BYTES
    assert body.count("def handle(") == BODY.count("def handle(") - (part == "Labeller")


@pytest.mark.parametrize("part", sorted(ALTERABLE))
def test_what_was_changed_stays_and_is_written_differently(part: str) -> None:
    body = remaining_template(BODY, STACK, IDS, {part: Damage.CHANGED})
    assert re.findall(r"^  \w+:", body, re.MULTILINE) == re.findall(r"^  \w+:", BODY, re.MULTILINE)
    assert body != BODY
    assert abs(len(body) - len(BODY)) < 400


def test_values_stand_in_for_references() -> None:
    lost = dict.fromkeys(("Labels", "Failures", "LabellerRole"), Damage.GONE)
    body = remaining_template(BODY, STACK, IDS, lost)
    assert 'TABLE: "old-labels"' in body
    assert '"Fn::Sub": "arn:aws:dynamodb:eu-central-1:111122223333:table/old-labels"' in body
    assert 'Destination: "arn:aws:sqs:eu-central-1:111122223333:old-failures"' in body
    assert 'Role: "arn:aws:iam::111122223333:role/old-labellerrole"' in body
