"""The diagnostics: they help, and nothing private is in them."""

from __future__ import annotations

import errno
import logging
import os
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop.core.diagnostics import LOG_TAIL_BYTES, collect, remove_private
from desktop.core.library.library import Library
from desktop.core.photo.discover import discover
from desktop.core.settings import Connection, Settings
from desktop.recognisers import RECOGNISERS

CONNECTION = Connection(
    "123456789012", "eu-central-1", "tagdrop", "tagdrop-bucket-marked", "tagdrop-table-marked"
)
SECRETS = (
    "AKIAIOSFODNN7EXAMPLE",
    "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
    "hunter2-marked",
    "FwoGZXIvYXdzEBYaDmarked",
    "eyJhbGciOiJIUzI1NiJ9.marked",
    "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
    "1234-5678-9012",
    "210987654321",
    "anna.marked@example.org",
    "Summer in marked place.HEIC",
    "second-marked.jpg",
    "third-marked",
)
LOG = f"""\
2026-01-01 10:00:00 INFO MainThread desktop.app: Tagdrop 0.1, Python 3.13
INFO worker: AKIAIOSFODNN7EXAMPLE signed in to 210987654321 for anna.marked@example.org
INFO worker: aws_secret_access_key = {SECRETS[1]}
INFO worker: {{'SecretAccessKey': '{SECRETS[1]}', "Password": "hunter2-marked"}}
INFO worker: password=hunter2-marked&next=1
INFO worker: Authorization: Bearer eyJhbGciOiJIUzI1NiJ9.marked
INFO worker: x-amz-security-token: FwoGZXIvYXdzEBYaDmarked
INFO worker: arn:aws:iam::210987654321:user/third-marked
INFO worker: {SECRETS[5]} is an image, account 1234-5678-9012
ERROR worker: job 1: /mnt/my photos/Summer in marked place.HEIC
ERROR worker: C:\\Users\\third-marked\\Summer in marked place.HEIC was not read
ERROR worker: 'second-marked.jpg' was not read
INFO worker: 9f86d081884c7d65-third-marked.jpg and second-marked.jpg are late
INFO worker: put to tagdrop-bucket-marked and tagdrop-table-marked
INFO discover: folder passed over: Permission denied: '/media/usb/Photos/Marked papers'
INFO discover: folder passed over: Permission denied: "/media/usb/Anna's marked papers"
INFO discover: folder passed over: No such file: 'C:\\\\Marked papers\\\\2026'
INFO discover: folder passed over: No such file: '\\\\\\\\nas\\\\marked papers'
ERROR worker: job 1: '/media/Marked.jpg and others/it\\'s marked\\nmarked.HEIC'
FileNotFoundError: [Errno 2] No such file: '/marked/one' -> '/marked/two'
ValueError: this line helps
"""


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    library = Library(tmp_path / "data" / "library.db", RECOGNISERS)
    yield library
    library.close()


def write_log(tmp_path: Path, text: str) -> None:
    (tmp_path / "data" / "logs").mkdir(exist_ok=True)
    (tmp_path / "data" / "logs" / "tagdrop.log").write_text(text, encoding="utf-8")


def report(tmp_path: Path, library: Library, settings: Settings | None = None) -> str:
    return collect(
        tmp_path / "data",
        settings or Settings(),
        library,
        version="0.1",
        window={"platform": "offscreen"},
    )


def test_marked_secrets_appear_nowhere(
    tmp_path: Path, library: Library, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOME_TOKEN", "of the surroundings")
    write_log(tmp_path, LOG + f"INFO {home}/notes of {home.name}\nINFO of the surroundings\n")
    text = report(tmp_path, library, Settings(connection=CONNECTION))
    assert [secret for secret in SECRETS if secret in text] == []
    assert CONNECTION.account not in text
    assert "of the surroundings" not in text
    assert str(home) not in text
    assert home.name not in text


def test_a_folder_that_cannot_be_read_is_not_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    folder = tmp_path / "Marked papers of Anna's"
    folder.mkdir()
    look = os.scandir

    def denied(path: str) -> object:
        if os.fspath(path) != str(folder):
            return look(path)
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), path)

    monkeypatch.setattr(os, "scandir", denied)
    with caplog.at_level(logging.INFO):
        assert list(discover([tmp_path])) == []
    assert "Marked" in caplog.text
    text = remove_private(caplog.text)
    assert "Marked" not in text
    assert 'folder passed over: Permission denied: "<path>"' in text


def test_what_helps_is_there(tmp_path: Path, library: Library) -> None:
    library.add_job([tmp_path], "local", again=False)
    write_log(tmp_path, LOG)
    text = report(tmp_path, library, Settings("aws", 70.0, CONNECTION))
    for helpful in (
        "Tagdrop: 0.1",
        "PySide6_Essentials: 6.",
        "platform: offscreen",
        "Labelling: aws",
        "Least confidence: 70",
        "Amazon: connected in eu-central-1",
        "jobs: 1",
        "jobs running (no error): 1",
        "ValueError: this line helps",
        "desktop.app: Tagdrop 0.1",
    ):
        assert helpful in text


def test_a_traceback_stays_readable(tmp_path: Path) -> None:
    line = '  File "/usr/lib/tagdrop/desktop/core/job/job.py", line 12, in _carry'
    assert remove_private(line) == line


def test_only_the_end_of_a_long_log_is_taken(tmp_path: Path, library: Library) -> None:
    write_log(tmp_path, "the first line\n" + "a line\n" * LOG_TAIL_BYTES + "the last line\n")
    text = report(tmp_path, library)
    assert "the first line" not in text
    assert "the last line" in text
    assert len(text) < 2 * LOG_TAIL_BYTES


def test_without_a_log_and_with_a_damaged_library_there_is_still_a_report(
    tmp_path: Path, library: Library
) -> None:
    with library.store.write() as db:
        db.execute("DROP TABLE rules")
    text = report(tmp_path, library)
    assert text.count("cannot be read") == 2


def test_it_can_be_collected_while_the_log_is_written(tmp_path: Path, library: Library) -> None:
    write_log(tmp_path, "")
    handler = logging.FileHandler(tmp_path / "data" / "logs" / "tagdrop.log", encoding="utf-8")
    writer = threading.Thread(
        target=lambda: [
            handler.emit(logging.LogRecord("x", logging.INFO, "", 0, f"line {n}", (), None))
            for n in range(500)
        ]
    )
    writer.start()
    assert "Versions" in report(tmp_path, library)
    writer.join()
    handler.close()
    assert "line 499" in report(tmp_path, library)
