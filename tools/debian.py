"""A bare Debian 12 in a folder, to build or to try something where nothing else is installed."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path

CODENAME = "bookworm"
PATH = "/usr/sbin:/usr/bin:/sbin:/bin"


def need(*programs: str) -> None:
    """Have these programs here, by apt-get where they are missing; ends with words if not as root.

    Each is named as its package is.
    """
    if os.getuid() != 0:
        sys.exit("This needs root: it makes a Debian in a folder of its own.")
    if missing := [each for each in programs if not shutil.which(each)]:
        print(f"Installing what this needs: {', '.join(missing)}", flush=True)
        apt = ["apt-get", "-qq", "-o", "Dpkg::Use-Pty=0"]
        env = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        subprocess.run([*apt, "update"], env=env, check=True)
        install = [*apt, "install", "-y", "--no-install-recommends", *missing]
        subprocess.run(install, env=env, check=True, stdout=subprocess.DEVNULL)


def make(place: Path, *packages: str) -> None:
    """A Debian with nothing but apt and these packages, from the mirror that apt uses here."""
    shutil.rmtree(place, ignore_errors=True)
    place.parent.mkdir(parents=True, exist_ok=True)
    included = [f"--include={','.join(packages)}"] if packages else []
    command = ["debootstrap", "--variant=minbase", *included, CODENAME]
    subprocess.run([*command, place, mirror()], check=True, stdout=subprocess.DEVNULL)


def mirror() -> str:
    """Where apt gets Debian 12 from here."""
    how = ["apt-get", "indextargets", "--format", "$(CODENAME) $(REPO_URI)"]
    told = subprocess.run(how, capture_output=True, text=True, check=True).stdout
    found = [line.split()[1] for line in told.splitlines() if line.split()[0] == CODENAME]
    if not found:
        sys.exit("This computer's apt has no source of Debian 12.")
    return found[0]


@contextmanager
def mounted(debian: Path) -> Iterator[None]:
    """With /proc in there, and the place where screens listen."""
    screens = debian / "tmp" / ".X11-unix"
    screens.mkdir(exist_ok=True)
    with ExitStack() as stack:
        for kind, source, place in (
            (["-t", "proc"], "proc", debian / "proc"),
            (["--bind"], "/tmp/.X11-unix", screens),
        ):
            subprocess.run(["mount", *kind, source, place], check=True)
            stack.callback(_unmount, place)
        yield


def _unmount(place: Path) -> None:
    subprocess.run(["umount", "--lazy", place], check=True)


def run(debian: Path, *command: str, env: Mapping[str, str] | None = None) -> str:
    """Do it in there as root; what it said. Ends the program, with its last words, if it fails."""
    done = subprocess.run(
        ["chroot", str(debian), *command],
        env={"PATH": PATH, "DEBIAN_FRONTEND": "noninteractive", **(env or {})},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        sys.exit(f"{' '.join(command)} failed:\n{done.stdout[-3000:]}\n{done.stderr[-3000:]}")
    return done.stdout.strip()
