"""Set-up and removal from every state that the emulator's stacks can be brought into."""

from __future__ import annotations

import json
import threading
import uuid
from collections.abc import Iterator
from typing import Any

import pytest

from deploy.stack import stack
from desktop.core.errors import AppError, Cancelled, NetworkError
from tests.rig.aws.controls import Emulator
from tests.rig.processes import until

pytestmark = pytest.mark.aws


@pytest.fixture
def session(emulator: Emulator, monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.setenv("AWS_ENDPOINT_URL", emulator.url)
    return emulator.session()


@pytest.fixture
def name(session: Any) -> Iterator[str]:
    unused = f"tagdrop-{uuid.uuid4().hex[:8]}"
    yield unused
    for _ in stack.remove(session, unused, cancel=threading.Event()):
        pass


def set_up(session: Any, name: str, **options: Any) -> list[stack.StackEvent]:
    return list(stack.setup(session, name, cancel=threading.Event(), **options))


def slow(seconds: int = 2) -> str:
    """A template that takes its time: it waits for a signal that never comes, and then fails."""
    wait = {"Handle": {"Ref": "Handle"}, "Timeout": str(seconds), "Count": 1}
    template = {
        "Description": "Tagdrop: an older version",
        "Resources": {
            "Handle": {"Type": "AWS::CloudFormation::WaitConditionHandle"},
            "Wait": {"Type": "AWS::CloudFormation::WaitCondition", "Properties": wait},
        },
    }
    return json.dumps(template)


def begin_slow(emulator: Emulator, name: str) -> None:
    emulator.client("cloudformation").create_stack(StackName=name, TemplateBody=slow())


def works(session: Any, name: str) -> bool:
    found = stack.status(session, name)
    return found is not None and found.works and "Bucket" in found.outputs


def test_what_a_failed_set_up_left_is_cleared_away(
    emulator: Emulator, session: Any, name: str
) -> None:
    begin_slow(emulator, name)
    cloudformation = emulator.client("cloudformation")

    def has_failed() -> bool:
        (found,) = cloudformation.describe_stacks(StackName=name)["Stacks"]
        return bool(found["StackStatus"] == "ROLLBACK_COMPLETE")

    until(has_failed, "the end of the rollback", pause_s=0.1)

    events = set_up(session, name)

    assert (name, "DELETE_COMPLETE") in {(e.part, e.status) for e in events}
    assert (name, "CREATE_COMPLETE") in {(e.part, e.status) for e in events}
    assert works(session, name)


def test_a_running_operation_is_joined(emulator: Emulator, session: Any, name: str) -> None:
    with emulator.part_by_part():  # none goes on before it is joined
        begin_slow(emulator, name)
        joined = stack.setup(session, name, cancel=threading.Event())
        first = next(joined)
    events = [first, *joined]

    assert (first.part, first.status) == (name, "CREATE_IN_PROGRESS")
    assert ("Wait", "CREATE_FAILED") in {(e.part, e.status) for e in events}
    assert works(session, name)
    assert len({e.event_id for e in events if e.event_id}) == len(
        [e for e in events if e.event_id]
    ), "an event came twice"


def test_removal_joins_or_ends_a_running_operation(
    emulator: Emulator, session: Any, name: str
) -> None:
    begin_slow(emulator, name)
    events = list(stack.remove(session, name, cancel=threading.Event()))
    assert events[-1].status == "DELETE_COMPLETE"
    assert stack.status(session, name) is None


def test_a_stack_that_was_only_planned_counts_as_absent(
    emulator: Emulator, session: Any, name: str
) -> None:
    emulator.client("cloudformation").create_change_set(
        StackName=name, ChangeSetName="plan", ChangeSetType="CREATE", TemplateBody=slow()
    )
    assert stack.status(session, name) is None

    set_up(session, name)
    assert works(session, name)


def test_a_bucket_name_that_is_taken_is_replaced(
    emulator: Emulator, session: Any, name: str
) -> None:
    taken, free = uuid.uuid4().hex[:8], uuid.uuid4().hex[:8]
    bucket = f"tagdrop-{emulator.account}-{emulator.region}-{taken}"
    emulator.client("s3").create_bucket(
        Bucket=bucket, CreateBucketConfiguration={"LocationConstraint": emulator.region}
    )
    suffixes = iter([taken, free])

    set_up(session, name, choose_suffix=lambda: next(suffixes))

    found = stack.status(session, name)
    assert found is not None
    assert found.outputs["Bucket"].endswith(free)
    emulator.client("s3").delete_bucket(Bucket=bucket)


def test_a_set_up_that_fails_leaves_nothing_and_says_where_it_stopped(
    emulator: Emulator, session: Any, name: str
) -> None:
    taken = uuid.uuid4().hex[:8]
    bucket = f"tagdrop-{emulator.account}-{emulator.region}-{taken}"
    emulator.client("s3").create_bucket(
        Bucket=bucket, CreateBucketConfiguration={"LocationConstraint": emulator.region}
    )

    with pytest.raises(AppError) as caught:
        set_up(session, name, choose_suffix=lambda: taken)

    assert caught.value.title == 'Set-up stopped at "Storage for copies"'
    assert "Nothing was left behind." in caught.value.message
    assert stack.status(session, name) is None
    emulator.client("s3").delete_bucket(Bucket=bucket)


def test_a_set_up_that_is_cancelled_is_taken_back(
    emulator: Emulator, session: Any, name: str
) -> None:
    begin_slow(emulator, name)
    cancel = threading.Event()
    seen = []

    def consume() -> None:
        for event in stack.setup(session, name, cancel=cancel):
            seen.append(event)
            cancel.set()

    with pytest.raises(Cancelled):
        consume()
    assert stack.status(session, name) is None
    assert seen[-1].status == "DELETE_COMPLETE"


def test_a_set_up_that_is_cancelled_at_once_begins_nothing(session: Any, name: str) -> None:
    cancel = threading.Event()
    cancel.set()
    with pytest.raises(Cancelled):
        list(stack.setup(session, name, cancel=cancel))
    assert stack.status(session, name) is None


def test_cancelling_beside_a_working_stack_leaves_it_alone(session: Any, name: str) -> None:
    set_up(session, name)
    cancel = threading.Event()
    cancel.set()
    with pytest.raises(Cancelled):
        list(stack.setup(session, name, cancel=cancel))
    assert works(session, name)


def test_a_bucket_with_ten_thousand_copies_and_versions_is_emptied(
    emulator: Emulator, session: Any, name: str
) -> None:
    set_up(session, name)
    found = stack.status(session, name)
    assert found is not None
    s3, bucket = emulator.client("s3"), found.outputs["Bucket"]
    s3.put_bucket_versioning(Bucket=bucket, VersioningConfiguration={"Status": "Enabled"})
    for i in range(1_050):  # one page holds 1,000; these keys set nothing off
        s3.put_object(Bucket=bucket, Key=f"{i:05}", Body=b"")
    for start in range(0, 9_000, 1_000):  # deleting leaves a marker, also where nothing was
        keys = [{"Key": f"{i:05}"} for i in range(start, start + 1_000)]
        s3.delete_objects(Bucket=bucket, Delete={"Objects": keys, "Quiet": True})

    events = list(stack.remove(session, name, cancel=threading.Event()))

    counts = [e.count for e in events if e.count]
    assert counts[-1] == 10_050
    assert len(counts) >= 11
    assert stack.status(session, name) is None


def test_without_a_connection_it_says_so(session: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_ENDPOINT_URL", "http://127.0.0.1:9")  # nobody listens there
    monkeypatch.setenv("AWS_MAX_ATTEMPTS", "1")
    with pytest.raises(NetworkError, match="Cannot reach Amazon"):
        stack.status(session, "tagdrop")


def test_a_stack_of_somebody_else_is_not_touched(emulator: Emulator, session: Any) -> None:
    cloudformation, theirs = emulator.client("cloudformation"), f"theirs-{uuid.uuid4().hex[:8]}"
    template = {"Resources": {"Queue": {"Type": "AWS::SQS::Queue"}}}
    cloudformation.create_stack(StackName=theirs, TemplateBody=json.dumps(template))
    before = cloudformation.describe_stacks(StackName=theirs)["Stacks"]

    for verb in (stack.setup, stack.update, stack.remove):
        with pytest.raises(AppError, match="is not Tagdrop's"):
            list(verb(session, theirs, cancel=threading.Event()))

    assert cloudformation.describe_stacks(StackName=theirs)["Stacks"] == before
    cloudformation.delete_stack(StackName=theirs)
