"""Parts of the service are removed while a job runs: what is said then, and that a repair helps."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import keyring
import pytest

from deploy.stack import stack, stack_events
from desktop.backends import aws
from desktop.core.errors import Remedy
from desktop.core.events import Event, ItemEvent, JobState, State
from desktop.core.job.job import LATE_AFTER_S
from desktop.core.library.library import Library
from desktop.recognisers import RECOGNISERS
from tests.rig.aws import side as damage
from tests.rig.aws.controls import Emulator
from tests.rig.aws.side import Side
from tests.rig.keychain import FileKeyring
from tests.rig.processes import until

from .jobs import Jobs, small_photos

pytestmark = [pytest.mark.aws, pytest.mark.usefixtures("no_long_waits")]

SOON_S, LATER_S = 0.5, 4.0
"""Each three times, instead of the seven minutes for which Amazon may still be at it: where no
answer can come, and where a copy that lies there unanswered is to be put again."""

Damage = Callable[[Side, dict[str, str]], None]


def delete_bucket(side: Side, parts: dict[str, str]) -> None:
    """With the copies that it holds."""
    s3, bucket = side.client("s3"), parts["Copies"]
    for copy in s3.list_objects_v2(Bucket=bucket).get("Contents", ()):
        s3.delete_object(Bucket=bucket, Key=copy["Key"])
    damage.delete_bucket(side, parts)


def delete_stack(side: Side, parts: dict[str, str]) -> None:
    side.client("cloudformation").delete_stack(StackName=side.name)
    until(lambda: stack.status(side.access.session, side.name) is None, "the end of the stack")


def delete_queues_and_log(side: Side, parts: dict[str, str]) -> None:
    for delete in (damage.delete_queue, damage.delete_dead_letters, damage.delete_log):
        delete(side, parts)


def end_key(side: Side, parts: dict[str, str]) -> None:
    (user,) = (user for key_id, user in side.keys().items() if key_id == side.key.key_id)
    side.client("iam").delete_access_key(UserName=user, AccessKeyId=side.key.key_id)


GONE = ("The labelling service was removed from the Amazon account", Remedy.REPAIR)
LATE = ("Labels are late", Remedy.CHECK_CONNECTION)
UNKNOWN = ("Amazon does not know this key", Remedy.SIGN_IN)
REMOVALS: dict[Damage, tuple[str, Remedy] | None] = {
    delete_bucket: GONE,
    damage.delete_table: GONE,
    delete_stack: GONE,
    damage.delete_function: LATE,
    damage.cut_trigger: LATE,
    damage.delete_rights: LATE,
    end_key: UNKNOWN,
    delete_queues_and_log: None,
}
"""What is removed -> what is said then, and what helps; None where labels come all the same."""


@pytest.fixture(scope="module")
def side(emulator: Emulator, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Side]:
    """A service for all of these: each begins with its repair."""
    folder, before = tmp_path_factory.mktemp("side"), keyring.get_keyring()
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("AWS_ENDPOINT_URL", emulator.url)
        patch.setattr(stack_events, "FIRST_TICK_S", 0.05)
        patch.setattr(aws, "TICK_MIN_S", 0.05)
        keyring.set_keyring(FileKeyring(folder / "keychain.json"))
        side = Side(emulator, folder / "data")
        yield side
        side.remove()
        keyring.set_keyring(before)


@pytest.mark.parametrize("remove", REMOVALS, ids=lambda each: each.__name__)
def test_a_part_is_removed_in_mid_run(remove: Damage, side: Side, tmp_path: Path) -> None:
    side.set_up()
    photos = small_photos(tmp_path, 2, seed=1300 + list(REMOVALS).index(remove))
    library = Library(tmp_path / "library.db", RECOGNISERS)
    with contextlib.closing(library), contextlib.closing(aws.connect(side.connection)) as backend:
        expected, parts = REMOVALS[remove], side.parts()
        jobs = Jobs(library, backend, late_after_s=SOON_S if expected == LATE else LATE_AFTER_S)
        first, alone = iter([remove]), threading.Lock()

        def strike(event: Event) -> None:
            if isinstance(event, ItemEvent) and event.state is State.PREPARING:
                with alone:  # no photo is put before it is done
                    for act in first:
                        act(side, parts)

        jobs.watch = strike
        end = jobs.label(*photos)
        jobs.close()
        errors = [end.error] + [item.error for item in library.job_items(end.job_id)]
        said = {(error.title, error.remedy) for error in errors if error}
        assert next(first, None) is None
        assert said == ({expected} if expected else set())

    side.set_up()
    library = Library(tmp_path / "library.db", RECOGNISERS)
    with contextlib.closing(library), contextlib.closing(aws.connect(side.connection)) as backend:
        jobs = Jobs(library, backend, late_after_s=LATER_S)
        assert jobs.label(*photos).state is JobState.FINISHED
        jobs.close()
        assert {file.state for file in library.files()} <= {State.DONE, State.SKIPPED}
