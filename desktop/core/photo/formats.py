"""What a file's content says it is: a Pillow format name, RAW, or nothing we know.

The name of a file is never asked: phones, chat programs and browsers write HEIC called .jpg.
"""

from __future__ import annotations

from typing import BinaryIO

from PIL.TiffImagePlugin import ImageFileDirectory_v2

RAW = "RAW"
"""A camera's own format, for libraw; every other answer of `sniff` is Pillow's format name."""

_STARTS: tuple[tuple[bytes, str], ...] = (
    (b"\xff\xd8\xff", "JPEG"),
    (b"\x89PNG\r\n\x1a\n", "PNG"),
    (b"GIF87a", "GIF"),
    (b"GIF89a", "GIF"),
    (b"BM", "BMP"),
    (b"FUJIFILMCCD-RAW", RAW),  # RAF
    (b"IIU\0", RAW),  # RW2, RWL
    (b"IIRO", RAW),  # ORF
    (b"IIRS", RAW),
    (b"MMOR", RAW),
    (b"\0MRM", RAW),  # MRW
    (b"FOVb", RAW),  # X3F
    (b"II\x1a\0\0\0HEAPCCDR", RAW),  # CRW
    (b"\0\0\0\x0cJXL \r\n\x87\n", "JXL"),
    (b"\xff\x0a", "JXL"),
    (b"\0\0\0\x0cjP  \r\n\x87\n", "JPEG2000"),
    (b"\xff\x4f\xff\x51", "JPEG2000"),
)
_TIFF_STARTS = (b"II*\0", b"MM\0*", b"II+\0", b"MM\0+")
_RAW_MARKS = (b"CR", b"IIII", b"MMMM")
"""Behind the TIFF header of CR2 and IIQ."""
_HEIF_BRANDS = {b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"hevm", b"hevs"}
_HEIF_CONTAINERS = {b"mif1", b"mif2", b"msf1"}  # the compatible brands say what is inside
_AVIF_BRANDS = {b"avif", b"avis"}

_PHOTOMETRIC, _SUB_IFDS, _DNG_VERSION = 262, 330, 50706
_SENSOR_DATA = {32803, 34892}  # colour-filter mosaic, linear raw: TIFF/EP and DNG 1.4


def sniff(file: BinaryIO) -> str | None:
    """The format of an open file, or None; reads the head (and of a TIFF the tags) only."""
    file.seek(0)
    head = file.read(64)
    if head[4:8] == b"ftyp":
        return _sniff_ftyp(head)
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "WEBP"
    if head.startswith(_TIFF_STARTS):
        is_raw = head[8:12].startswith(_RAW_MARKS) or _is_sensor_tiff(file, head)
        return RAW if is_raw else "TIFF"
    return next((name for start, name in _STARTS if head.startswith(start)), None)


def _sniff_ftyp(head: bytes) -> str | None:
    """HEIC, AVIF and CR3 share the box format of videos; the brands in the first box differ."""
    size = min(int.from_bytes(head[:4], "big"), len(head))
    major = head[8:12]
    brands = {major, *(head[i : i + 4] for i in range(16, size - 3, 4))}
    if major == b"crx ":
        return RAW
    if brands & _AVIF_BRANDS:
        return "AVIF"
    if brands & (_HEIF_BRANDS | _HEIF_CONTAINERS):
        return "HEIF"
    return None


def _is_sensor_tiff(file: BinaryIO, head: bytes) -> bool:
    """Whether a TIFF holds sensor data: DNG, NEF, ARW, PEF, SRW and others are TIFFs outside.

    They show a small picture to programs that know TIFF only, so Pillow would open that one.
    """
    header = head[:16] if head[2:3] == b"+" or head[3:4] == b"+" else head[:8]
    try:
        first = ImageFileDirectory_v2(header)
        file.seek(first.next)
        first.load(file)
        if _DNG_VERSION in first or first.get(_PHOTOMETRIC) in _SENSOR_DATA:
            return True
        offsets = first.get(_SUB_IFDS, ())
        for offset in (offsets if isinstance(offsets, tuple) else (offsets,))[:16]:
            sub = ImageFileDirectory_v2(header)
            file.seek(offset)
            sub.load(file)
            if sub.get(_PHOTOMETRIC) in _SENSOR_DATA:
                return True
    except Exception:  # noqa: BLE001 - broken tags raise anything; the TIFF decoder judges the rest
        return False
    return False
