"""What looks at every question's plan sees what it should."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop.core.library.library import Library
from tests.rig.query_plans import complaint


@pytest.mark.parametrize(
    ("sql", "is_whole"),
    [
        ("SELECT id FROM files WHERE name = 'a'", True),
        ("SELECT f.id FROM jobs j JOIN files f ON f.mtime_ns = j.id", True),
        ("SELECT count(*) FROM shown WHERE confidence > 5", True),
        ("SELECT id FROM files WHERE path = x'00'", False),
        ("SELECT id FROM files ORDER BY id DESC LIMIT 1", True),  # its reason has to be said
        ("SELECT id FROM images WHERE favourite", False),  # an index of these alone
        ("SELECT count(*) FROM jobs WHERE backend = 1", False),  # a person starts few
        ("SELECT value FROM json_each('[]') JOIN files ON files.id = value", False),
        (
            "SELECT 1 FROM (SELECT f.id FROM files f WHERE NOT f.removed ORDER BY f.id)",
            False,
        ),
    ],
)
def test_a_table_that_is_read_whole_is_told(tmp_path: Path, sql: str, is_whole: bool) -> None:
    library = Library(tmp_path / "library.db")
    plan = [row["detail"] for row in library.store.read(f"EXPLAIN QUERY PLAN {sql}")]
    assert (complaint(sql, plan) is not None) == is_whole, plan
    library.close()
