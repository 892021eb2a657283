"""The settings file: kept, refused, set aside; never wiped."""

from __future__ import annotations

import json
import threading
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import pytest

from desktop.app import open_core
from desktop.core.errors import StorageError
from desktop.core.settings import (
    FILE_NAME,
    Connection,
    Settings,
    change_settings,
    load_settings,
)

CONNECTION = Connection("123456789012", "eu-central-1", "tagdrop", "bucket", "table")


def test_what_was_saved_comes_back(tmp_path: Path) -> None:
    settings = Settings(
        "aws",
        70,
        CONNECTION,
        appearance="dark",
        language="de",
        thumbnail_px=128,
        monthly_limit_dollars=7.5,
        dollars_per_1000=0.8,
        listed_prices={"eu-central-1": 1.1},
        amazon_per_s=50.0,
        also_text=True,
        also_explicit=True,
        retention_days=30,
        deletes_copies=False,
        refused_model="lite0",
        keywords_in_files=True,
        sidecar_naming="stem",
        keyword_min_confidence=80,
        keyword_confirmed_only=True,
        keyword_parents=True,
        keyword_prefix="Auto",
        keyword_language="de",
        most_keywords=5,
        keeps_keywords=True,
    )
    change_settings(tmp_path / "new", lambda _: settings)
    assert load_settings(tmp_path / "new") == settings


def test_without_a_file_there_are_defaults(tmp_path: Path) -> None:
    assert load_settings(tmp_path) == Settings("", 55.0, None)
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("language", "tlh"),
        ("keywords_in_files", 1),
        ("sidecar_naming", "other"),
        ("keyword_min_confidence", 101),
        ("keyword_confirmed_only", "yes"),
        ("keyword_parents", None),
        ("keyword_prefix", 5),
        ("keyword_language", "tlh"),
        ("most_keywords", -1),
        ("most_keywords", True),
        ("keeps_keywords", 0),
        ("language", ["de"]),
        ("monthly_limit_dollars", None),
        ("monthly_limit_dollars", -1),
        ("monthly_limit_dollars", "5"),
        ("monthly_limit_dollars", True),
        ("dollars_per_1000", float("nan")),
        ("dollars_per_1000", 1e9),
        ("listed_prices", [1.1]),
        ("listed_prices", {"eu-central-1": "1.1"}),
        ("also_text", "yes"),
        ("also_explicit", 1),
        ("refused_model", None),
        ("retention_days", 0),
        ("retention_days", 366),
        ("retention_days", 1.5),
        ("backend", 5),
        ("backend", ["aws"]),
        ("min_confidence", 101),
        ("min_confidence", int("9" * 400)),
        ("min_confidence", float("nan")),
        ("min_confidence", [1]),
        ("appearance", "pink"),
        ("appearance", ["dark"]),
        ("thumbnail_px", 5),
        ("thumbnail_px", float("inf")),
        ("thumbnail_px", "wide"),
        ("connection", 5),
        ("connection", {"account": "1"}),
        ("connection", {**asdict(CONNECTION), "bucket": ""}),
        ("connection", {**asdict(CONNECTION), "profile": 5}),
    ],
)
def test_a_strange_value_is_the_usual_one_and_costs_nothing(
    tmp_path: Path, name: str, value: Any
) -> None:
    def read() -> dict[str, Any]:
        data: dict[str, Any] = json.loads((tmp_path / FILE_NAME).read_text())
        return data

    usual = {name: getattr(Settings(), name)}
    before = Settings("aws", 70, CONNECTION, thumbnail_px=128, monthly_limit_dollars=1)
    change_settings(tmp_path, lambda _: before)
    (tmp_path / FILE_NAME).write_text(json.dumps(read() | {name: value}))
    loaded = load_settings(tmp_path)
    assert loaded == replace(before, **usual)
    change_settings(tmp_path, lambda _: replace(loaded, tells_of_updates=False))
    assert str(read()[name]) == str(value)  # a later version may know what it means
    chosen: dict[str, Any] = {
        "backend": "aws",
        "connection": replace(CONNECTION, bucket="another"),
        "appearance": "dark",
        "language": "de",
        "thumbnail_px": 256,
        "also_text": True,
        "also_explicit": True,
        "refused_model": "lite0",
        "listed_prices": {"eu-central-1": 1.3},
        "retention_days": 7,
        "keywords_in_files": True,
        "sidecar_naming": "stem",
        "keyword_confirmed_only": True,
        "keyword_parents": True,
        "keyword_prefix": "Auto",
        "keyword_language": "de",
        "most_keywords": 5,
        "keeps_keywords": True,
    }
    after = replace(loaded, **{name: chosen.get(name, 2.5)})
    change_settings(tmp_path, lambda _: after)
    assert load_settings(tmp_path) == after


def test_what_a_later_version_added_is_kept(tmp_path: Path) -> None:
    (tmp_path / FILE_NAME).write_text('{"version": 1, "theme": "dark"}')
    change_settings(tmp_path, lambda _: replace(load_settings(tmp_path), backend="aws"))
    assert json.loads((tmp_path / FILE_NAME).read_text())["theme"] == "dark"


@pytest.mark.expects_log("cannot be understood")
def test_a_file_cut_at_any_byte_is_set_aside_and_the_next_choice_kept(tmp_path: Path) -> None:
    change_settings(tmp_path, lambda _: Settings("aws", 70, CONNECTION))
    path = tmp_path / FILE_NAME
    whole = path.read_bytes()
    for length in range(len(whole)):
        path.write_bytes(whole[:length])
        assert load_settings(tmp_path) == Settings()
        (kept,) = tmp_path.glob(f"{FILE_NAME}.damaged-*")
        assert kept.read_bytes() == whole[:length]
        kept.unlink()
    change_settings(tmp_path, lambda kept: replace(kept, language="de"))
    assert load_settings(tmp_path) == Settings(language="de")


def test_settings_of_a_newer_program_are_refused_and_left_alone(tmp_path: Path) -> None:
    (tmp_path / FILE_NAME).write_text('{"version": 99}')
    with pytest.raises(StorageError, match="newer"):
        change_settings(tmp_path, lambda kept: replace(kept, backend="aws"))
    assert (tmp_path / FILE_NAME).read_text() == '{"version": 99}'


def test_what_two_threads_change_at_once_is_kept_of_both(tmp_path: Path) -> None:
    """The window keeps a choice while a set-up keeps its connection."""
    reading = threading.Barrier(2, timeout=10)

    def connect() -> None:
        reading.wait()
        change_settings(tmp_path, lambda kept: replace(kept, connection=CONNECTION))

    def choose(kept: Settings) -> Settings:
        reading.wait()  # now the other one wants to write
        return replace(kept, backend="aws")

    other = threading.Thread(target=connect)
    other.start()
    change_settings(tmp_path, choose)
    other.join()
    assert load_settings(tmp_path) == Settings("aws", connection=CONNECTION)


def test_the_window_keeps_what_a_shell_has_changed_meanwhile(tmp_path: Path) -> None:
    core = open_core(tmp_path, Settings())
    change_settings(tmp_path, lambda kept: replace(kept, connection=CONNECTION, retention_days=30))
    core.save_settings(replace(core.settings, min_confidence=70))
    core.save_settings(replace(core.settings, language="de"))
    core.library.close()
    assert load_settings(tmp_path) == Settings(
        min_confidence=70, connection=CONNECTION, retention_days=30, language="de"
    )


def test_a_connection_of_an_earlier_program_has_no_profile(tmp_path: Path) -> None:
    kept = {name: value for name, value in asdict(CONNECTION).items() if name != "profile"}
    (tmp_path / FILE_NAME).write_text(json.dumps({"connection": kept}))
    assert load_settings(tmp_path).connection == replace(CONNECTION, profile="")
