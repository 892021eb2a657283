"""What is different on Windows, with its answers put in by hand: the tests run everywhere."""

from __future__ import annotations

import errno
import io
import re
import signal
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from desktop import cli
from desktop.core.diagnostics import remove_private
from desktop.core.files.long_paths import at_any_length, plain
from desktop.core.photo import thumbnails
from desktop.label_command import LabelCommand
from desktop.ui import single_instance
from desktop.ui.photos import file_place
from tests.rig import ROOT
from tests.rig.labelled_photos import LabelledPhotos
from tools.package.windows import photo_types
from tools.windows.downloads import LOCK, for_windows, packages
from tools.windows.explained import LIST, explained

SAMPLES = ROOT / "samples"
ISS = (ROOT / "packaging" / "windows" / "tagdrop.iss").read_text("utf-8")
WITHOUT_CONSOLE = """
import sys
sys.stdout = sys.stderr = None
sys.argv = ["tagdrop", *sys.argv[1:]]
from desktop.__main__ import main
main()
"""
LOOKED_AFTER = """
import sys, threading
from desktop.core.library.store import Store
from desktop import self_check
def slowly(self):
    threading.Event().wait(0.5)
    print("looked after", flush=True)
Store.look_after = slowly
self_check._window()
print("gone", flush=True)
"""


def python(code: str, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", code, *map(str, arguments)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


def test_a_program_without_a_console_labels(tmp_path: Path) -> None:
    output = tmp_path / "labels.json"
    options = ("--format", "json", "--output", output, "--data-dir", tmp_path / "data")
    done = python(WITHOUT_CONSOLE, "label", SAMPLES / "chelsea.png", *options)
    assert (done.returncode, done.stdout) == (0, "")
    assert "Traceback" not in done.stderr  # onnxruntime itself may say something there
    assert '"Cat"' in output.read_text("utf-8")


@pytest.mark.parametrize("command", ["label a.jpg", "save csv", "save keywords --dry-run"])
def test_a_closed_pipe_of_windows_ends_the_command_quietly(
    command: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    class Closed(io.StringIO):
        def write(self, _: str) -> int:
            raise OSError(errno.EINVAL, "Invalid argument")

    photos = LabelledPhotos(tmp_path, SAMPLES)
    photos.label(SAMPLES / "chelsea.png", Cat=99)
    photos.library.close()
    monkeypatch.setattr(LabelCommand, "run", lambda *_, **__: sys.stdout.write("x"))
    monkeypatch.setattr(sys, "stdout", Closed())
    assert cli.run([*command.split(), "--data-dir", str(tmp_path)]) == 1
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize("command", ["label a.jpg", "save csv"])
def test_ctrl_c_before_anything_has_begun_says_nothing(
    command: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr("desktop.app.open_core", lambda *_: signal.raise_signal(signal.SIGINT))
    assert cli.run([*command.split(), "--data-dir", str(tmp_path)]) == 130
    assert capsys.readouterr() == ("", "")


def test_the_window_check_leaves_nobody_at_the_library() -> None:
    assert python(LOOKED_AFTER).stdout.split("\n")[:2] == ["looked after", "gone"]


def test_the_file_manager_is_windows_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    monkeypatch.setattr(file_place, "sys", SimpleNamespace(platform="win32"))
    monkeypatch.setattr(file_place.subprocess, "Popen", asked.append)
    monkeypatch.setenv("SYSTEMROOT", "C:/Windows")
    run_now = SimpleNamespace(run=lambda look, show: show(look(None)))
    photo = tmp_path / "a b.jpg"
    photo.touch()
    file_place.show_in_file_manager(photo, run_now, pytest.fail)  # type: ignore[arg-type]
    assert asked == [f'"{Path("C:/Windows/explorer.exe")}" /select,"{photo}"']


def test_the_person_is_in_no_diagnostics_however_windows_writes_the_name(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(Path, "home", lambda: Path("/users/Anna Müller-Marked"))
    text = "in /USERS/ANNA MÜLLER-MARKED/x, of C:\\Users\\ANNAMÜ~1\\AppData, of anna müller-marked"
    assert remove_private(text) == "in ~/x, of C:\\Users\\<you>\\AppData, of <you>"


def test_a_thumbnail_that_is_read_just_now_is_thrown_away_later(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cache = thumbnails.ThumbnailCache(tmp_path / "kept", max_bytes=1)
    unlink, refusals = Path.unlink, iter([PermissionError()])

    def refused(self: Path, missing_ok: bool = False) -> None:
        for refusal in refusals:
            raise refusal
        unlink(self, missing_ok)

    monkeypatch.setattr(Path, "unlink", refused)
    cache.thumbnail(SAMPLES / "chelsea.png", 100)
    assert len(list((tmp_path / "kept").glob("*/*"))) == 1
    cache.thumbnail(SAMPLES / "coffee.png", 100)
    assert not list((tmp_path / "kept").glob("*/*"))


def test_the_installer_knows_what_says_that_a_window_is_open() -> None:
    """What tools/package/windows.py passes on, for each thing that the script asks for."""
    assert set(re.findall(r"\{#(\w+)\}", ISS)) == {"Mutex", "Version"}
    assert "#include Types" in ISS
    assert re.fullmatch(r"[\w.]+", single_instance.MUTEX)


def test_the_installer_says_everything_in_both_languages() -> None:
    texts = ISS.partition("[CustomMessages]")[2].partition("\n[")[0]
    names = re.findall(r"^(en|de)\.(\w+)=", texts, re.MULTILINE)
    assert {name for code, name in names if code == "en"} == {n for c, n in names if c == "de"}


def test_every_format_of_a_photo_is_offered_for_opening() -> None:
    lines = photo_types().splitlines()
    assert any('ValueName: ".heic"' in line for line in lines)
    assert all(line.startswith("Root: HKA; ") for line in lines)


def test_of_the_lock_counts_what_windows_needs() -> None:
    text = packages()
    assert "pefile==" in text
    assert "secretstorage==" not in text
    assert " ;" not in text
    some = "a==1 ; os_name == 'nt' \\\n    --hash=x\nb==2 ; os_name == 'posix' \\\n    --hash=y\n"
    assert list(for_windows(some)) == ["a==1 \\\n    --hash=x"]
    assert len(list(for_windows(LOCK.read_text("utf-8")))) > 100


def test_what_wine_cannot_do_is_a_list_of_tests_that_exist() -> None:
    reasons = explained(LIST.read_text("utf-8"))
    assert all(reasons.values())
    assert [name for name in reasons if not (ROOT / name.partition("::")[0]).exists()] == []


@pytest.mark.parametrize(
    ("path", "form"),
    [
        ("C:\\photos\\a.jpg", "C:\\photos\\a.jpg"),
        ("C:\\" + "x" * 300, "\\\\?\\C:\\" + "x" * 300),
        ("c:/" + "x" * 300, "\\\\?\\C:\\" + "x" * 300),
        ("\\\\nas\\photos\\" + "x" * 300, "\\\\?\\UNC\\nas\\photos\\" + "x" * 300),
        ("\\\\?\\C:\\" + "x" * 300, "\\\\?\\C:\\" + "x" * 300),
        ("\\\\?\\C:\\photos\\a.jpg", "C:\\photos\\a.jpg"),
        ("\\\\?\\UNC\\nas\\photos\\a.jpg", "\\\\nas\\photos\\a.jpg"),
        ("\\\\?\\Volume{7a}\\a.jpg", "\\\\?\\Volume{7a}\\a.jpg"),
        ("C:\\photos\\con.jpg", "\\\\?\\C:\\photos\\con.jpg"),
        ("C:\\Trip.\\a.jpg", "\\\\?\\C:\\Trip.\\a.jpg"),
    ],
)
def test_a_path_is_written_so_that_windows_takes_it(path: str, form: str) -> None:
    assert at_any_length(path, is_windows=True) == form
    assert at_any_length(form, is_windows=True) == form
    if not path.startswith("\\\\?"):
        assert plain(form, is_windows=True) == path.replace("c:/", "C:\\")
    assert at_any_length(path, is_windows=False) == path
