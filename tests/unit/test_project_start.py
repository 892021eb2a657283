"""`make run` opens the window or labels in the terminal; tools/bootstrap says what it misses."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.rig import ROOT

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="make and a shell of POSIX")
ALWAYS_A_SCREEN = sys.platform == "darwin"


def script(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.unlink(missing_ok=True)  # writing through a link would harm the system's own tool
    path.write_text(f"#!/bin/sh\n{text}\n")
    path.chmod(0o755)


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """The real Makefile in a folder with a blank; `tagdrop` prints what it was given."""
    folder = tmp_path / "a checkout"
    script(folder / "tools" / "bootstrap", 'echo "prepare $*" >>prepared')
    script(folder / ".venv" / "bin" / "tagdrop", 'printf "%s\\n" tagdrop "$@"')
    shutil.copy(ROOT / "Makefile", folder)
    return folder


def start(checkout: Path, *arguments: str, display: str = "") -> list[str]:
    environment = {
        name: value
        for name, value in os.environ.items()
        if name not in {"PHOTOS", "PYTHON", "WAYLAND_DISPLAY", "MAKEFLAGS", "MAKELEVEL"}
    }
    result = subprocess.run(
        ["make", "run", *arguments],
        cwd=checkout,
        env=environment | {"DISPLAY": display},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    assert (checkout / "prepared").read_text() == "prepare run\n"
    return result.stdout.splitlines()


def test_with_a_screen_the_window_opens(checkout: Path) -> None:
    assert start(checkout, display=":0") == ["tagdrop"]


def test_with_a_screen_the_window_takes_the_folder(checkout: Path) -> None:
    assert start(checkout, "PHOTOS=/my photos/2025", display=":0") == ["tagdrop", "/my photos/2025"]


@pytest.mark.skipif(ALWAYS_A_SCREEN, reason="a Mac always has a screen")
def test_without_a_screen_the_samples_are_labelled(checkout: Path) -> None:
    assert start(checkout) == ["tagdrop", "label", "samples"]


@pytest.mark.skipif(ALWAYS_A_SCREEN, reason="a Mac always has a screen")
def test_without_a_screen_the_folder_is_labelled(checkout: Path) -> None:
    assert start(checkout, "PHOTOS=/my photos") == ["tagdrop", "label", "/my photos"]


def test_a_tilde_that_the_shell_left_alone_is_the_home_folder(checkout: Path, home: Path) -> None:
    assert start(checkout, "PHOTOS=~/my photos")[-1] == f"{home}/my photos"


def test_a_failed_set_up_starts_nothing(checkout: Path) -> None:
    script(checkout / "tools" / "bootstrap", "exit 1")
    with pytest.raises(subprocess.CalledProcessError) as failure:
        start(checkout)
    assert failure.value.stdout == ""


def bootstrap(
    folder: Path, kind: str = "run", **environment: str
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["tools/bootstrap", kind],
        cwd=folder,
        env=environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


@pytest.fixture
def bare(tmp_path: Path) -> Path:
    """A checkout before its first start, and `bin` with the few tools a system always has."""
    for name in ("tools/bootstrap", "pyproject.toml", "requirements.lock"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        shutil.copy(ROOT / name, tmp_path / name)
    (tmp_path / "bin").mkdir()
    for tool in ("sh", "dirname", "cat", "cksum", "uname", "id", "grep", "mkdir", "cp"):
        (tmp_path / "bin" / tool).symlink_to(shutil.which(tool) or tool)
    return tmp_path


def test_without_a_python_that_fits_the_person_is_told_what_is_needed(bare: Path) -> None:
    script(bare / "bin" / "python3", "exit 1")
    result = bootstrap(bare, PATH=str(bare / "bin"))
    assert result.returncode == 1
    assert "needs Python 3.11, 3.12 or 3.13" in result.stderr
    assert "make run PYTHON=" in result.stderr
    assert not (bare / ".venv").exists()


def test_a_named_python_that_does_not_fit_is_refused_by_name(bare: Path) -> None:
    script(bare / "bin" / "python2", "exit 1")
    result = bootstrap(bare, PATH=str(bare / "bin"), PYTHON="python2")
    assert result.returncode == 1
    assert result.stderr == "PYTHON=python2 is not a Python 3.11, 3.12 or 3.13.\n"


INSTALLED = """Package: libgl1
Status: install ok installed

Package: libegl1
Status: deinstall ok config-files

Package: libglib2.0-0t64
Status: install ok installed
Provides: libother (= 1), libglib2.0-0 (= 2.80.0-6ubuntu3)

Package: libxkb
Status: deinstall ok config-files
Provides: libxkbcommon0
"""
"""What dpkg keeps, as far as it matters here: a name of Ubuntu 24.04 and two removed packages."""


@pytest.mark.skipif(not shutil.which("dpkg-query"), reason="asks Debian's own tool")
def test_without_root_the_person_is_told_what_to_install(bare: Path) -> None:
    (bare / "bin" / "python3").symlink_to(sys.executable)
    (bare / "bin" / "dpkg-query").symlink_to(shutil.which("dpkg-query") or "")
    (bare / "dpkg").mkdir()
    always = "Maintainer: M\nDescription: D\nArchitecture: all\nVersion: 1\nStatus"
    (bare / "dpkg" / "status").write_text(INSTALLED.replace("Status", always))
    script(bare / "bin" / "apt-get", "exit 1")
    script(bare / "bin" / "id", "echo 1000")
    path = str(bare / "bin")
    result = bootstrap(bare, PATH=path, DISPLAY=":0", DPKG_ADMINDIR=str(bare / "dpkg"))
    assert result.returncode == 1
    *_, command, _, failure = result.stderr.splitlines()
    assert command.strip().startswith("sudo apt-get update && sudo apt-get install")
    assert "could not" in failure
    assert " libegl1 " in command
    assert " libxkbcommon0 " in command
    assert " libgl1 " not in command
    assert " libglib2.0-0 " not in command
    assert not (bare / ".venv").exists()


def test_what_is_to_be_installed_is_said_before_it_is(bare: Path) -> None:
    tools = bare / "bin"
    script(tools / "python3", f'exec {sys.executable} "$@"')
    script(tools / "dpkg-query", "exit 1")
    script(tools / "id", "echo 0")
    (tools / "env").symlink_to(shutil.which("env") or "")
    script(tools / "apt-get", 'echo "apt-get called: $*" >&2; exit 1')
    said = bootstrap(bare, "test", PATH=str(tools)).stderr
    before, called, after = said.partition("apt-get called")
    assert called
    assert " xvfb" in before
    assert "sudo apt-get update && sudo apt-get install" in before
    assert "run the line above" in after


@pytest.mark.parametrize("change", ["requirements.lock", "pyproject.toml", ".venv/.ready-run"])
def test_a_prepared_checkout_is_left_alone_until_something_changes(bare: Path, change: str) -> None:
    path = str(bare / "bin")
    script(bare / ".venv" / "bin" / "python", "echo Python 3.11.2")
    stamp = bare / ".venv" / ".ready-run"
    listed = subprocess.run(
        ["cksum", "requirements.lock", "pyproject.toml", "tools/bootstrap"],
        cwd=bare,
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    stamp.write_text(f"{bare}\nPython 3.11.2\n{listed}")
    # There is no Python on the path: only a set-up that does nothing can succeed.
    untouched = bootstrap(bare, PATH=path)
    assert (untouched.returncode, untouched.stderr) == (0, "")
    with (bare / change).open("a") as file:
        file.write("# changed\n")
    assert "needs Python" in bootstrap(bare, PATH=path).stderr


PYTHON = """
case "$*" in "-m venv --clear "*)
    mkdir -p "$4/bin" && cp "$0" "$4/bin/python"
    echo "command = $0 -m venv --clear $PWD/$4" >"$4/pyvenv.cfg"
esac
"""
"""A Python that makes environments and finds every package at once."""


def test_an_environment_is_made_anew_where_its_checkout_was_moved_to(bare: Path) -> None:
    checkout, moved = bare / "here" / "a checkout", bare / "a checkout"
    tools = bare / "bin"
    (checkout / "tools").mkdir(parents=True)
    for name in ("tools/bootstrap", "pyproject.toml", "requirements.lock"):
        shutil.copy(bare / name, checkout / name)
    script(tools / "python3", PYTHON)
    assert "Making .venv" in bootstrap(checkout, PATH=str(tools)).stderr
    with (checkout / "requirements.lock").open("a") as lock:
        lock.write("# changed\n")
    kept = bootstrap(checkout, PATH=str(tools))
    assert "Making" not in kept.stderr
    assert "Installing the packages" in kept.stderr
    checkout.rename(moved)
    # The scripts in it name the place where they were made.
    assert "Making .venv" in bootstrap(moved, PATH=str(tools)).stderr
    assert bootstrap(moved, PATH=str(tools)).stderr == ""


def test_an_environment_that_is_another_checkouts_stays_as_it_is(bare: Path) -> None:
    script(bare / "bin" / "python3", PYTHON)
    script(bare / "bin" / "rm", f'exec {shutil.which("rm")} "$@"')
    script(bare / "theirs" / "bin" / "python", "echo theirs")
    (bare / ".venv").symlink_to(bare / "theirs")
    assert "Making .venv" in bootstrap(bare, PATH=str(bare / "bin")).stderr
    assert not (bare / ".venv").is_symlink()
    assert [path.name for path in (bare / "theirs").rglob("*")] == ["bin", "python"]


DEBIANS = """
[ "$1" = -c ] || exit 0
exec {python} -c "import sys, sysconfig
sys.base_prefix = '/usr'
sysconfig.get_config_var = dict(LIBDIR='{folder}', INSTSONAME='libpython.so').get
$2"
"""
"""Debian's own Python, its library to be in that folder."""


def test_the_tests_are_told_what_packages_the_program(bare: Path) -> None:
    tools = bare / "bin"
    script(tools / "python3", DEBIANS.format(python=sys.executable, folder=bare))
    script(tools / "dpkg-query", "exit 1")
    script(tools / "apt-get", "exit 1")
    script(tools / "id", "echo 1000")
    library = f" libpython3.{sys.version_info.minor} "
    said = bootstrap(bare, "test", PATH=str(tools)).stderr
    assert " binutils " in said
    assert library in said
    assert library not in bootstrap(bare, PATH=str(tools)).stderr
    (bare / "libpython.so").touch()
    assert library not in bootstrap(bare, "test", PATH=str(tools)).stderr
    (bare / "libpython.so").unlink()
    script(tools / "python3", f'exec {sys.executable} "$@"')  # not Debian's: none of its packages
    assert library not in bootstrap(bare, "test", PATH=str(tools)).stderr
