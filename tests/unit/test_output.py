"""How results look in a terminal, as JSON and as CSV."""

from __future__ import annotations

import csv
import io
import json
import sys

import pytest

from desktop import cli
from desktop.core.errors import ImageError
from desktop.core.events import State
from desktop.core.library.effective import EffectiveLabel
from desktop.core.records import Findings, Flag, Instance, LabelRecord, TextLine
from desktop.core.save.tables import Photo
from desktop.output import Format, Result, bar, columns, fit, make_writer
from desktop.streams import let_through

BOX = Instance(0.1, 0.2, 0.3, 0.4, 91.5)
DOG = EffectiveLabel(
    LabelRecord("name", "Dog", 98.7, ("Mammal", "Animal"), (), (BOX,)), "local", False, "Dog"
)
GRASS = EffectiveLabel(LabelRecord("name", "Grass", 77.0), "local", False, "Grass")
REX = EffectiveLabel(LabelRecord("name", "Rex", 100.0), "you", True, "Rex")


def result(path: str = "/photos/a.jpg", *labels: EffectiveLabel) -> Result:
    return Result(Photo(path, "name", State.DONE, labels), "local")


FAILED = Result(
    Photo("/photos/b.jpg", None, State.FAILED, (), ImageError("This file is empty", "Copy it.")),
    "local",
)


class Console(io.TextIOWrapper):
    def isatty(self) -> bool:
        return True


def written(
    form: Format,
    *results: Result,
    encoding: str = "utf-8",
    newline: str = "",
    to: type[io.TextIOWrapper] = io.TextIOWrapper,
) -> str:
    raw = io.BytesIO()
    stream = to(raw, encoding=encoding, newline=newline)
    let_through(stream)
    write = make_writer(form, stream)
    for each in results:
        write(each)
    stream.flush()
    return raw.getvalue().decode(stream.encoding)


@pytest.mark.parametrize("width", [10, 20, 40, 80, 200])
def test_a_table_fits_any_terminal(width: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", str(width))
    names = ["/photos/" + "long " * 30 + ".jpg", "/写真/" + "犬" * 50 + ".jpg", "a"]
    text = written("table", *(result(name, DOG, GRASS) for name in names))
    assert max(columns(line) for line in text.splitlines()) <= max(width, 12)
    assert text.count("98.7 %" if width >= 20 else "Dog"[:1]) >= 3


def test_the_longer_bar_is_the_surer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    lines = written("table", result("/photos/a.jpg", DOG, GRASS)).splitlines()
    assert lines[0].endswith("a.jpg")
    assert lines[1].count("█") > lines[2].count("█") > 10
    assert lines[1].endswith("98.7 %  local")
    assert bar(100, 8) == "█" * 8
    assert bar(0, 8).strip() == ""
    assert bar(50, 8) == "████    "


def test_a_terminal_without_blocks_gets_plain_bars(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "60")
    text = written("table", result("/photos/é犬.jpg", DOG), encoding="latin-1", to=Console)
    assert "####" in text
    assert "Dog" in text


@pytest.mark.parametrize("encoding", ["cp1252", "latin-1", "gbk", "ascii"])
@pytest.mark.parametrize("form", ["table", "json", "csv"])
def test_any_name_can_be_written_in_any_encoding(form: Format, encoding: str) -> None:
    error = ImageError("{path} is missing", path="/photos/\udcff 🐈.jpg")
    failed = Result(Photo("/photos/\udcff 🐈.jpg", None, State.FAILED, (), error), "local")
    text = written(form, result("/photos/日本 🐈 é.jpg", DOG), failed, encoding=encoding)
    assert "Dog" in text
    if form == "csv":
        assert "/photos/日本 🐈 é.jpg" in text


def test_windows_pipes_and_files_get_utf_8_and_its_consoles_what_they_are() -> None:
    for kind, encoding in ((io.TextIOWrapper, "utf-8"), (Console, "cp850")):
        raw = io.BytesIO()
        stream = kind(raw, encoding="cp850")
        let_through(stream, is_windows=True)
        stream.write("Äpfel 犬 \udcff")
        stream.flush()
        assert raw.getvalue() == "Äpfel 犬 \udcff".encode(encoding, "replace")


def test_a_tick_does_not_end_the_amazon_verbs_in_an_old_terminal(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    check = {"event": "check", "verdict": "ok", "name": "Sign-in", "title": "", "message": ""}
    monkeypatch.setattr("deploy.command.execute", lambda choice, cancel: iter([check]))
    stream = io.TextIOWrapper(io.BytesIO(), encoding="cp1252")
    monkeypatch.setattr(sys, "stdout", stream)
    assert cli.run(["aws", "doctor"]) == 0
    stream.seek(0)
    assert stream.read() == "  ? Sign-in\n"


@pytest.mark.parametrize(("form", "end"), [("csv", "\r\n"), ("json", "\n")])
def test_lines_for_programs_end_alike_everywhere(form: Format, end: str) -> None:
    lines = written(form, result("/photos/a.jpg", DOG), newline="\r\n").splitlines(keepends=True)
    assert {line[len(line.rstrip()) :] for line in lines} == {end}


def test_a_file_name_cannot_steer_the_terminal() -> None:
    text = written("table", result("/photos/\x1b[2Jevil\nname\u202e.jpg", DOG))
    assert "\x1b" not in text
    assert "\u202e" not in text
    assert len(text.splitlines()) == 2


def test_no_labels_and_failures_are_said_in_words() -> None:
    assert "no certain labels" in written("table", result("/photos/a.jpg"))
    assert "This file is empty. Copy it." in written("table", FAILED)


def test_json_is_one_object_a_line() -> None:
    strange = "/photos/\udcff\n.jpg"
    first, second = map(json.loads, written("json", result(strange, DOG), FAILED).splitlines())
    assert first == {
        "path": strange,
        "image_name": "name",
        "state": "done",
        "backend": "local",
        "labels": [
            {
                "name": "Dog",
                "confidence": 98.7,
                "origin": "local",
                "confirmed": False,
                "parents": ["Mammal", "Animal"],
                "instances": [
                    {"left": 0.1, "top": 0.2, "width": 0.3, "height": 0.4, "confidence": 91.5}
                ],
            }
        ],
        "texts": [],
        "explicit": [],
        "partly_damaged": False,
        "error": None,
    }
    assert second["error"] == {"title": "This file is empty", "message": "Copy it."}
    assert (second["state"], second["labels"], second["image_name"]) == ("failed", [], None)


def test_a_table_says_what_was_read_and_flagged(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "40")
    lines = (TextLine("EXIT\x1b", 99.0, 0, 0, 1, 1), TextLine("Rue de Rivoli", 98.0, 0, 0, 1, 1))
    flags = (Flag("Violence", 91.0), Flag("Weapons", 88.5, ("Violence",)))
    photo = Photo("/a.jpg", "name", State.DONE, (DOG,), findings=Findings(lines, flags))
    text = written("table", Result(photo, "aws"))
    assert text.splitlines()[2:] == [
        "  text: EXIT� / Rue de Rivoli",
        "  may be explicit: Weapons 88.5 %",
    ]


def test_a_table_says_that_a_photo_is_damaged(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "60")
    photo = Photo("/a.jpg", "name", State.DONE, (DOG,), is_partly_damaged=True)
    lines = written("table", Result(photo, "local")).splitlines()
    assert lines[1] == "  partly damaged: labels may be missing or wrong"


def test_csv_has_a_row_a_label_and_one_for_what_has_none() -> None:
    strange = '/photos/\udcff,"\n.jpg'
    text = written("csv", result(strange, REX, DOG, GRASS), result("/photos/a.jpg"), FAILED)
    rows = list(csv.DictReader(io.StringIO(text, newline="")))
    assert [row["Label"] for row in rows] == ["Rex", "Dog", "Grass", "", ""]
    assert [row["Origin"] for row in rows] == ["you", "local", "local", "", ""]
    assert rows[1]["Confidence"] == "98.7"
    assert rows[1]["Parents"] == "Mammal > Animal"
    assert rows[4]["Error"] == "This file is empty. Copy it."


@pytest.mark.parametrize("width", range(1, 30))
def test_text_is_fitted_to_the_column(width: int) -> None:
    for text in ("", "a", "a longer name than fits.jpg", "犬の写真がたくさん.jpg"):
        assert columns(fit(text, width)) == width
