"""Use the Windows program as a new person would, from its folder to its removal; on Windows.

    python -m tools.windows.proof

Takes what `python -m tools.package` has made. Checks the program's folder by itself and by
labelling the samples; installs it for this person alone, starts it from the Start menu, labels by a
second start, installs over the running window, removes it, and lists what stayed. It leaves the
person's own library alone: where there is one, it does not begin.
"""

from __future__ import annotations

import ctypes
import json
import os
import shutil
import sqlite3
import subprocess
import sys
import time
import winreg
from collections.abc import Callable, Iterator
from contextlib import closing
from ctypes import wintypes
from pathlib import Path

from PIL import ImageGrab

from desktop import __version__
from desktop.ui.single_instance import MUTEX

assert sys.platform == "win32"

ROOT = Path(__file__).parents[2]
DIST = ROOT / "dist"
PICTURES = ROOT / "build" / "proof"
SAMPLES = ROOT / "samples"
PATIENCE_S = 120.0
SILENT = ("/VERYSILENT", "/SUPPRESSMSGBOXES", "/NORESTART")
LOCAL = Path(os.environ["LOCALAPPDATA"])
ROAMING = Path(os.environ["APPDATA"])
LIBRARY = LOCAL / "Tagdrop"
PROGRAM = LOCAL / "Programs" / "Tagdrop"
ENTRY = ROAMING / "Microsoft" / "Windows" / "Start Menu" / "Programs" / "Tagdrop.lnk"
UNINSTALL = r"Software\Microsoft\Windows\CurrentVersion\Uninstall"
PERSONALISATION = r"Software\Microsoft\Windows\CurrentVersion\Themes\Personalize"
WM_CLOSE = 0x0010
SYNCHRONIZE = 0x00100000


def main() -> None:
    if LIBRARY.exists() or PROGRAM.exists():
        sys.exit("Tagdrop is used on this computer: the proof wants one of its own.")
    shutil.rmtree(PICTURES, ignore_errors=True)
    PICTURES.mkdir(parents=True)
    installer = DIST / f"tagdrop-{__version__}-windows.exe"
    step("checks itself", check_folder)
    step("labels the samples in a terminal", label_samples)
    set_dark(False)
    before = set(traces())
    step("installs", lambda: run(installer, *SILENT, f"/LOG={PICTURES / 'install.log'}"))
    step("is whole", check_installed)
    step("starts from the Start menu", lambda: start_from_menu("started"))
    step("labels by a second start", label_by_second_start)
    step("installs over the open window", lambda: run(installer, *SILENT))
    expect(not is_open(), "the installer has not closed the window")
    set_dark(True)
    step("starts again, in dark mode", lambda: start_from_menu("dark"))
    step("closes", close)
    step("is removed", remove)
    left = sorted(set(traces()) - before)
    print("\n".join(["What stayed:", *left] if left else ["Nothing stayed."]))
    kept = [each for each in left if each.startswith(str(LIBRARY))]
    expect(left == kept, "more than the library stayed")
    expect((LIBRARY / "library.db").is_file(), "the library is gone")
    shutil.rmtree(LIBRARY)


def step(name: str, act: Callable[[], object]) -> None:
    """Do it, and say how long it took."""
    began = time.monotonic()
    act()
    print(f"ok  {name} ({time.monotonic() - began:.1f} s)", flush=True)


def expect(is_so: bool, otherwise: str) -> None:
    if not is_so:
        raise SystemExit(f"FAILED: {otherwise}")


def until(is_so: Callable[[], bool], otherwise: str, patience_s: float = PATIENCE_S) -> None:
    deadline = time.monotonic() + patience_s
    while not is_so():
        expect(time.monotonic() < deadline, otherwise)
        time.sleep(0.1)


def run(program: Path, *arguments: str) -> str:
    """Run it to its end; what it said. Through a file: what it starts may keep a pipe open."""
    place = PICTURES / "said.txt"
    with place.open("wb") as file:
        code = subprocess.run(
            [program, *arguments],
            stdin=subprocess.DEVNULL,
            stdout=file,
            stderr=subprocess.STDOUT,
            timeout=5 * PATIENCE_S,
            check=False,
        ).returncode
    said = place.read_text("utf-8", "replace")
    expect(code == 0, f"{program.name} ends with {code}: {said[-3000:]}")
    return said


def check_folder() -> None:
    print(run(DIST / "tagdrop" / "tagdrop.com", "--self-check").strip(), flush=True)
    data = str(PICTURES / "data")
    without_console = subprocess.run(
        [DIST / "tagdrop" / "tagdrop.exe", "label", "--data-dir", data, str(SAMPLES / "china.jpg")],
        creationflags=subprocess.DETACHED_PROCESS,
        check=False,
    )
    expect(without_console.returncode == 0, "tagdrop.exe labels nothing without a console")
    shutil.rmtree(data)


def label_samples() -> None:
    """The samples, and one of them at the end of a path of over 300 characters."""
    data, photos_dir = PICTURES / "data", PICTURES / "photos"
    shutil.copytree(SAMPLES, photos_dir)
    deep = Path(f"\\\\?\\{photos_dir}", *["x" * 50] * 6)
    deep.mkdir(parents=True)
    shutil.copy(SAMPLES / "chelsea.png", deep / "deep.png")
    arguments = ("label", str(photos_dir), "--data-dir", str(data), "--format", "json")
    said = run(DIST / "tagdrop" / "tagdrop.com", *arguments)
    photos = [json.loads(line) for line in said.splitlines() if line.startswith("{")]
    labelled = [photo for photo in photos if photo["labels"]]
    print(f"    {len(labelled)} of {len(photos)} photos have labels")
    expect(len(labelled) > 9, f"too few labels: {said}")
    expect(any("deep" in photo["path"] for photo in labelled), "not the one with the long path")
    shutil.rmtree(data)
    shutil.rmtree(f"\\\\?\\{photos_dir}")


def check_installed() -> None:
    expect(ENTRY.is_file(), "no entry in the Start menu")
    about = dict(values(winreg.HKEY_CURRENT_USER, uninstall_key()))
    expect(about["DisplayVersion"] == __version__, f"another version: {about}")
    expect(about["DisplayName"] == "Tagdrop", f"another name: {about}")
    person = dict(values(winreg.HKEY_CURRENT_USER, "Environment"))
    expect(str(PROGRAM) in str(person.get("Path", "")), f"not on the PATH: {person}")
    for key in (r"Directory\shell\Tagdrop", r"SystemFileAssociations\image\shell\Tagdrop"):
        command = dict(values(winreg.HKEY_CURRENT_USER, rf"Software\Classes\{key}\command"))
        expect(command[""] == f'"{PROGRAM}\\tagdrop.exe" "%1"', f"{key}: {command}")


def set_dark(is_dark: bool) -> None:
    """What the person chooses under Personalisation, Colours."""
    with winreg.CreateKey(winreg.HKEY_CURRENT_USER, PERSONALISATION) as key:
        winreg.SetValueEx(key, "AppsUseLightTheme", 0, winreg.REG_DWORD, int(not is_dark))


def start_from_menu(name: str) -> None:
    """Choose the entry, see the window painted, take its picture."""
    os.startfile(ENTRY)
    until(lambda: window() is not None, "no window from the Start menu")
    until(lambda: colours() > 20, "the window stays empty")
    picture(name)


def label_by_second_start() -> None:
    """Photos given to a second start are labelled in the first window, which comes to the front."""
    began = time.monotonic()
    run(PROGRAM / "tagdrop.exe", str(SAMPLES))
    until(lambda: labelled() > 0, "no label came")
    print(f"    the first label after {time.monotonic() - began:.1f} s")
    until(lambda: labelled() > 9, "the labels do not come")
    until(lambda: user32.GetForegroundWindow() == window(), "the window is not in front")
    time.sleep(2)  # for the picture alone: the last thumbnails
    picture("labelled")


def labelled() -> int:
    """How many photos of the library have labels."""
    try:
        address = (LIBRARY / "library.db").as_uri() + "?mode=ro"
        with closing(sqlite3.connect(address, uri=True)) as library:
            (count,) = library.execute("SELECT count(DISTINCT image_id) FROM labels").fetchone()
            return int(count)
    except sqlite3.Error:  # in the middle of being made
        return 0


def close() -> None:
    user32.PostMessageW(window(), WM_CLOSE, 0, 0)
    until(lambda: not is_open(), "the window does not close")


def remove() -> None:
    about = dict(values(winreg.HKEY_CURRENT_USER, uninstall_key()))
    run(Path(str(about["UninstallString"]).strip('"')), *SILENT)
    until(lambda: not PROGRAM.exists(), "the program's folder stays")  # it deletes itself last


def uninstall_key() -> str:
    found = [each for each in keys(winreg.HKEY_CURRENT_USER, UNINSTALL) if "6C0B7F6E" in each]
    expect(len(found) == 1, f"not installed once: {found}")
    return found[0]


user32, kernel32 = ctypes.WinDLL("user32"), ctypes.WinDLL("kernel32")
user32.FindWindowW.restype = user32.GetForegroundWindow.restype = wintypes.HWND
user32.PostMessageW.argtypes = (wintypes.HWND, wintypes.UINT, wintypes.WPARAM, wintypes.LPARAM)
user32.IsWindowVisible.argtypes = (wintypes.HWND,)
kernel32.OpenMutexW.restype = wintypes.HANDLE
kernel32.CloseHandle.argtypes = (wintypes.HANDLE,)


def window() -> int | None:
    """Tagdrop's window, once it is to be seen."""
    found: int | None = user32.FindWindowW(None, "Tagdrop")
    return found if found and user32.IsWindowVisible(found) else None


def is_open() -> bool:
    """Whether a Tagdrop with a window runs."""
    handle = kernel32.OpenMutexW(SYNCHRONIZE, False, MUTEX)
    if handle:
        kernel32.CloseHandle(handle)
    return bool(handle)


def colours() -> int:
    return len(ImageGrab.grab().getcolors(1 << 24) or [])


def picture(name: str) -> None:
    ImageGrab.grab().save(PICTURES / f"{name}.png")


def traces() -> Iterator[str]:
    """Every file, folder and registry key of this person."""
    for top in (LOCAL, ROAMING, Path.home() / "Desktop"):
        yield from (str(path) for path in top.rglob("*") if not is_windows_own(path))
    for root in ("Software", "Environment"):
        found = keys(winreg.HKEY_CURRENT_USER, root, deep=True)
        yield from (f"HKCU\\{key}" for key in found if not is_systems_key(key))
    yield f"PATH: {dict(values(winreg.HKEY_CURRENT_USER, 'Environment')).get('Path')}"


def is_windows_own(path: Path) -> bool:
    """What Windows notes of any program that is started."""
    own = ("Temp", "Recent", "CrashDumps", "INetCache", "WebCache", "History", "Explorer")
    return any(part in own for part in path.parts)


def is_systems_key(key: str) -> bool:
    """What every installation finds, but for the first one on a Windows as new as Wine's."""
    return key in ("Software\\Classes", UNINSTALL) or key.startswith("Software\\Wine")


def keys(root: int, key: str, *, deep: bool = False) -> Iterator[str]:
    """The keys below this one, and with `deep` those below them."""
    try:
        with winreg.OpenKey(root, key) as opened:
            names = [winreg.EnumKey(opened, at) for at in range(winreg.QueryInfoKey(opened)[0])]
    except OSError:
        return
    for name in names:
        yield f"{key}\\{name}"
        if deep:
            yield from keys(root, f"{key}\\{name}", deep=True)


def values(root: int, key: str) -> Iterator[tuple[str, object]]:
    """The named values of a key."""
    try:
        with winreg.OpenKey(root, key) as opened:
            for at in range(winreg.QueryInfoKey(opened)[1]):
                name, value, _ = winreg.EnumValue(opened, at)
                yield name, value
    except FileNotFoundError:
        return


if __name__ == "__main__":
    main()
