"""Tables of labels: what stands in them, how they are written, and what a spreadsheet makes of it.

That LibreOffice shows the same was looked at by hand; it is too large to install for a test.
"""

from __future__ import annotations

import csv
import errno
import io
import itertools
import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from operator import length_hint
from pathlib import Path

import pytest

from desktop.core.errors import AppError, ImageError
from desktop.core.events import State
from desktop.core.library.effective import EffectiveLabel
from desktop.core.records import Findings, Flag, Instance, LabelRecord, TextLine
from desktop.core.save.tables import Csv, Form, Json, Photo, save_table, write_table
from tests.rig import ROOT

BOXES = (Instance(0.1, 0.2, 0.3, 0.4, 91.5), Instance(-0.01, 0.5, 0.25, 0.5, 80.0))
FOUND = Findings(
    (
        TextLine("=EXIT", 99.5, 0.1, 0.2, 0.3, 0.4),
        TextLine("Rue de Rivoli", 98.5, 0.1, 0.2, 0.3, 0.4),
    ),
    (Flag("Violence", 91.0), Flag("Weapons", 88.5, ("Violence",))),
)
FAILED = Photo("/p/b.jpg", None, State.FAILED, (), ImageError("This file is empty", "Copy it."))
FORMULAS = (
    *("=1+1", "+1", "-1+1", "@SUM(1)", " =1+1", "\t=1+1", "\r=1+1", "\n=1+1", "＝1+1"),
    *("'=1+1", '"=1+1', "a;=1+1", "a; '=1+1", 'a;"=1+1"', "a\t=1+1", "a\n@SUM(1)", "a,=1+1"),
    "=cmd|' /C calc'!A0",
)
TEXTS = ("Dog", "Müller, Anna", "犬 🐈", 'the "best"', "a-b", "it's", "50 % + more", "1+1", "")


def label(name: str, confidence: float = 98.7, *, kept: bool = False) -> EffectiveLabel:
    record = LabelRecord("name", name, confidence, ("Mammal", "Animal"), (), BOXES)
    return EffectiveLabel(record, "you" if kept else "local", kept, name)


def photo(path: str, *labels: EffectiveLabel) -> Photo:
    return Photo(path, "name", State.DONE, labels)


def written(form: Form, *photos: Photo) -> str:
    stream = io.StringIO(newline="")
    assert list(write_table(photos, stream, form)) == list(range(1, len(photos) + 1))
    return stream.getvalue()


def rows(text: str, delimiter: str = ",") -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True))


def test_a_row_for_each_label_says_all_of_it() -> None:
    text = written(Csv(), photo("/p/a.jpg", label("Rex", 100, kept=True), label("Dog")), FAILED)
    rex, dog, failed = rows(text)
    assert dog == {
        "Path": "/p/a.jpg",
        "Photo": "a.jpg",
        "Label": "Dog",
        "Confidence": "98.7",
        "Origin": "local",
        "Confirmed": "no",
        "Parents": "Mammal > Animal",
        "Boxes": "[0.1 0.2 0.3 0.4] [-0.01 0.5 0.25 0.5]",
        "State": "done",
        "Error": "",
        "ImageName": "name",
        "Text": "",
        "Explicit": "",
        "Damaged": "no",
    }
    assert (rex["Label"], rex["Origin"], rex["Confirmed"]) == ("Rex", "you", "yes")
    assert (failed["Label"], failed["Error"]) == ("", "This file is empty. Copy it.")


def test_a_row_for_each_photo_has_its_labels_and_the_surest_one() -> None:
    text = written(Csv("photos"), photo("/p/a.jpg", label("Dog"), label("Grass", 70)), FAILED)
    both, failed = rows(text)
    assert (both["Labels"], both["Label"], both["Confidence"]) == ("Dog; Grass", "Dog", "98.7")
    assert (failed["Labels"], failed["Label"], failed["State"]) == ("", "", "failed")


@pytest.mark.parametrize("form", [Csv("labels"), Csv("photos")])
def test_each_row_says_what_was_read_and_flagged(form: Csv) -> None:
    labelled = replace(photo("/p/a.jpg", label("Dog")), findings=FOUND)
    (row,) = rows(written(form, labelled))
    assert (row["Text"], row["Explicit"]) == ("'=EXIT / Rue de Rivoli", "Violence; Weapons")
    assert row["Label"] == row.get("Labels", "Dog") == "Dog"  # neither is a label


def test_json_has_all_that_was_found() -> None:
    (found,) = json.loads(written(Json(), replace(photo("/p"), findings=FOUND)))
    sides = {"left": 0.1, "top": 0.2, "width": 0.3, "height": 0.4}
    assert found["texts"] == [
        {"text": "=EXIT", "confidence": 99.5, **sides},
        {"text": "Rue de Rivoli", "confidence": 98.5, **sides},
    ]
    assert found["explicit"] == [
        {"name": "Violence", "confidence": 91.0, "parents": []},
        {"name": "Weapons", "confidence": 88.5, "parents": ["Violence"]},
    ]


def test_a_partly_damaged_photo_is_told_from_others() -> None:
    damaged = replace(photo("/p/a.jpg", label("Dog")), is_partly_damaged=True)
    for form in (Csv("labels"), Csv("photos")):
        assert [row["Damaged"] for row in rows(written(form, damaged, FAILED))] == ["partly", "no"]
    (found,) = json.loads(written(Json(), damaged))
    assert found["partly_damaged"] is True


def test_columns_stand_in_the_documents() -> None:
    text = (ROOT / "docs" / "tables.md").read_text(encoding="utf-8")
    described = [re.findall(r"`(\w+)`", line) for line in text.splitlines() if line[:3] == "| `"]
    for form in (Csv("labels"), Csv("photos")):
        assert rows(written(form)) == []
        heading = next(csv.reader([written(form)]))
        assert set(heading) <= {name for names in described for name in names}
    (found,) = json.loads(written(Json(), replace(photo("/p", label("Dog")), findings=FOUND)))
    for key in (*found, *found["labels"][0], *found["texts"][0], *found["explicit"][0]):
        assert f"`{key}`" in text


def test_where_commas_are_in_numbers_semicolons_part_the_columns() -> None:
    (row,) = rows(written(Csv(semicolons=True), photo("/p/a;b.jpg", label("Dog"))), ";")
    assert (row["Photo"], row["Confidence"]) == ("a;b.jpg", "98,7")


@pytest.mark.parametrize("text", TEXTS[:-1])
def test_what_is_no_formula_is_told_as_it_is(text: str) -> None:
    (row,) = rows(written(Csv(), photo(f"/p/{text}", label(text))))
    assert (row["Photo"], row["Label"]) == (text, text)


def cells(text: str, delimiter: str) -> Iterator[str]:
    """What a program sees that parts the columns at `delimiter`."""
    return itertools.chain.from_iterable(
        csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    )


@pytest.mark.parametrize("opened_with", [",", ";", "\t"])
@pytest.mark.parametrize("form", [Csv(), Csv("photos"), Csv(semicolons=True)])
@pytest.mark.parametrize("formula", FORMULAS)
def test_nothing_begins_a_formula(form: Csv, formula: str, opened_with: str) -> None:
    tricky = photo(f"/p/{formula}", label(formula), label("x" + formula), label("Dog"))
    for cell in cells(written(form, tricky), opened_with):
        assert not re.match(r"""["\s]*[=+@＝＋－＠-]""", cell), cell
        assert not re.match(r"[\t\r\n]", cell), cell


def test_json_is_exact() -> None:
    strange = "/p/\udcff\n.jpg"
    photos = [photo(strange, *(label(text) for text in FORMULAS)), FAILED, photo("/p/c.jpg")]
    first, second, third = json.loads(written(Json(), *photos))
    assert first["path"] == strange
    assert [each["name"] for each in first["labels"]] == list(FORMULAS)
    assert first["labels"][0]["instances"][1]["left"] == -0.01
    assert second["error"] == {"title": "This file is empty", "message": "Copy it."}
    assert third["labels"] == []
    assert json.loads(written(Json())) == []


def save(path: Path, form: Form, *photos: Photo, replace: bool = False) -> None:
    for _ in save_table(photos, path, form, replace=replace):
        pass


def test_a_file_for_spreadsheets_says_that_it_is_utf_8(tmp_path: Path) -> None:
    save(tmp_path / "a.csv", Csv(bom=True), photo("/p/é犬.jpg", label("Hündchen")))
    data = (tmp_path / "a.csv").read_bytes()
    assert data.startswith(b'\xef\xbb\xbf"Path"')
    (row,) = rows(data.decode("utf-8-sig"))
    assert (row["Photo"], row["Label"]) == ("é犬.jpg", "Hündchen")
    assert data.count(b"\r\n") == data.count(b"\n") == 2
    save(tmp_path / "b.csv", Csv(), photo("/p/a.jpg"))
    assert (tmp_path / "b.csv").read_bytes().startswith(b'"Path"')


def test_a_name_that_is_no_text_can_be_written(tmp_path: Path) -> None:
    strange = photo("/p/\udcff.jpg", label("Dog"))
    save(tmp_path / "a.csv", Csv(), strange)
    save(tmp_path / "a.json", Json(), strange)
    assert rows((tmp_path / "a.csv").read_text("utf-8"))[0]["Photo"] == "?.jpg"
    assert json.loads((tmp_path / "a.json").read_text("utf-8"))[0]["path"] == strange.path


def test_another_file_is_replaced_only_when_that_is_asked_for(tmp_path: Path) -> None:
    path = tmp_path / "labels.csv"
    path.write_text("mine")
    with pytest.raises(FileExistsError):
        save(path, Csv(), FAILED)
    assert path.read_text() == "mine"
    save(path, Csv(), FAILED, replace=True)
    assert len(rows(path.read_text("utf-8"))) == 1
    assert list(tmp_path.iterdir()) == [path]


def test_a_file_that_came_in_the_meantime_stays(tmp_path: Path) -> None:
    path = tmp_path / "labels.csv"
    saving = save_table([FAILED, FAILED], path, Csv())
    next(saving)
    path.write_text("mine")
    with pytest.raises(FileExistsError):
        list(saving)
    assert [each.read_text() for each in tmp_path.iterdir()] == ["mine"]


def test_what_a_link_names_is_replaced_and_the_link_stays(tmp_path: Path) -> None:
    (tmp_path / "there").mkdir()
    link = tmp_path / "labels.csv"
    link.symlink_to(tmp_path / "there" / "real.csv")
    save(link, Csv(), FAILED)
    assert link.is_symlink()
    assert len(rows((tmp_path / "there" / "real.csv").read_text("utf-8"))) == 1


@pytest.mark.parametrize("form", [Csv(), Json()])
def test_cancelled_half_way_nothing_has_the_name(tmp_path: Path, form: Form) -> None:
    path = tmp_path / "labels"
    path.write_text("the earlier one")
    saving = save_table([FAILED] * 1000, path, form, replace=True)
    assert [next(saving) for _ in range(500)][-1] == 500
    saving.close()
    assert [each.read_text() for each in tmp_path.iterdir()] == ["the earlier one"]


def test_killed_half_way_nothing_has_the_name(tmp_path: Path) -> None:
    program = f"""
import os
from pathlib import Path
from desktop.core.events import State
from desktop.core.save.tables import Csv, Photo, save_table
photo = Photo("/p/a.jpg", None, State.DONE, ())
for number in save_table([photo] * 5000, Path({str(tmp_path / "labels.csv")!r}), Csv()):
    if number == 4000:
        os._exit(9)
"""
    assert subprocess.run([sys.executable, "-c", program], cwd=ROOT, check=False).returncode == 9
    assert not (tmp_path / "labels.csv").exists()


def test_what_cannot_be_written_is_said_in_words(tmp_path: Path) -> None:
    with pytest.raises(AppError, match="cannot be saved") as caught:
        save(tmp_path / "away" / "labels.csv", Csv(), FAILED)
    assert str(tmp_path / "away" / "labels.csv") in caught.value.message


def test_a_full_disk_is_said_in_words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(descriptor: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(AppError, match=os.strerror(errno.ENOSPC)):
        save(tmp_path / "labels.csv", Csv(), FAILED)
    assert list(tmp_path.iterdir()) == []


def test_a_photo_is_written_before_the_next_is_asked_for(tmp_path: Path) -> None:
    photos = iter([FAILED] * 10)
    for done in save_table(photos, tmp_path / "labels.csv", Csv()):
        assert length_hint(photos) == 10 - done
