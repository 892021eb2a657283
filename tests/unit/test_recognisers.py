"""The registry: a third recogniser by one entry and its file; rank; who nobody has registered."""

from __future__ import annotations

import ast
import csv
import json
import queue
import re
import sqlite3
import threading
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from desktop import recognisers as entries
from desktop.core.backend import Answer, Backend
from desktop.core.errors import AppError, BackendMissingError, LimitError
from desktop.core.events import Event, JobEvent, JobState, State
from desktop.core.job.queue import JobQueue
from desktop.core.library.catalog import Catalog, Query
from desktop.core.library.edits import Edits, Rule
from desktop.core.library.library import Library
from desktop.core.library.older import find_older
from desktop.core.money.estimate import estimate
from desktop.core.money.spending import Spending, Spent
from desktop.core.recognisers import Recogniser, Recognisers
from desktop.core.records import LabelRecord
from desktop.core.settings import Connection, Settings
from desktop.recognisers import AWS, LOCAL, RECOGNISERS
from tests.rig import ROOT
from tests.rig.memory_backend import MemoryBackend
from tests.rig.processes import run_python
from tests.rig.third_recogniser import THIRD, WITH_THIRD, ThirdBackend

LIMIT_S = 30


class Desk:
    """A library and a queue that know the third one; the other two are in memory."""

    def __init__(self, library: Library, settings: Settings | None = None) -> None:
        self.library = library
        self.settings = settings or Settings()
        self._ends: queue.SimpleQueue[JobEvent] = queue.SimpleQueue()
        self.queue = JobQueue(
            library, WITH_THIRD, self._make, self._take, settings=lambda: self.settings
        )

    def _make(self, name: str) -> Backend:
        if name == THIRD.name:
            return ThirdBackend()
        label = {LOCAL.name: "Tower", AWS.name: "Beacon"}[name]
        return MemoryBackend(
            WITH_THIRD.get(name),
            answer=lambda image, count: Answer((LabelRecord(image, label, 90.0),), version="1"),
        )

    def _take(self, event: Event) -> None:
        if isinstance(event, JobEvent) and event.state is not JobState.RUNNING:
            self._ends.put(event)

    def label(self, folder: Path, recogniser: Recogniser) -> JobEvent:
        self.queue.add([folder], recogniser.name)
        return self._ends.get(timeout=LIMIT_S)

    def resume(self) -> JobEvent:
        self.queue.resume()
        return self._ends.get(timeout=LIMIT_S)

    def shown(self) -> list[tuple[str, str]]:
        """Label and origin of what counts, the same for every photo."""
        rows = {
            tuple((each.record.label, each.origin) for each in self.labels(row.image_id))
            for row in self.library.files()
        }
        (same,) = rows
        return list(same)

    def labels(self, image_id: int | None) -> Sequence[Any]:
        return self.library.effective_labels(image_id or 0)


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    library = Library(tmp_path / "data" / "library.db", WITH_THIRD)
    yield library
    library.close()


@pytest.fixture
def desk(library: Library) -> Iterator[Desk]:
    desk = Desk(library)
    yield desk
    assert desk.queue.close(LIMIT_S)


LIGHTHOUSE = [("Lighthouse", "third"), ("Sea", "third")]


@pytest.mark.parametrize("order", [(LOCAL, THIRD, AWS), (AWS, THIRD, LOCAL), (THIRD, AWS, LOCAL)])
def test_the_labels_of_the_highest_rank_count_whoever_comes_first(
    desk: Desk, photos: Path, order: tuple[Recogniser, ...]
) -> None:
    shown = {"local": [("Tower", "local")], "third": LIGHTHOUSE, "aws": [("Beacon", "aws")]}
    for number, each in enumerate(order, start=1):
        assert desk.label(photos, each).state is JobState.FINISHED
        assert desk.shown() == shown[max(order[:number], key=lambda one: one.rank).name]
    (image_id, *_) = (row.image_id for row in desk.library.files())
    assert image_id is not None
    for each in order:
        assert [r.label for r in desk.library.records(image_id, each.name)] == [
            label for label, _ in shown[each.name]
        ]
    origin, records = desk.library.second_opinion(image_id)
    assert (origin, [r.label for r in records]) == ("third", ["Lighthouse", "Sea"])


def test_its_labels_are_found_and_corrected_as_any(desk: Desk, photos: Path) -> None:
    desk.label(photos, THIRD)
    catalog, edits = Catalog(desk.library.store), Edits(desk.library.store)
    ids = [row.file_id for row in desk.library.files()]
    assert catalog.find(Query(labels=("Lighthouse",)), 55) == ids
    assert catalog.find(Query(labels=("Sea",)), 70) == []
    edits.change_label("Remove", ids[:1], "Lighthouse", "remove")
    assert catalog.find(Query(labels=("Lighthouse",)), 55) == ids[1:]
    old = find_older(desk.library, THIRD, "third 2", cancel=threading.Event())
    assert (old.backend, old.file_ids) == ("third", tuple(ids))
    desk.label(photos, AWS)
    assert find_older(desk.library, THIRD, "third 2", cancel=threading.Event()).file_ids == ()


def test_what_it_costs_is_said_before_counted_and_limited(desk: Desk, photos: Path) -> None:
    settings = desk.settings = Settings(monthly_limit_dollars=0.025)
    cancel = threading.Event()
    *_, told = estimate(desk.library, [photos], THIRD, settings, again=False, cancel=cancel)
    assert (told.new, told.stops_after) == (10, 6)
    assert (told.dollars, told.seconds) == (pytest.approx(0.04), 5.0)
    end = desk.label(photos, THIRD)
    assert isinstance(end.error, LimitError)
    assert Spending(desk.library.store).of_job(end.job_id) == Spent(6, 0.024)
    assert desk.library.store.read("SELECT count(*) FROM sent")[0][0] == 0  # it keeps no copies


RUN = """
import sys
from desktop import app, cli
from tests.rig.third_recogniser import WITH_THIRD
app.end_process(cli.run(sys.argv[1:], WITH_THIRD))
"""


def test_the_command_line_labels_with_it_and_saves_what_the_window_shows(
    tmp_path: Path, photos: Path
) -> None:
    data = tmp_path / "data"

    def run(form: str, *options: str) -> str:
        saved = tmp_path / "saved"
        done = run_python(
            *("-c", RUN, "label", photos, "--with", "third", "--data-dir", data),
            *("--format", form, "--output", saved, *options),
            code=0,
        )
        assert "This cost $" in done.stderr
        return saved.read_bytes().decode()

    rows = [json.loads(line) for line in run("json").splitlines()]
    assert len(rows) == 10
    assert {row["backend"] for row in rows} == {"third"}
    found = [(each["name"], each["confidence"], each["origin"]) for each in rows[0]["labels"]]
    assert found == [("Lighthouse", 88.0, "third"), ("Sea", 61.0, "third")]
    library = Library(data / "library.db", WITH_THIRD)
    assert Spending(library.store).this_month() == Spent(10, 0.04)
    edits, (file, *_) = Edits(library.store), library.files()
    edits.set_rule("Call it", Rule("Sea", "Ocean"))
    edits.change_label("Add", [file.file_id], "Rex", "add")
    edits.change_label("Keep", [file.file_id], "Ocean", "keep")
    edits.change_label("Remove", [file.file_id], "Lighthouse", "remove")
    library.close()
    rows = [json.loads(line) for line in run("json", "--min-confidence", "80").splitlines()]
    said = {
        row["path"]: [(each["name"], each["confidence"], each["origin"]) for each in row["labels"]]
        for row in rows
    }
    assert said.pop(str(file.path)) == [("Rex", 100.0, "you"), ("Ocean", 61.0, "third")]
    assert {tuple(each) for each in said.values()} == {(("Lighthouse", 88.0, "third"),)}
    lines = csv.DictReader(run("csv", "--min-confidence", "80").splitlines())
    of_file = [each for each in lines if each["Path"] == str(file.path)]
    assert [(each["Label"], each["Confidence"], each["Origin"]) for each in of_file] == [
        ("Rex", "100.0", "you"),
        ("Ocean", "61.0", "third"),
    ]
    assert re.search(r"Rex +█+ 100\.0 %  you", run("table"))


def test_an_origin_that_nobody_registered_is_refused_aloud(desk: Desk, photos: Path) -> None:
    desk.label(photos, LOCAL)
    (file, *_) = desk.library.files()
    assert file.image_id is not None
    for records in ((), (LabelRecord("name", "Fog", 90.0),)):
        with pytest.raises(sqlite3.IntegrityError, match="FOREIGN KEY"):
            desk.library.record_answer(1, [], file.image_id, "fourth", Answer(records))
    assert desk.shown() == [("Tower", "local")]


def test_a_label_that_comes_twice_in_an_answer_counts_as_its_surest(library: Library) -> None:
    with library.store.write() as db:
        db.execute("INSERT INTO images (digest, image_name) VALUES ('aa', 'aa.jpg')")
    twice = tuple(LabelRecord("aa.jpg", "Dog", confidence) for confidence in (60.0, 90.0, 70.0))
    library.record_answer(1, [], 1, LOCAL.name, Answer(twice))
    assert [each.confidence for each in library.records(1, LOCAL.name)] == [90.0]


def test_what_a_newer_program_has_left_is_shown_and_its_jobs_wait(
    tmp_path: Path, photos: Path
) -> None:
    path = tmp_path / "data" / "library.db"
    newer = Library(path, WITH_THIRD)
    desk = Desk(newer, Settings(monthly_limit_dollars=0.016))
    desk.label(photos, LOCAL)
    assert desk.label(photos, THIRD).state is JobState.STOPPED  # at its limit, half-way
    assert desk.queue.close(LIMIT_S)
    before = {row.image_id: newer.effective_labels(row.image_id or 0) for row in newer.files()}
    newer.close()
    library = Library(path, RECOGNISERS)
    after = {row.image_id: library.effective_labels(row.image_id or 0) for row in library.files()}
    assert after == before
    assert sorted({label.origin for labels in after.values() for label in labels}) == [
        "local",
        "third",
    ]
    assert RECOGNISERS.who("third") == "third"
    Edits(library.store).change_label("Add", [row.file_id for row in library.files()], "Rex", "add")
    for image_id, labels in before.items():  # nothing of it is lost by an edit
        assert library.effective_labels(image_id or 0)[1:] == labels
    ends: queue.SimpleQueue[JobEvent] = queue.SimpleQueue()

    def take(event: Event) -> None:
        if isinstance(event, JobEvent):
            ends.put(event)

    jobs = JobQueue(library, RECOGNISERS, lambda name: MemoryBackend(LOCAL), take)
    jobs.resume()
    end = ends.get(timeout=LIMIT_S)
    assert end.state is JobState.STOPPED
    assert isinstance(end.error, BackendMissingError)
    assert "third" in str(end.error)
    assert jobs.close(LIMIT_S)
    assert library.count_states(end.job_id)[State.QUEUED] == 6
    library.close()


def test_another_rank_counts_from_the_next_start_on(
    tmp_path: Path, desk: Desk, photos: Path
) -> None:
    for each in (LOCAL, AWS):
        desk.label(photos, each)
    assert desk.shown() == [("Beacon", "aws")]
    again = Library(desk.library.path, [replace(LOCAL, rank=30), AWS, THIRD])
    assert desk.shown() == [("Tower", "local")]
    again.close()


def test_the_usual_one_is_chosen_where_none_or_an_unknown_one_is() -> None:
    assert RECOGNISERS.chosen(Settings()) is LOCAL
    assert RECOGNISERS.chosen(Settings("third")) is LOCAL
    assert WITH_THIRD.chosen(Settings("third")) is THIRD
    assert (RECOGNISERS.usual, RECOGNISERS.connected) == (LOCAL, AWS)
    with pytest.raises(AppError, match="does not know “third”"):
        RECOGNISERS.get("third")


def test_copies_are_asked_of_every_recogniser_that_keeps_them_and_is_set_up() -> None:
    keeper = replace(THIRD, keeps_copies=True)
    known = Recognisers([LOCAL, AWS, keeper])
    connection = Connection("1" * 12, "eu-central-1", "tagdrop", "bucket", "table")
    assert known.copy_keepers(Settings(connection=connection)) == [AWS, keeper]
    assert known.copy_keepers(Settings()) == [keeper]
    assert RECOGNISERS.copy_keepers(Settings()) == [AWS]  # whose `make` says that it is not set up


@pytest.mark.parametrize(
    ("wrong", "what"),
    [
        (replace(THIRD, rank=20), "rank"),
        *((replace(THIRD, name=name), "name") for name in ("aws", "you", "file")),
    ],
)
def test_a_name_and_a_rank_are_given_once(wrong: Recogniser, what: str) -> None:
    with pytest.raises(ValueError, match=what):
        Recognisers([LOCAL, AWS, wrong])


def test_they_come_by_rising_rank() -> None:
    assert list(Recognisers([AWS, THIRD, LOCAL])) == [LOCAL, THIRD, AWS]
    assert RECOGNISERS.get("aws") is AWS
    assert RECOGNISERS.who("aws") == AWS.who


NEEDED = ("name", "title", "about", "where", "who", "make")


def test_who_says_no_more_recognises_elsewhere_for_nothing_and_keeps_nothing() -> None:
    said = {name: getattr(THIRD, name) for name in NEEDED}
    least = Recogniser(**said, rank=1, images_per_s=1.0)
    flags = (least.uses_cpu, least.keeps_copies, least.answers_last, least.needs_connection)
    assert flags == (False, False, False, False)
    assert (least.price, least.model) == (None, None)


def test_the_prices_are_those_of_whom_can_be_used_now() -> None:
    unconnected, connected = (
        Settings(),
        Settings(
            connection=Connection("123456789012", "eu-central-1", "tagdrop", "bucket", "table")
        ),
    )
    aws = AWS.price(connected) if AWS.price else 0.0
    assert WITH_THIRD.prices(unconnected) == [4.0]
    assert WITH_THIRD.prices(connected) == [4.0, aws]
    also = replace(connected, also_text=True)
    assert WITH_THIRD.prices(also) == [4.0, 2 * aws]
    assert WITH_THIRD.prices(replace(also, also_explicit=True)) == [4.0, 3 * aws]


MAY_NAME_THEM = {
    "desktop/recognisers.py": "the entries",
    "desktop/core/library/schema.py": "migrations that have shipped, which nobody may change",
    "desktop/cli.py": "`tagdrop aws`, the name of a command",
    "deploy/stack/policies.py": "a partition of AWS's own",
}


def test_nothing_else_names_a_recogniser() -> None:
    name = re.compile("|".join(rf"^{each.name}$|'{each.name}'" for each in RECOGNISERS))
    guilty = {
        path.relative_to(ROOT).as_posix()
        for folder in ("desktop", "deploy", "tools", "backend_lambda")
        for path in (ROOT / folder).rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and name.search(node.value)
    }
    assert guilty == set(MAY_NAME_THEM)
    in_cli = re.findall(r'"(?:aws|local)"', (ROOT / "desktop" / "cli.py").read_text("utf-8"))
    assert in_cli == ['"aws"', '"aws"']
    in_schema = (ROOT / "desktop" / "core" / "library" / "schema.py").read_text("utf-8")
    assert "'aws'" not in in_schema[in_schema.index("_V3 =") :]


def test_the_entries_load_nothing_heavy() -> None:
    code = f"import sys, {entries.__name__}; print(*sys.modules)"
    loaded = set(run_python("-c", code, code=0).stdout.split())
    assert "desktop.recognisers" in loaded
    assert not {"boto3", "numpy", "onnxruntime", "PIL"} & loaded
