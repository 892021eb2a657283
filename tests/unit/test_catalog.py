"""Finding, sorting and counting images."""

from __future__ import annotations

import re
import unicodedata
from array import array
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

import pytest

from desktop.core.backend import Answer
from desktop.core.errors import ImageError
from desktop.core.events import State
from desktop.core.library.catalog import Catalog, LabelCount, Query
from desktop.core.library.edits import Edits
from desktop.core.records import NOTHING_ELSE, Findings, LabelRecord, TextLine
from desktop.core.search.language import parse_search

from .test_edits import Album

ANIMALS = (LabelRecord("", "Animal", 60.0), LabelRecord("", "Cow", 60.0, ("Animal",)))


@pytest.fixture
def album(tmp_path: Path) -> Iterator[Album]:
    album = Album(tmp_path / "library.db")
    album.label("beach.jpg", Beach=90, Dog=60, Sea=45)
    album.label("dog and cat.jpg", Dog=95, Cat=80)
    album.label("100%_cat.jpg", Cat=50)
    album.label("nothing.jpg")
    yield album
    album.library.close()


def found(album: Album, query: Query, least: float = 55, **names: str) -> list[str]:
    catalog = Catalog(album.library.store, lambda label: [names[label]] if label in names else [])
    ids = catalog.find(query, least, "name")
    files = {file.file_id: file.path.name for file in album.library.files()}
    return [files[file_id] for file_id in ids]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("dog", ["beach.jpg", "dog and cat.jpg"]),
        ("DOG -cat", ["beach.jpg"]),
        ("dog cat", ["dog and cat.jpg"]),
        ("beach", ["beach.jpg"]),
        ("bea", ["beach.jpg"]),
        ("sea", []),  # 45 per cent: not sure enough
        ("100%_", ["100%_cat.jpg"]),
        ("%", ["100%_cat.jpg"]),
        ("-dog", ["100%_cat.jpg", "nothing.jpg"]),
        ('"and cat"', ["dog and cat.jpg"]),
        ("zebra", []),
        ("'; DROP TABLE files; --", []),
    ],
)
def test_words_are_looked_for_in_labels_and_names(
    album: Album, text: str, names: list[str]
) -> None:
    assert found(album, Query(terms=parse_search(text))) == names


@pytest.mark.parametrize("text", ["übung", "ÜBUNG", "ärzte", "Ü", "STRASSE", '"weiß"'])
@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_names_are_found_in_any_case_and_form_of_accents(
    album: Album, text: str, form: Literal["NFC", "NFD"]
) -> None:
    name = unicodedata.normalize(form, "Übung ärzte Straße WEISS.jpg")
    album.label(name)
    assert found(album, Query(terms=parse_search(text))) == [name]
    other = unicodedata.normalize("NFD", text)
    assert found(album, Query(terms=parse_search(other))) == [name]


def test_a_letter_without_its_accent_is_another_one(album: Album) -> None:
    album.label(unicodedata.normalize("NFD", "Ü.jpg"))
    assert found(album, Query(terms=parse_search("u.jpg"))) == []


def test_a_label_is_found_whatever_its_form_of_accents(album: Album) -> None:
    album.label("x.jpg", Möwe=90)
    text = unicodedata.normalize("NFD", "MÖW")
    assert found(album, Query(terms=parse_search(text))) == ["x.jpg"]


def test_a_long_pasted_text_is_a_search_like_any_other(album: Album) -> None:
    text = " ".join(f"word{number}" for number in range(2000))
    assert found(album, Query(terms=parse_search(text))) == []


def test_a_label_is_found_by_its_other_name(album: Album) -> None:
    album.label("x.jpg", Thingummy=90)
    query = Query(terms=parse_search("dingsbums"))
    assert found(album, query) == []
    assert found(album, query, Thingummy="Dingsbums") == ["x.jpg"]


def test_labels_combine_and_exclude_at_the_chosen_confidence(album: Album) -> None:
    assert found(album, Query(labels=("Dog", "Cat"))) == ["dog and cat.jpg"]
    assert found(album, Query(labels=("Dog",), without=("Cat",))) == ["beach.jpg"]
    assert found(album, Query(labels=("Cat",)), least=85) == []
    assert found(album, Query(labels=("Cat",)), least=40) == ["100%_cat.jpg", "dog and cat.jpg"]


def test_what_you_keep_counts_at_any_confidence(album: Album) -> None:
    (cat,) = [f for f in album.library.files() if f.path.name == "100%_cat.jpg"]
    assert cat.image_id
    album.change("Keep", cat.image_id, "Cat", "keep")
    assert found(album, Query(labels=("Cat",)), least=99) == ["100%_cat.jpg"]


def test_to_review_is_what_nothing_sure_and_nobody_looked_at(album: Album) -> None:
    assert found(album, Query(place="review")) == ["100%_cat.jpg", "nothing.jpg"]
    (cat,) = [f for f in album.library.files() if f.path.name == "100%_cat.jpg"]
    assert cat.image_id
    album.change("Remove", cat.image_id, "Cat", "remove")
    assert found(album, Query(place="review")) == ["nothing.jpg"]


def test_counts_tell_what_the_slider_hides(album: Album) -> None:
    album.library.add_items(album.job_id, [Path("/other/bad.jpg")])
    items = list(album.library.job_items(album.job_id))
    album.library.set_final([items[-1].id], State.FAILED, ImageError("Bad"))
    counts = Catalog(album.library.store).count(55)
    assert (counts.everything, counts.to_review, counts.failed) == (5, 2, 1)
    assert counts.labels == (("Dog", 2), ("Beach", 1), ("Cat", 1))
    assert counts.folders == ((Path("/other"), 1), (Path("/photos"), 4))
    assert (counts.hidden_labels, counts.images_with_none_left) == (2, 1)
    assert found(album, Query(folder=Path("/other"))) == ["bad.jpg"]
    assert found(album, Query(place="failed")) == ["bad.jpg"]


def test_what_no_photo_holds_any_more_is_not_counted(album: Album) -> None:
    before = Catalog(album.library.store).count(55)
    album.label("edited.jpg", Dog=90, Sea=45)
    album.label("unsure.jpg", Sea=45)
    for name in ("edited.jpg", "unsure.jpg"):  # as a photo program writes over a photo
        (file,) = [f for f in album.library.files() if f.path.name == name]
        album.library.images.identify(file.file_id, file.path, name[0] * 64, 2, 2)
    after = Catalog(album.library.store).count(55)
    assert after.labels == before.labels
    assert after.hidden_labels == before.hidden_labels
    assert after.images_with_none_left == before.images_with_none_left


@pytest.mark.parametrize("query", [Query(labels=("Dog",)), Query(folder=Path("/photos"))])
def test_a_filter_is_answered_by_indexes_alone(
    album: Album, query: Query, monkeypatch: pytest.MonkeyPatch
) -> None:
    search, asked = album.library.store.search, []
    monkeypatch.setattr(
        album.library.store, "search", lambda *args: asked.append(args) or search(*args)
    )
    assert Catalog(album.library.store).find(query, 55)
    ((sql, values),) = asked
    plan = [row["detail"] for row in search(f"EXPLAIN QUERY PLAN {sql}", values)]
    tables = [step for step in plan if re.match(r"(SEARCH|SCAN) (?!.*subquery)", step)]
    assert tables
    assert all("USING COVERING INDEX" in step for step in tables), plan


@pytest.mark.parametrize("sort", ["added", "taken", "name", "surest", "state"])
def test_every_order_shows_every_image_once(album: Album, sort: str) -> None:
    ids = Catalog(album.library.store).find(Query(), 55, sort)  # type: ignore[arg-type]
    assert sorted(ids) == [file.file_id for file in album.library.files()]


def test_days_are_told_in_the_order_of_the_photos(album: Album) -> None:
    for name, taken_at in (("old", "2024-05-01T10:00:00"), ("new", "2025-05-01T10:00:00")):
        for number in range(2):
            image_id = album.label(f"{name} {number}")
            album.library.images.set_taken(image_id, taken_at, is_from_name=False)
    catalog = Catalog(album.library.store)
    ids = catalog.find(Query(), 55, "taken")
    days = [("2025-05-01", 2), ("2024-05-01", 2), (None, len(ids) - 4)]
    assert catalog.days(ids) == days
    assert catalog.days([ids[0], ids[-1], ids[1]]) == [
        ("2025-05-01", 1),
        (None, 1),
        ("2025-05-01", 1),
    ]


def test_the_surest_comes_first(album: Album) -> None:
    first, *_ = Catalog(album.library.store).find(Query(), 55, "surest")
    file = album.library.file(first)
    assert file
    assert file.path.name == "dog and cat.jpg"


def test_labels_of_some_images_are_counted_as_they_are_shown(album: Album) -> None:
    cat = album.label("kept", Rat=30, Dog=60)
    album.label("unsure", Rat=30, Dog=95)
    album.change("Keep", cat, "Rat", "keep")
    ids = [file.file_id for file in album.library.files()][-2:]
    catalog = Catalog(album.library.store)
    assert catalog.labels_of(ids, 55) == [LabelCount("Dog", 2, 0), LabelCount("Rat", 1, 1)]
    assert catalog.labels_of([], 55) == []


def test_labels_are_listed_file_by_file_as_they_are_shown(album: Album) -> None:
    cat = album.label("kept", Rat=30, Ant=60, Dog=60)
    album.label("again", Dog=60)
    album.change("Keep", cat, "Rat", "keep")
    album.library.add_items(album.job_id, [Path("/photos/waits")])
    album.library.add_items(
        album.library.add_job([Path("/photos")], "local", again=True).id, [Path("/photos/again")]
    )
    kept, again, waits = [file.file_id for file in album.library.files()][-3:]
    catalog = Catalog(album.library.store)
    assert catalog.labels_by_file([waits, kept, again], 55) == [
        ("waits", []),
        ("kept", ["Ant", "Dog", "Rat"]),
        ("again", ["Dog"]),  # until it has others
    ]
    shown = album.library.effective_labels(cat)
    assert [each.record.label for each in shown] == ["Ant", "Dog", "Rat"]
    exact = LabelRecord("", "Zebu", 60.0, ("Cow", "Animal"))
    row = album.library.file(again)
    assert row is not None
    assert row.image_id is not None
    album.library.record_answer(album.job_id, [], row.image_id, "aws", Answer((exact, *ANIMALS)))
    with album.library.store.write() as db:
        db.execute("UPDATE items SET state = 'skipped'")
    listed = [r.record.label for r in album.library.effective_labels(row.image_id)]
    assert catalog.labels_by_file([again], 55) == [("again", listed)]
    assert listed == ["Zebu", "Cow", "Animal"]


def test_every_count_counts_photos_not_pictures(album: Album) -> None:
    album.label("a/same.jpg", Dog=90, Cow=40)
    library = album.library
    (file,) = [f for f in library.files() if f.path.name == "same.jpg"]
    for folder in ("b", "c"):
        copy = Path("/photos") / folder / "same.jpg"
        library.add_items(album.job_id, [copy])
        (item,) = [i for i in library.job_items(album.job_id) if i.path == copy]
        digest = b"a/same.jpg".hex().ljust(64, "0")
        assert library.images.identify(item.file_id, copy, digest, 1, 1).id == file.image_id
        library.set_final([item.id], State.SKIPPED)
    catalog = Catalog(library.store)
    counts = catalog.count(55)
    assert dict(counts.labels)["Dog"] == len(catalog.find(Query(labels=("Dog",)), 55)) == 5
    assert counts.everything == sum(n for _, n in counts.folders) == len(catalog.find(Query(), 55))
    assert counts.hidden_labels == catalog.count(0).hidden_labels + 3 + 2  # Cow, Sea and Cat
    assert catalog.count(99).images_with_none_left == len(
        catalog.find(Query(without=("Dog",)), 99)
    ) - len(catalog.find(Query(terms=parse_search("nothing")), 99))
    others = [Path(f"/photos/{folder}/same.jpg") for folder in ("b", "c")]
    assert catalog.duplicates(file.file_id) == others
    Edits(library.store).remove_files("gone", [file.file_id])
    assert dict(catalog.count(55).labels)["Dog"] == 4


def test_what_is_hidden_is_counted_among_the_photos_that_are_shown(album: Album) -> None:
    catalog = Catalog(album.library.store)

    def hidden(least: float, *labels: str) -> tuple[int, int]:
        return catalog.count_hidden(array("q", catalog.find(Query(labels=labels), least)), least)

    for _ in range(2):  # in the library, then in what a search by words keeps of it
        assert hidden(55) == (2, 1)  # Sea, and the only label of 100%_cat
        assert hidden(55, "Beach") == (1, 0)
        assert hidden(70, "Beach") == (2, 0)
        assert hidden(55, "No such label") == (0, 0)
        catalog.prepare()


def test_edited_and_favourite_photos_are_counted_among_some(album: Album) -> None:
    catalog, files = Catalog(album.library.store), album.library.files()
    ids = [file.file_id for file in files]
    assert (catalog.count_edited(ids), catalog.count_favourites(ids)) == (0, 0)
    beach = files[0]
    album.library.images.identify(beach.file_id, beach.path, "e" * 64, 2, 2)  # drawn over
    album.edits.set_favourite("like", ids[1:3], is_favourite=True)
    assert (catalog.count_edited(ids), catalog.count_favourites(ids)) == (1, 2)
    assert (catalog.count_edited(ids[1:]), catalog.count_favourites(ids[2:])) == (0, 1)


def test_what_was_found_besides_labels_is_told_of_one_photo(album: Album) -> None:
    catalog, file = Catalog(album.library.store), album.library.files()[0]
    assert catalog.findings(file.file_id) == NOTHING_ELSE
    (item, *_) = album.library.job_items(album.job_id)
    assert file.image_id is not None
    line = TextLine("NO ENTRY", 98.0, 0.1, 0.2, 0.3, 0.1)
    album.library.record_answer(
        album.job_id, [item.id], file.image_id, "aws", Answer((), texts=(line,))
    )
    assert catalog.findings(file.file_id) == Findings((line,), ())
    assert catalog.findings(album.library.files()[1].file_id) == NOTHING_ELSE
