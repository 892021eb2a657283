"""Which files may hold a photo by their names, and of which kind a picture is that cannot be read.

Files of these other kinds are never opened: there are many of them, or they are large, or still
being written.
"""

from __future__ import annotations

import io
import os
from collections.abc import Iterable
from pathlib import Path

from ..photo.formats import sniff

HEAD_BYTES = 64
"""So much of a file is read to tell what it is."""

_OTHER_SUFFIXES = (
    # films and sounds, a Live Photo's among them
    " .3g2 .3gp .avi .dv .flv .insv .lrv .m2ts .m4v .mkv .mov .mp4 .mpeg .mpg .mts .ogv .ts .vob"
    " .webm .wmv .aac .aif .aiff .amr .flac .m4a .mid .mp3 .ogg .opus .wav .wma"
    # what programs and cameras keep beside photos
    " .aae .acr .cos .ctg .dop .ini .ithmb .json .lnk .nksc .on1 .plist .pp3 .thm .url .vrd .xmp"
    " .bak .db .db-shm .db-wal .lrcat .lrcat-data .sqlite"
    # still being written or downloaded
    " .crdownload .download .filepart .opdownload .part .partial .temp .tmp"
    # documents, archives, fonts
    " .csv .doc .docx .eml .epub .htm .html .key .log .md .mobi .msg .numbers .odp .ods .odt .pages"
    " .pdf .ppt .pptx .rtf .tex .tsv .xls .xlsx .7z .bz2 .deb .dmg .gz .iso .jar .rar .rpm .tar"
    " .tgz .vdi .vhd .vhdx .vmdk .xz .zip .zst .eot .otf .ttc .ttf .woff .woff2"
    # programs and what they are made of
    " .a .apk .bat .c .class .cpp .css .dll .dylib .exe .go .h .hpp .ipynb .java .js .jsx .lib"
    " .lock .map .msi .o .po .ps1 .py .pyc .rb .rs .sh .so .sql .svelte .toml .ts .tsx .vue .wasm"
    " .xml .yaml .yml"
)
_OTHERS = frozenset(_OTHER_SUFFIXES.split())
_COMPANIONS = frozenset({".aae", ".json", ".mov", ".mp4", ".thm", ".xmp"})
"""What phones, cameras and programs put beside a photo, under its name."""

_KINDS: dict[str, str] = {
    "PSD": ".psd .psb .psdt",
    "EPS": ".eps .epsf .epsi",
    "Illustrator": ".ai",
    "JPEG XR": ".jxr .hdp .wdp",
    "GIMP": ".xcf",
    "Krita": ".kra",
    "Affinity": ".afphoto",
    "Paint.NET": ".pdn",
    "PaintShop Pro": ".psp .pspimage",
    "OpenEXR": ".exr",
    "Radiance": ".hdr",
    "DDS": ".dds",
    "TGA": ".tga",
    "PCX": ".pcx",
    "Netpbm": ".pam .pbm .pgm .pnm .ppm",
    "SGI": ".rgb .rgba .sgi",
    "QOI": ".qoi",
    "BPG": ".bpg",
    "FLIF": ".flif",
    "DICOM": ".dcm .dicom",
    "FITS": ".fit .fits .fts",
    "DjVu": ".djv .djvu",
    "Photo CD": ".pcd",
    "EIP": ".eip",
    "SVG": ".svg .svgz",
    "ICO": ".cur .icns .ico",
    "WMF": ".emf .wmf",
}
_BY_SUFFIX = {suffix: kind for kind, suffixes in _KINDS.items() for suffix in suffixes.split()}
_BY_START: tuple[tuple[bytes, str], ...] = (
    (b"8BPS", "PSD"),
    (b"\xc5\xd0\xd3\xc6", "EPS"),
    (b"%!PS-Adobe-3.0 EPSF", "EPS"),
    (b"II\xbc\x01", "JPEG XR"),
    (b"gimp xcf", "GIMP"),
    (b"\x76\x2f\x31\x01", "OpenEXR"),
    (b"#?RADIANCE", "Radiance"),
    (b"DDS ", "DDS"),
    (b"qoif", "QOI"),
    (b"BPG\xfb", "BPG"),
    (b"FLIF", "FLIF"),
    (b"SIMPLE  =", "FITS"),
    (b"AT&TFORM", "DjVu"),
)
_BMP_HEADERS = {12, 40, 52, 56, 64, 108, 124}
"""Lengths of a BMP's second header; the first is but two letters, which begin many a text."""


def may_hold_photo(name: str) -> bool:
    """Whether the content has to say what a file is that is not named as a photo."""
    suffix = suffix_of(name)
    is_kept_beside = name.endswith("~") or suffix.endswith("_original")  # what programs replaced
    return suffix not in _OTHERS and not is_kept_beside


def suffix_of(name: str) -> str:
    """The ending in lower case, with its dot; empty where there is none."""
    _, dot, suffix = name.rpartition(".")
    return (dot + suffix).lower() if dot else ""


def look(path: str | Path) -> str | None:
    """What a file's first bytes say: "" for a photo, the name of a kind of picture that cannot be
    read, or None for anything else. May raise OSError; never waits for a pipe.
    """
    flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    file = os.open(path, flags)
    try:
        head = os.read(file, HEAD_BYTES)
    finally:
        os.close(file)
    if _is_photo(head):
        return ""
    by_start = next((kind for start, kind in _BY_START if head.startswith(start)), None)
    return by_start or (_BY_SUFFIX.get(suffix_of(os.path.basename(path))) if head else None)  # noqa: PTH119


def _is_photo(head: bytes) -> bool:
    if head[:2] == b"BM" and int.from_bytes(head[14:18], "little") not in _BMP_HEADERS:
        return False
    return sniff(io.BytesIO(head)) is not None


def is_companion(name: str, photos: Iterable[str]) -> bool:
    """Whether a file belongs to one of these photos, or is what systems leave in folders."""
    if name.startswith(("._", ".")) or name.lower() in ("thumbs.db", "desktop.ini"):
        return True
    stem = name.partition(".")[0].lower()
    is_beside = any(photo.partition(".")[0].lower() == stem for photo in photos)
    return suffix_of(name) in _COMPANIONS and is_beside
