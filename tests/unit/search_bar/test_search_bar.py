"""What people type finds what they want to see: 200 searches over the sample photos."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop.core.backend import Answer
from desktop.core.library.catalog import Catalog, Query
from desktop.core.library.library import Library
from desktop.core.records import LabelRecord
from desktop.core.search.nearest import nearest
from desktop.core.search.thesaurus import Thesaurus
from desktop.recognisers import LOCAL, RECOGNISERS
from desktop.ui.words.label_names import other_names

from .sample_library import LABELS, Search, searches

LEAST = 0.95
"""How many of the searches must find what they should."""
KNOWN_WRONG = ["Frau", "pagoda", "woman"]
"""No label says so: Person and Building are offered for them, by a button."""
CODES = {"English": "en", "German": "de"}


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    library = Library(tmp_path / "library.db", RECOGNISERS)
    paths = [Path("/samples") / name for name in LABELS]
    job = library.add_job([Path("/samples")], LOCAL.name, again=False)
    library.add_items(job.id, paths)
    for item in [*library.job_items(job.id)]:
        image = library.images.identify(item.file_id, item.path, f"{item.id:064x}", 1, 1)
        records = tuple(
            LabelRecord(image.image_name, label, confidence, tuple(parents))
            for label, (confidence, parents) in LABELS[item.path.name].items()
        )
        library.record_answer(job.id, [item.id], image.id, LOCAL.name, Answer(records))
    yield library
    library.close()


def found(catalog: Catalog, library: Library, text: str) -> frozenset[str]:
    """The photos that are shown, if need be after Enter once more: for the first offer."""
    query = Query(terms=catalog.understand(text))
    ids = catalog.find(query, 55)
    offers = () if ids else nearest(catalog, query, 55)
    if offers and offers[0].why == "spelling":
        ids = catalog.find(Query(terms=catalog.understand(offers[0].text)), 55)
    names = {file.file_id: file.path.name for file in library.files()}
    return frozenset(names[file_id].replace(".", "_").partition("_")[0].lower() for file_id in ids)


def test_people_find_what_they_look_for(library: Library) -> None:
    wanted = [*searches()]
    assert Counter(each.language for each in wanted) == {"English": 100, "German": 100}
    catalogs = {
        name: Catalog(library.store, other_names, Thesaurus(code)) for name, code in CODES.items()
    }

    def is_right(each: Search) -> bool:
        shown = found(catalogs[each.language], library, each.text)
        return each.must <= shown <= each.must | each.may

    wrong = [each.text for each in wanted if not is_right(each)]
    assert len(wrong) <= len(wanted) * (1 - LEAST), wrong
    assert sorted(wrong) == KNOWN_WRONG
