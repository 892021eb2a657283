"""Which bytes of a file make its picture, said piece by piece: names in the bucket hang on it."""

from __future__ import annotations

import hashlib
import io
import struct
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image

from desktop.core.photo.identity import is_cut_off, picture_digest
from tests.rig import photos
from tests.rig.tiffs import save_dng


def digest(data: bytes) -> str:
    return picture_digest(io.BytesIO(data))


def of_parts(kind: str, *parts: bytes) -> str:
    """What the data contract says: the format, then each part with its length before it."""
    together = b"".join(b"%d\0" % len(part) + part for part in parts)
    return hashlib.sha256(kind.encode() + b"\0" + together).hexdigest()


def whole(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


# JPEG


def segment(marker: int, body: bytes = b"") -> bytes:
    return bytes((0xFF, marker)) + struct.pack(">H", len(body) + 2) + body


SOI, EOI = b"\xff\xd8", b"\xff\xd9"
TABLE = segment(0xDB, b"a table")
SOS = segment(0xDA, b"a scan")
BEFORE = SOI + TABLE + SOS
PARTS = (b"\xdba table", b"\xdaa scan")
SCAN = b"data\xff\x00more\xff\xd0more\xff\xd7\xff\xff\x00"
FILM = b"a film" + EOI


def test_of_a_jpeg_all_but_what_programs_write_counts() -> None:
    head = [
        segment(0xE0, b"JFIF"),
        segment(0xE1, b"Exif"),
        b"\xff\xff" + segment(0xDB, b"a table"),
        b"\xff" + segment(0xC4, b"a long one" * 100),
        segment(0xC0),
        segment(0xFE, b"a comment"),
        segment(0xED, b"Adobe_CM of Photoshop's"),
        segment(0xEE, b"Adobe" + bytes(range(6)) + b"\x01\x09"),
        segment(0xEE, b"another's"),
        segment(0xEF, b"the last of these"),
        segment(0xDF, b"before them"),
        segment(0xF0, b"after them"),
    ]
    long = b"\xc4" + b"a long one" * 100
    counted = (b"\xdba table", long, b"\xc0", b"Adobe\x01", b"\xdfbefore them", b"\xf0after them")
    data = SOI + b"".join(head) + SOS + SCAN + EOI
    assert digest(data) == of_parts("JPEG", *counted, b"\xdaa scan", SCAN + EOI)


def test_a_jpeg_ends_where_its_file_does_if_that_is_an_end() -> None:
    within = SCAN + EOI + b"not the end"
    assert digest(BEFORE + within + EOI) == of_parts("JPEG", *PARTS, within + EOI)


@pytest.mark.parametrize("further", [b"", segment(0xC4, b"another" + EOI) + SOS + SCAN])
def test_else_its_end_is_looked_for(further: bytes) -> None:
    scans = SCAN + further + EOI
    assert digest(BEFORE + scans + b"a film") == of_parts("JPEG", *PARTS, scans)


@pytest.mark.parametrize("length", [(1 << 17) - 1, 1 << 17, (1 << 17) + 1, 3 << 17])
def test_it_is_found_wherever_it_lies(length: int) -> None:
    scan = b"x" * length + EOI
    assert digest(BEFORE + scan + b"a film") == of_parts("JPEG", *PARTS, scan)


def image(kind: str) -> bytes:
    file = io.BytesIO()
    Image.new("RGB", (9, 9)).save(file, kind)
    return file.getvalue()


@pytest.mark.parametrize(
    ("data", "is_cut"),
    [
        (BEFORE + SCAN + EOI, False),
        (BEFORE + SCAN + EOI + b"a film", False),
        (BEFORE + SCAN, True),
        (BEFORE + SCAN + EOI[:1], True),
        (BEFORE[:-3], True),
        (SOI + segment(0xE1, b"a thumbnail" + EOI) + SOS + SCAN, True),
        (image("PNG"), False),
        (image("PNG")[:-5], True),
        (image("GIF")[:-5], False),  # its decoder notices
        (b"", False),
    ],
)
def test_a_picture_without_its_end_is_cut_off(data: bytes, is_cut: bool) -> None:
    assert is_cut_off(io.BytesIO(data)) is is_cut


def test_what_was_cut_off_counts_to_the_files_end() -> None:
    assert digest(BEFORE + SCAN) == of_parts("JPEG", *PARTS, SCAN)


def listing(order: str, length: int, *, tag: int = 0xB002, cut: int | None = None) -> bytes:
    """A phone's list of its pictures, the first of which is so long."""
    mark = b"II*\0" if order == "<" else b"MM\0*"
    entries = [
        (0xB000, 7, 4, 0x30313030),
        (0xB001, 4, 1, 2),
        (tag, 7, 32, 70),
    ]
    directory = struct.pack(order + "H", len(entries)) + b"".join(
        struct.pack(order + "HHII", *entry) for entry in entries
    )
    tiff = mark + struct.pack(order + "I", 10) + b"\1\2" + directory
    tiff += bytes(range(70 - len(tiff))) + struct.pack(order + "IIIHH", 0x030000, length, 9, 8, 7)
    return segment(0xE2, (b"MPF\0" + tiff)[:cut])


def with_listing(order: str, length: int, scans: bytes, **options: int) -> bytes:
    """A JPEG that lists itself as `length` bytes longer than all before its scans."""
    before = len(SOI + listing(order, 0, **options) + TABLE + SOS)
    return SOI + listing(order, before + length, **options) + TABLE + SOS + scans


@pytest.mark.parametrize("order", "<>")
def test_a_phones_list_says_where_the_first_picture_ends(order: str) -> None:
    first = SCAN + EOI + b"not the end" + EOI
    data = with_listing(order, len(first), first + FILM)
    assert digest(data) == of_parts("JPEG", *PARTS, first)
    exact = with_listing(order, len(first), first)
    assert digest(exact) == of_parts("JPEG", *PARTS, first)


@pytest.mark.parametrize("order", "<>")
@pytest.mark.parametrize(
    ("length", "options"),
    [(0, {}), (1, {}), (3, {}), (10_000, {}), (32, {"tag": 0xB003}), (32, {"cut": 90})]
    + [(32, {"cut": cut}) for cut in (5, 9, 14, 30)],
)
def test_a_list_that_is_not_true_is_not_believed(
    order: str, length: int, options: dict[str, int]
) -> None:
    first = SCAN + EOI
    data = with_listing(order, length, first, **options)
    assert digest(data) == of_parts("JPEG", *PARTS, first)
    data = with_listing(order, length, first + FILM, **options)
    assert digest(data) == of_parts("JPEG", *PARTS, first)


def test_a_list_that_names_nothing_as_the_picture_is_not_believed() -> None:
    """Not even where what stands before the scans looks like an end."""
    sos = segment(0xDA, b"scan" + EOI)
    before = len(SOI + listing("<", 0) + sos)
    data = SOI + listing("<", before) + sos + SCAN + EOI + b"a film"
    assert digest(data) == of_parts("JPEG", b"\xdascan" + EOI, SCAN + EOI)


def test_a_list_elsewhere_than_where_phones_write_it_is_none() -> None:
    first = SCAN + EOI + b"not the end" + EOI
    body = listing("<", 0)[4:]
    for marker in (0xE1, 0xE3):
        before = len(SOI + segment(marker, body) + TABLE + SOS)
        other = segment(marker, listing("<", before + len(first))[4:])
        data = SOI + other + TABLE + SOS + first + b"a film"
        assert digest(data) == of_parts("JPEG", *PARTS, SCAN + EOI)
    data = SOI + segment(0xE2, b"ICC_PROFILE" + body) + TABLE + SOS + first + b"a film"
    assert digest(data) == of_parts("JPEG", *PARTS, SCAN + EOI)


@pytest.mark.parametrize(
    "data",
    [
        SOI + b"\xff\xe0\0\1" + TABLE + SOS + SCAN + EOI,
        SOI + TABLE + b"\0\xdb\0\4ab" + SOS + SCAN + EOI,
        SOI + TABLE,
        SOI + b"\xff\xff\xff",
    ],
    ids=["a segment of no length", "no marker", "no scan", "fill bytes"],
)
def test_what_breaks_the_rules_counts_whole(data: bytes) -> None:
    assert digest(data) == whole(data)


# PNG, WebP and GIF


def chunk(name: bytes, body: bytes = b"") -> bytes:
    return struct.pack(">I", len(body)) + name + body + b"\1\2\3\4"


def test_of_a_png_the_chunks_that_are_shown_count() -> None:
    shown = [b"IHDR", b"PLTE", b"tRNS", b"fcTL", b"IDAT", b"IDAT", b"fdAT"]
    chunks = [chunk(name, name * 3) for name in shown]
    others = [chunk(name, b"words") for name in (b"tEXt", b"eXIf", b"iCCP", b"tIME", b"pHYs")]
    data = b"".join([b"\x89PNG\r\n\x1a\n", *chunks[:2], *others, *chunks[2:], chunk(b"IEND")])
    parts = [part for name in shown for part in (name, name * 3)]
    assert digest(data) == of_parts("PNG", *parts)
    assert digest(data + chunk(b"IDAT", b"after its end")) == of_parts("PNG", *parts)
    assert digest(data[:-12]) == whole(data[:-12])


def riff(*chunks: tuple[bytes, bytes]) -> bytes:
    body = b"".join(
        name + struct.pack("<I", len(data)) + data + b"\0" * (len(data) % 2)
        for name, data in chunks
    )
    return b"RIFF" + struct.pack("<I", len(body) + 4) + b"WEBP" + body


def test_of_a_webp_the_chunks_that_are_shown_count() -> None:
    shown = [(b"ALPH", b"see-through"), (b"VP8 ", b"lossy!"), (b"VP8L", b"lossless")]
    flags = (b"VP8X", b"\x11\0\0\0abcdef")  # no animation
    data = riff(flags, (b"ICCP", b"profile"), *shown, (b"EXIF", b"words"), (b"XMP ", b"more"))
    parts = [part for pair in shown for part in pair]
    assert digest(data) == of_parts("WEBP", *parts)
    assert digest(data + b"VP8 \2\0\0\0ab") == of_parts("WEBP", *parts)
    longer = data[:4] + struct.pack("<I", 10_000) + data[8:]
    assert digest(longer) == of_parts("WEBP", *parts)


@pytest.mark.parametrize("further", [b"", b"gh"])
def test_of_an_animation_its_size_and_background_count(further: bytes) -> None:
    flags = (b"VP8X", b"\x02\0\0\0abcdef" + further)
    data = riff(flags, (b"ANIM", b"loops!"), (b"ANMF", b"a frame"))
    assert digest(data) == of_parts("WEBP", b"abcdef", b"ANMF", b"a frame")


def test_a_webp_of_nothing_counts_whole() -> None:
    data = riff((b"EXIF", b"words!"))
    assert digest(data) == whole(data)
    data = riff((b"VP8X", b"\x02\0\0\0abcdef"))
    assert digest(data) == whole(data)
    data = riff((b"VP8X", b""), (b"VP8 ", b"picture!"))
    assert digest(data) == whole(data)


class Counted(io.BytesIO):
    """A file that counts how often it is read."""

    times = 0

    def read(self, size: int | None = -1, /) -> bytes:
        self.times += 1
        return super().read(size)


def blocks(*each: bytes) -> bytes:
    return b"".join(bytes((len(block),)) + block for block in each) + b"\0"


@pytest.mark.parametrize("flags", [0x80, 0x82, 0x01, 0x09])
def test_of_a_gif_all_but_comments_and_what_programs_keep_counts(flags: int) -> None:
    screen = b"abcd" + bytes((flags,)) + b"ef"
    palette = bytes(range(256))[: 3 << (flags & 7) + 1] if flags & 0x80 else b""
    frame = b"position" + bytes((flags,))
    data = b"".join(
        [
            b"GIF89a" + screen + palette,
            b"!\xf9" + blocks(b"time"),
            b"!\xfe" + blocks(b"a comment", b"and more"),
            b"!\xff" + blocks(b"XMP DataXMP", b"words"),
            b"," + frame + palette + b"\x08" + blocks(b"pixels", b"more"),
            b"!\x01" + blocks(b"plain text"),
        ]
    )
    parts = [screen, palette, b"\xf9", b"\4time", frame, palette, b"\x08", b"\6pixels", b"\4more"]
    parts += [b"\x01", b"\x0aplain text"]
    assert digest(data + b";") == of_parts("GIF", *parts)
    assert digest(data + b"; a film") == of_parts("GIF", *parts)
    assert digest(data) == whole(data)
    read = Counted(data + b"? what is this")
    assert picture_digest(read) == whole(read.getvalue())
    assert read.times < 100  # it is not read over and over


# The others


SAVED: dict[str, Callable[[Image.Image, Path], None]] = {
    "TIFF": photos.save_tiff,
    "RAW": save_dng,
    "HEIF": photos.save_heic,
    "AVIF": photos.save_avif,
}


@pytest.mark.parametrize("kind", SAVED)
def test_of_what_has_parsers_of_its_own_some_counts(tmp_path: Path, kind: str) -> None:
    path = tmp_path / "photo"
    SAVED[kind](photos.picture(1, edge_px=160), path.with_suffix(f".{kind.lower()}"))
    (saved,) = tmp_path.iterdir()
    data = saved.read_bytes()
    assert digest(data) != whole(data)
    assert digest(data + b"after its end") == digest(data)


@pytest.mark.parametrize("data", [b"BM a bitmap", b"Dear diary", b""])
def test_all_else_counts_whole(tmp_path: Path, data: bytes) -> None:
    assert digest(data) == whole(data)
    path = tmp_path / "photo"
    path.write_bytes(data)
    with path.open("rb") as file:
        assert picture_digest(file) == whole(data)
