"""The peers that are commands: ImageMagick, libvips, libheif, dcraw; each reads one file."""

from __future__ import annotations

import re
import shutil
import subprocess
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from PIL import Image

from .look import SIDE_PX, Look, is_flat, look_of, turned
from .reading import NOTHING_SEEN, Fate, Reading

TIMEOUT_S = 60.0
MAX_KB = 4_000_000
"""Memory that a command may ask for: some need no more for a picture that is a trap."""
MIN_PREVIEW_PX = 320
"""A smaller JPEG in a raw file is a stamp for the camera's screen."""
_MOST_SAID = 5
_SQUARE = f"{SIDE_PX}x{SIDE_PX}!"
_NOISE = re.compile(
    r"\(\S+:\d+\): |\d\d:\d\d:\d\d\.\d+: |`[^']*' ?|@ (?:warning|error)/\S+|\S*\bin\.\w+: ?"
)
"""What differs from run to run, or only says where in their own code they complain."""


class _RefusedError(Exception):
    """The command says that it cannot read the file, or makes no picture of it."""


class _Run:
    """Runs one peer's commands on one file, and collects what they complain of."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.said: list[str] = []

    def __call__(self, *command: str) -> bytes:
        """What the command prints; it gets no more than its share of time and memory."""
        limited = ["sh", "-c", f'ulimit -v {MAX_KB}; exec "$@"', "sh", *command]
        done = subprocess.run(
            limited,
            check=False,
            capture_output=True,
            cwd=self.folder,
            timeout=TIMEOUT_S,
            stdin=subprocess.DEVNULL,
        )
        lines = _NOISE.sub("", done.stderr.decode("utf-8", "replace")).splitlines()
        said = [" ".join(line.split()) for line in lines if line.strip()]
        self.said += list(dict.fromkeys(said))[-_MOST_SAID:]  # why it gives up stands last
        if done.returncode < 0:
            raise ChildProcessError(f"killed by signal {-done.returncode}")
        if done.returncode:
            raise _RefusedError
        return done.stdout


def reader(command: Command) -> Callable[[Path, Path], Reading]:
    """A function that has the command's program read a file, in a folder for what it leaves."""

    def read(path: Path, folder: Path) -> Reading:
        link = folder / f"in{path.suffix if path.suffix.isascii() else ''}"  # "a[0]:b" means more
        link.symlink_to(path.absolute())
        run = _Run(folder)
        began = time.monotonic()
        try:
            reading = command(run, link.name)
        except subprocess.TimeoutExpired:
            reading = Reading(Fate.HUNG)
        except ChildProcessError as error:
            reading = Reading(Fate.CRASHED, [str(error)])
        except (_RefusedError, OSError, ValueError, SyntaxError, Image.DecompressionBombError):
            reading = Reading(Fate.REFUSED)
        said = [*reading.said, *run.said]
        return replace(reading, said=said, seconds=round(time.monotonic() - began, 2))

    return read


Command = Callable[[_Run, str], Reading]


def imagemagick(run: _Run, name: str) -> Reading:
    """The first picture, turned by the orientation that ImageMagick itself reads."""
    convert = "magick" if shutil.which("magick") else "convert"
    said = "%w %h %[orientation]\\n"
    colours = ("-background", "white", "-alpha", "remove", "-colorspace", "sRGB")
    pixels = ("-resize", _SQUARE, "-depth", "8", "rgb:-")
    head, _, look = run(convert, f"{name}[0]", "-print", said, *colours, *pixels).partition(b"\n")
    width, height, orientation = head.decode().split()
    return _upright(int(width), int(height), _ORIENTATIONS.get(orientation, 1), look)


_ORIENTATIONS = {
    "TopRight": 2,
    "BottomRight": 3,
    "BottomLeft": 4,
    "LeftTop": 5,
    "RightTop": 6,
    "RightBottom": 7,
    "LeftBottom": 8,
}
"""ImageMagick's names of EXIF's numbers."""


def vips(run: _Run, name: str) -> Reading:
    """The first page, decoded whole; libvips turns it upright while it shrinks it."""
    header = run("vipsheader", "-a", name).decode("utf-8", "replace")
    values = dict(re.findall(r"^(width|height|orientation): (\d+)$", header, re.MULTILINE))
    width, height = int(values["width"]), int(values["height"])
    square = (str(SIDE_PX), "--height", str(SIDE_PX), "--size", "force", "--export-profile", "srgb")
    run("vips", "thumbnail_image", name, "out.png[background=255,strip]", *square)
    look = _look_in(run.folder / "out.png")
    is_lying = values.get("orientation") in {"5", "6", "7", "8"}
    return Reading(
        Fate.OPENED,
        width=height if is_lying else width,
        height=width if is_lying else height,
        look=look,
    )


def heif(run: _Run, name: str) -> Reading:
    """The picture as libheif's own tool converts it, always upright."""
    convert = "heif-dec" if shutil.which("heif-dec") else "heif-convert"
    run(convert, "-q", "90", name, "out.jpg")
    made = min(run.folder.glob("out*.jpg"), default=run.folder / "none")
    return _opened(made)


def dcraw(run: _Run, name: str) -> Reading:
    """The sensor's data, developed at half size, always upright."""
    (run.folder / "out.ppm").write_bytes(run("dcraw", "-c", "-h", "-w", name))
    said = run("dcraw", "-i", "-v", name).decode("utf-8", "replace")
    width, height = map(int, re.findall(r"^Output size:\s+(\d+) x (\d+)", said, re.MULTILINE)[0])
    shown = _opened(run.folder / "out.ppm")
    if is_flat(shown.look):
        run.said.append(NOTHING_SEEN)
    return replace(shown, width=width, height=height)


def preview(run: _Run, name: str) -> Reading:
    """The largest JPEG inside, as exiftool finds it; of the picture itself it says nothing."""
    tags = ("JpgFromRaw", "PreviewImage", "OtherImage", "ThumbnailImage")
    found = max((run("exiftool", "-q", "-q", "-b", f"-{tag}", name) for tag in tags), key=len)
    (run.folder / "out.jpg").write_bytes(found)
    shown = _opened(run.folder / "out.jpg")
    if max(shown.width, shown.height) < MIN_PREVIEW_PX:
        run.said.append("no preview inside")
        raise _RefusedError
    return replace(shown, width=0, height=0, look=None)


def _upright(width: int, height: int, orientation: int, look: Look) -> Reading:
    if len(look) != 3 * SIDE_PX**2:
        raise _RefusedError
    if orientation >= 5:
        width, height = height, width
    look = turned(look, orientation)
    return Reading(Fate.OPENED, width=width, height=height, look=look, orientation=orientation)


def _opened(made: Path) -> Reading:
    with Image.open(made) as image:
        return Reading(Fate.OPENED, width=image.width, height=image.height, look=look_of(image))


def _look_in(made: Path) -> Look:
    with Image.open(made) as image:
        return look_of(image)
