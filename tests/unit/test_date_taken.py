"""When a photo was taken: the first valid date by a stated order, and never at the photo's cost."""

from __future__ import annotations

import io
import zlib
from pathlib import Path

import pytest
from PIL import Image

from desktop.core.photo.date_taken import Taken, taken
from tests.rig import dated
from tests.rig.dated import CHANGED, DIGITIZED, TAKEN

A, B, C = "2024:01:31 12:30:59", "2023:05:06 07:08:09", "2022:03:04 05:06:07"
A_READ, B_READ, C_READ = "2024-01-31T12:30:59", "2023-05-06T07:08:09", "2022-03-04T05:06:07"
X = "2021-02-03T04:05:06"
CLOCK_S = 1_706_704_259
"""A, as seconds since 1970 of a clock that knows no zone."""


def when(data: bytes, **beside: str | bytes) -> str | None:
    found = taken(io.BytesIO(data), **beside)  # type: ignore[arg-type]
    assert found is None or found.is_from_name == ("name" in beside)
    return found and found.at


def exif(texts: dict[int, str | bytes]) -> bytes:
    return dated.jpeg(exif=dated.tiff(texts))


@pytest.mark.parametrize(("kind", "tag"), [("JPEG", TAKEN), ("WEBP", TAKEN), ("TIFF", CHANGED)])
def test_what_pillow_has_written_is_read(kind: str, tag: int) -> None:
    written = Image.Exif()
    (written if tag == CHANGED else written.get_ifd(0x8769))[tag] = A
    file = io.BytesIO()
    Image.new("RGB", (100, 80)).save(file, kind, exif=written)
    assert when(file.getvalue()) == A_READ


@pytest.mark.parametrize("start", [b"II*\0", b"MM\0*"])
def test_the_order_of_the_dates(start: bytes) -> None:
    """Each date is behind those that the next lines put before it."""
    texts, packet = {CHANGED: C}, {}
    photoshop = b""

    def found() -> str | None:
        block = dated.tiff(texts, start=start)
        return when(dated.jpeg(exif=block, packet=dated.xmp(**packet), photoshop=photoshop))

    assert found() == C_READ
    packet["xmp_CreateDate"] = X
    assert found() == X
    texts[DIGITIZED] = B
    assert found() == B_READ
    photoshop = dated.iptc(b"20200102", b"030405+0100")
    assert found() == "2020-01-02T03:04:05+01:00"
    packet["photoshop_DateCreated"] = "2019-08-07"
    assert found() == "2019-08-07"
    packet["exif_DateTimeOriginal"] = "2018-08-07T06:05:04"
    assert found() == "2018-08-07T06:05:04"
    texts[TAKEN] = A
    assert found() == A_READ


@pytest.mark.parametrize(
    "default",
    [
        *(
            "0000:00:00 00:00:00",
            "0001:01:01 00:00:00",
            "1904:01:01 00:00:00",
            "    :  :     :  :  ",
        ),
        *("1970:01:01 00:00:00", "1970:01:01 01:00:00", "1980:01:01 00:00:00"),
        *("2002:12:08 12:00:00", "2999:01:01 00:00:00", "", "yesterday", "2025:13:01 00:00:00"),
        *("2025:02:30 10:00:00", "2025", "2025:06"),
    ],
)
def test_what_nobody_has_set_is_no_date(default: str) -> None:
    assert when(exif({TAKEN: default})) is None
    assert when(exif({TAKEN: default, DIGITIZED: B})) == B_READ
    assert when(dated.jpeg(packet=dated.xmp(exif_DateTimeOriginal=default))) is None


@pytest.mark.parametrize(
    ("written", "read"),
    [
        (A.encode(), A_READ),
        (A.encode() + b"\0\0\0\0", A_READ),
        (b"  " + A.encode() + b"   \0", A_READ),
        (b"2024:01:31 12:30:59.12", A_READ + ".120"),
        (b"2024:01:31 12:30:59+05:30", A_READ + "+05:30"),
        (b"2024-01-31T12:30:59Z", A_READ + "+00:00"),
        (b"2024/01/31 12:30", "2024-01-31T12:30:00"),
        (b"2024:1:31 2:30:59", "2024-01-31T02:30:59"),
        (b"2024:01:31 2:30:59 PM", "2024-01-31T14:30:59"),
        (b"2024:01:31 24:30:59", "2024-01-31T00:30:59"),
        (b"2024:01:31 99:99:99", "2024-01-31"),
        (b"2024:01:31", "2024-01-31"),
        (b"1975:06:12 00:00:00", "1975-06-12T00:00:00"),
    ],
)
def test_how_dates_are_written(written: bytes, read: str) -> None:
    assert when(exif({TAKEN: written})) == read


def test_what_is_kept_apart_belongs_to_its_own_date() -> None:
    texts = {TAKEN: A, 0x9291: "045", 0x9011: "+02:00", DIGITIZED: B, 0x9292: "7", 0x9012: "-03:00"}
    assert when(exif(texts)) == A_READ + ".045+02:00"
    assert when(exif({**texts, TAKEN: ""})) == B_READ + ".700-03:00"
    assert when(exif({**texts, 0x9291: "000", 0x9011: "   :  "})) == A_READ


EXIF = dated.tiff({TAKEN: A})
PACKET = dated.xmp(exif_DateTimeOriginal=X)
AS_HEX = b"\nexif\n  %d\n%b\n\xff spoilt" % (len(EXIF) + 6, (b"Exif\0\0" + EXIF).hex().encode())


GAP = b"\xff\xd8\xff\xe0\0\2" + bytes(9)
FILES = {
    "jpeg": (dated.jpeg(exif=EXIF), A_READ),
    "jpeg-with-bytes-between": (GAP + dated.jpeg(exif=EXIF)[2:], A_READ),
    "jpeg-spoilt-xmp-name": (
        dated.jpeg(packet=PACKET).replace(b"http://ns.adobe.com/xap", b"XMP\0" * 5 + b"/xa", 1),
        X,
    ),
    "png": (dated.png((b"eXIf", EXIF)), A_READ),
    "png-xmp": (dated.png((b"iTXt", b"XML:com.adobe.xmp\0\0\0\0\0" + PACKET)), X),
    "png-profile": (dated.png((b"tEXt", b"Raw profile type exif\0" + AS_HEX)), A_READ),
    "png-text": (dated.png((b"tEXt", b"Creation Time\0" + X.encode())), X),
    "png-text-in-unicode": (
        dated.png((b"iTXt", b"Creation Time\0\0\0\0\0" + X.encode() + b"Z")),
        X + "+00:00",
    ),
    "png-text-compressed": (
        dated.png((b"zTXt", b"Creation Time\0\0" + zlib.compress(X.encode()))),
        X,
    ),
    "png-text-as-in-mails": (
        dated.png((b"tEXt", b"Creation Time\0Wed, 3 Feb 2021 04:05:06 -0600")),
        X + "-06:00",
    ),
    "png-text-in-chinese": (
        dated.png((b"iTXt", b"Creation Time\0\0\0\0\0" + "2021年02月03日 04時05分06秒".encode())),
        X,
    ),
    "gif-xmp": (dated.gif(PACKET), X),
    "png-file": (dated.png((b"tEXt", b"date:create\0" + X.encode())), None),
    "webp": (dated.webp((b"EXIF", EXIF)), A_READ),
    "webp-named": (dated.webp((b"EXIF", b"Exif\0\0" + EXIF)), A_READ),
    "webp-xmp": (dated.webp((b"XMP ", PACKET)), X),
    "heic": (dated.heif(exif=EXIF), A_READ),
    "heic-xmp": (dated.heif(packet=PACKET), X),
    "jxl": (dated.jxl(dated.box(b"Exif", bytes(4), EXIF)), A_READ),
    "jxl-packed": (dated.jxl(dated.packed_box(b"Exif", bytes(4) + EXIF)), A_READ),
    "jxl-xmp-packed": (
        dated.jxl(dated.box(b"brob", b"Exifrubbish"), dated.packed_box(b"xml ", PACKET)),
        X,
    ),
    "jp2": (dated.jp2(EXIF), A_READ),
    "tiff": (dated.tiff({TAKEN: A}, start=b"MM\0*"), A_READ),
    "tiff-xmp": (dated.tiff({}, more={700: PACKET}), X),
    "orf": (dated.tiff({TAKEN: A}, start=b"IIRO"), A_READ),
    "rw2": (dated.tiff({TAKEN: A}, start=b"IIU\0"), A_READ),
    "rw2-jpeg": (dated.tiff({}, start=b"IIU\0", more={0x2E: dated.jpeg(exif=EXIF)}), A_READ),
    "raf": (dated.raf(EXIF), A_READ),
    "mrw": (dated.mrw(dated.tiff({TAKEN: A}, start=b"MM\0*")), A_READ),
    "crw": (dated.crw(CLOCK_S), A_READ),
    "cr3": (dated.cr3(EXIF), A_READ),
    "x3f": (dated.x3f(CLOCK_S), A_READ),
}


@pytest.mark.parametrize(("data", "read"), FILES.values(), ids=FILES)
def test_where_formats_keep_it(data: bytes, read: str | None) -> None:
    assert when(data) == read


@pytest.mark.parametrize(
    ("name", "read"),
    [
        ("IMG_20240131_123059.jpg", A_READ),
        ("PXL_20240131_123059123.jpg", A_READ + ".123"),
        ("20240131_123059(1).jpg", A_READ),
        ("00001IMG_00001_BURST20240131123059123_COVER.jpg", A_READ + ".123"),
        ("IMG-20240131-WA0001.jpg", "2024-01-31"),
        ("WhatsApp Image 2024-01-31 at 12.30.59.jpeg", A_READ),
        ("WhatsApp Image 2024-01-31 at 1.30.59 PM.jpeg", "2024-01-31T13:30:59"),
        ("Screenshot 2024-01-31 at 12.30.59.png", A_READ),
        ("Screenshot_20240131-123059.png", A_READ),
        ("Screenshot_2024-01-31-12-30-59-123_com.app.png", A_READ + ".123"),
        ("Bildschirmfoto 2024-01-31 um 12.30.59.png", A_READ),
        ("Capture d’écran 2024-01-31 à 12.30.59.png", A_READ),
        ("signal-2024-01-31-123059.jpg", A_READ),
        ("signal-2024-01-31-12-30-59-123.jpg", A_READ + ".123"),
        ("photo_2024-01-31_12-30-59.jpg", A_READ),
        ("WIN_20240131_12_30_59_Pro.jpg", A_READ),
        ("IMG_20240131_1234567890123456.jp", "2024-01-31"),
        ("1975-06-12 wedding.jpg", "1975-06-12"),
        *((name, None) for name in ("DSC_1234.jpg", "IMG_20191234.jpg", "IMG_29991231.jpg")),
        *((name, None) for name in ("123456789012345.jpg", "120240131.jpg", "31-01-2024.jpg")),
    ],
)
def test_the_file_s_name_is_the_last_to_say(name: str, read: str | None) -> None:
    assert when(exif({}), name=name) == read
    assert taken(io.BytesIO(exif({CHANGED: C})), name=name) == Taken(C_READ)


def test_a_sidecar_s_date_comes_first() -> None:
    """Programs put what a person has corrected into it, of raw files above all."""
    corrected = dated.xmp(exif_DateTimeOriginal=X)
    assert when(exif({TAKEN: A}), sidecar=corrected) == X
    assert when(exif({TAKEN: A}), sidecar=dated.xmp(xmp_CreateDate=X)) == A_READ
    assert when(exif({CHANGED: C}), sidecar=dated.xmp(xmp_CreateDate=X)) == X
    assert when(exif({TAKEN: A}), sidecar=b"no XMP") == A_READ


def test_dates_of_other_things_in_a_packet_are_not_the_photo_s() -> None:
    inner = dated.xmp(exif_DateTimeOriginal=X).replace(b"rdf:RDF", b"rdf:Seq")
    outer = dated.xmp().replace(b"/></rdf:RDF>", b">" + inner + b"</rdf:Description></rdf:RDF>")
    assert when(dated.jpeg(packet=outer)) is None
    as_element = dated.xmp().replace(
        b"/></rdf:RDF>",
        b"><exif:DateTimeOriginal>2021-02-03T04:05:06</exif:DateTimeOriginal>"
        b"</rdf:Description></rdf:RDF>",
    )
    assert when(dated.jpeg(packet=as_element)) == X
    assert when(dated.jpeg(packet=as_element[:-20])) == X  # damaged behind it


@pytest.mark.parametrize("data", [b"", b"no picture", b"\xff\xd8\xff\xe1\x00\x10Exif\0\0MM"])
def test_what_cannot_be_read_has_no_time(data: bytes) -> None:
    assert when(data) is None


def test_damage_costs_no_more_than_the_date() -> None:
    whole = (dated.heif(exif=EXIF), dated.crw(CLOCK_S), dated.x3f(CLOCK_S), dated.tiff({TAKEN: A}))
    for data in whole:
        for cut in range(len(data)):
            assert when(data[:cut]) in (None, A_READ)


def test_a_photo_without_a_time_is_not_decoded(tmp_path: Path) -> None:
    path = tmp_path / "large.png"
    Image.new("RGB", (3000, 2000)).save(path)
    cut = path.read_bytes()[:400]  # decoding it would fail
    assert when(cut) is None
