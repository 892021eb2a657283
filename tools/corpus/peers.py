"""Who reads: Tagdrop, and the programs beside it, each for the kinds of files that it can tell of.

Kinds are named as exiftool's FileType names them.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from . import commands, inside
from .child import Child
from .reading import Reading


def _kinds(text: str) -> frozenset[str]:
    return frozenset(kind.strip() for kind in text.split(","))


HEIF = _kinds("HEIC, HEICS, HEIF, HEIFS, AVIF, AVIFS")
RAW = _kinds(
    "3FR, ARW, CR2, CR3, CRW, DCR, DNG, ERF, FFF, GPR, IIQ, KDC, MEF, MOS, MRW, NEF, NRW, ORF, "
    "PEF, RAF, RAW, RW2, RWL, SR2, SRF, SRW, X3F"
)
PLAIN = _kinds(
    "JPEG, MPO, PNG, APNG, WEBP, WEBP (lossless), Extended WEBP, TIFF, BTF, BMP, DIB, GIF, JXL, "
    "JXL Codestream, JP2, JPX, J2C"
)
READ = PLAIN | HEIF | RAW
"""What Tagdrop means to read; of other pictures the results say only how many there are."""
SELF = "tagdrop"


@dataclass(frozen=True, slots=True)
class Peer:
    """`read` gets a file, and an empty folder for what it makes of it."""

    name: str
    kinds: frozenset[str]
    is_installed: bool
    read: Callable[[Path, Path], Reading]


def _in_child(name: str, kinds: frozenset[str], child: Child) -> Peer:
    def read(path: Path, _: Path) -> Reading:
        return child.read(path)

    return Peer(name, kinds, inside.is_installed(name), read)


def _command(name: str, kinds: frozenset[str], command: commands.Command, *programs: str) -> Peer:
    there = any(shutil.which(program) for program in programs)
    return Peer(name, kinds, there, commands.reader(command))


@contextmanager
def readers() -> Iterator[dict[str, Peer]]:
    """Tagdrop and all peers, for one thread; their processes end with it."""
    children = {name: Child(name) for name in inside.READERS}
    try:
        each = [
            _in_child(SELF, READ, children[SELF]),
            _in_child("pillow", PLAIN, children["pillow"]),
            _command("imagemagick", PLAIN | HEIF, commands.imagemagick, "magick", "convert"),
            _command("libvips", PLAIN | HEIF, commands.vips, "vips"),
            _command("libheif", HEIF, commands.heif, "heif-dec", "heif-convert"),
            _in_child("rawpy", RAW, children["rawpy"]),
            _command("dcraw", RAW, commands.dcraw, "dcraw"),
            _command("exiftool", RAW, commands.preview, "exiftool"),
        ]
        yield {peer.name: peer for peer in each}
    finally:
        for child in children.values():
            child.close()


def read(peer: Peer, path: Path) -> Reading:
    """What the peer makes of the file."""
    with TemporaryDirectory() as folder:
        return peer.read(path, Path(folder))
