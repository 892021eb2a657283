"""Install the .deb on a bare Debian 12, start it from its entry, remove it, look for traces.

    python -m tools.check_deb [--picture FILE]

Needs root and the .deb that `make package` made. The bare Debian stays in
build/debian-12 for the next time; it comes from the mirror that this computer's apt uses.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from PIL import ImageGrab

from desktop import __version__
from tools.debian import make, mounted, need, run
from tools.screen import own_screen

ROOT = Path(__file__).parents[1]
BASE = ROOT / "build" / "debian-12"
PERSON = 1000
LIMIT_S = 60
# What installing and removing any package writes.
APT_OWN = ("var/cache", "var/lib/apt", "var/lib/dpkg", "var/log", "tmp", "proc", "dev", "run")


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--picture", type=Path, default=ROOT / "build" / "deb.png")
    picture = parser.parse_args().picture
    need("debootstrap")
    (package,) = (ROOT / "dist").glob(f"tagdrop_{__version__}_*.deb")
    make_base()
    with bare_debian() as debian:
        before = files(debian)
        shutil.copy(package, debian / "tmp" / package.name)
        run(debian, "apt-get", "install", "-y", "--no-install-recommends", f"/tmp/{package.name}")
        print(run(debian, "dpkg-query", "-W", "-f", "${Package} ${Version} installed\n", "tagdrop"))
        start(debian, picture)
        run(debian, "apt-get", "purge", "-y", "--autoremove", "tagdrop")
        left = files(debian) - before
        gone = before - files(debian) - {"opt"}  # dpkg takes an empty folder that no package owns
    data = {path for path in left if path.startswith("home/person/")}
    print(f"The person's data that stayed: {len(data)} files and folders")
    traces = sorted(left - data)
    print("\n".join(["Traces:", *traces] if traces else ["No other trace."]))
    print("\n".join(["Gone with it:", *sorted(gone)]) if gone else "Nothing else is gone.")
    is_kept = any(path.endswith("Tagdrop/library.db") for path in data)
    sys.exit(bool(traces or gone or not is_kept))


def make_base() -> None:
    """A Debian with nothing but apt, and what starts desktop entries: a desktop has that."""
    if (BASE / "etc" / "made").exists():
        return
    make(BASE, "libglib2.0-bin")
    run(BASE, "useradd", "--create-home", "--uid", str(PERSON), "person")
    (BASE / "etc" / "made").touch()


@contextmanager
def bare_debian() -> Iterator[Path]:
    """A fresh copy of the bare Debian, with /proc and a place for screens."""
    with tempfile.TemporaryDirectory(prefix="tagdrop-debian-", ignore_cleanup_errors=True) as top:
        subprocess.run(["cp", "-a", BASE, top], check=True)
        debian = Path(top) / BASE.name
        with mounted(debian):
            yield debian


def files(debian: Path) -> set[str]:
    """Every file and folder in there, but for apt's own books."""
    found = set()
    for folder, folders, names in os.walk(debian):
        place = os.path.relpath(folder, debian)
        inside = {name: os.path.normpath(f"{place}/{name}") for name in (*folders, *names)}
        folders[:] = [each for each in folders if inside[each] not in APT_OWN]
        found |= set(inside.values())
    return found


def start(debian: Path, picture: Path) -> None:
    """Choose the program in the menu, see its window, close it."""
    entry = "/usr/share/applications/tagdrop.desktop"
    with own_screen("1280x800") as display:
        env = {"PATH": "/usr/sbin:/usr/bin:/bin", "HOME": "/home/person", "DISPLAY": display}
        subprocess.run(
            ["chroot", f"--userspec={PERSON}:{PERSON}", debian, "gio", "launch", entry],
            env=env,
            check=True,
        )
        begin = time.monotonic()
        while (colours := colours_on(display)) < 20:  # an empty screen has one
            if time.monotonic() - begin > LIMIT_S:
                sys.exit(f"no window was painted: {colours} colours on the screen")
            time.sleep(0.1)
        print(f"The window was painted {time.monotonic() - begin:.1f} s after the entry's choice.")
        time.sleep(1)
        picture.parent.mkdir(exist_ok=True)
        ImageGrab.grab(xdisplay=display).save(picture)
        here = {**os.environ, "DISPLAY": display}
        by_name = ["xdotool", "search", "--onlyvisible", "--name", "^Tagdrop$"]
        told = subprocess.run(by_name, env=here, capture_output=True, text=True, check=True).stdout
        window = told.split()[-1]
        subprocess.run(
            ["xdotool", "windowfocus", "--sync", window, "key", "ctrl+q"], env=here, check=True
        )
        running = ["pgrep", "-u", str(PERSON), "tagdrop"]
        while subprocess.run(running, capture_output=True, check=False).stdout:
            if time.monotonic() - begin > LIMIT_S:
                sys.exit("the program does not end")
            time.sleep(0.1)


def colours_on(display: str) -> int:
    return len(ImageGrab.grab(xdisplay=display).getcolors(1 << 24) or [])


if __name__ == "__main__":
    main()
