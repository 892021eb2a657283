"""Keywords in photos: all four fields, read back by other programs; nothing else changes."""

from __future__ import annotations

import io
import random
import struct
import subprocess
from pathlib import Path
from typing import Any

import pytest
from PIL import Image, ImageSequence

from desktop.core.errors import SidecarOnlyError
from desktop.core.metadata.fields import Fields, UnsafeError
from desktop.core.metadata.iptc import read_iptc
from desktop.core.photo.formats import sniff
from desktop.core.photo.identity import picture_digest
from desktop.core.save.keywords import Keyword
from desktop.core.save.metadata import change_keywords, fields_of, read_keywords
from tests.rig import exiftool, photos, tagged

NEW = fields_of(
    [
        Keyword(("Auto", "Tier", "Säugetier", "Hund, groß; lieb")),
        Keyword(("Auto", "狗")),
        Keyword(("Auto", "🐕 Wau <&> \"'")),
        Keyword(("Auto", "own 03, GRÖSSE; 狗 🐕")),  # the person has it, in other letters
    ]
)
LESS = fields_of([Keyword(("Auto", "Tier", "Säugetier", "Hund, groß; lieb")), Keyword(("Neu",))])
NOTHING = Fields()
PLACES = {
    "XMP-dc:Subject": "subject",
    "XMP-lr:HierarchicalSubject": "hierarchical",
    "XMP-digiKam:TagsList": "tags_list",
    "IPTC:Keywords": "iptc",
}
"""Where exiftool finds them."""
FRAME = (
    "IPTC:ApplicationRecordVersion",
    "IPTC:CodedCharacterSet",
    "IPTC:EnvelopeRecordVersion",
    "XMP-x:XMPToolkit",
    "RIFF:WebP_Flags",
    "File:FileType",  # of WebP: the extended one
    "RIFF:Copy1:ImageWidth",  # which says the size a second time
    "RIFF:Copy1:ImageHeight",
    "File:CurrentIPTCDigest",
    "Photoshop:IPTCDigest",
    "MPImage1:MPImageLength",
    "MPImage1:Copy1:MPImageLength",
    "MPImage2:MPImageStart",
)
"""What must change with them, or comes with the first ones."""


@pytest.fixture(scope="module")
def originals(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    return tagged.make(tmp_path_factory.mktemp("tagged"))


def kind_of(data: bytes) -> str:
    return sniff(io.BytesIO(data)) or ""


def change(data: bytes, remove: Fields, add: Fields) -> tuple[bytes, Fields]:
    changed = change_keywords(data, kind_of(data), remove, add)
    return changed.data, changed.added


def frames(data: bytes) -> list[bytes]:
    with Image.open(io.BytesIO(data)) as image:
        return [frame.tobytes() for frame in ImageSequence.Iterator(image)]


def listed(value: Any) -> tuple[str, ...]:
    return tuple(map(str, value)) if isinstance(value, list) else (str(value),) if value else ()


def by_exiv2(path: Path) -> dict[str, tuple[str, ...]]:
    """What exiv2 reads: a line for each keyword of IPTC, an XMP array's items with commas."""
    names = {
        "Xmp.dc.subject": "subject",
        "Xmp.lr.hierarchicalSubject": "hierarchical",
        "Xmp.digiKam.TagsList": "tags_list",
        "Iptc.Application2.Keywords": "iptc",
    }
    found: dict[str, list[str]] = {name: [] for name in names.values()}
    said = subprocess.run(
        ["exiv2", "-Pkv", str(path)], check=False, capture_output=True, text=True, timeout=60
    )
    for line in said.stdout.splitlines():
        key, _, value = line.partition(" ")
        if key in names:
            found[names[key]].append(value.strip())
    return {name: tuple(values) for name, values in found.items()}


def test_other_programs_read_back_the_keywords_and_nothing_else_has_changed(
    originals: list[Path], tmp_path: Path
) -> None:
    written = []
    for path in originals:
        data, _ = change(path.read_bytes(), NOTHING, NEW)
        written.append(tmp_path / path.name)
        written[-1].write_bytes(data)
        assert frames(data) == frames(path.read_bytes()), path.name
        assert picture_digest(io.BytesIO(data)) == picture_digest(io.BytesIO(path.read_bytes()))
    before, after = exiftool.tags(originals), exiftool.tags(written)
    assert exiftool.complaints(written) == exiftool.complaints(originals)
    for path, old, new in zip(written, before, after, strict=True):
        read = by_exiv2(path)
        theirs = listed(old.get("XMP-dc:Subject")) or listed(old.get("IPTC:Keywords"))
        for tag, field in PLACES.items():
            own = listed(old.pop(tag, None)) or theirs
            has_iptc = path.suffix in (".jpg", ".tif")
            expected = (*own, *(k for k in getattr(NEW, field) if k.casefold() not in fold(own)))
            if field == "iptc" and not has_iptc:
                expected = ()
            assert listed(new.pop(tag, None)) == expected, (path.name, tag)
            joined = expected if field == "iptc" else ((", ".join(expected),) if expected else ())
            assert read[field] == joined, (path.name, field)
        for tag in FRAME:
            old.pop(tag, None)
            new.pop(tag, None)
        assert new == old, path.name


def fold(names: tuple[str, ...]) -> set[str]:
    return {name.casefold() for name in names}


def test_a_persons_keywords_keep_their_order_through_all_changes(originals: list[Path]) -> None:
    for path in originals:
        data = path.read_bytes()
        own = read_keywords(data, kind_of(data))
        names = own.names
        written, added = change(data, NOTHING, NEW)
        again, still = change(written, added, NEW)
        assert again == written
        assert still == added
        fewer, left = change(written, added, LESS)
        assert read_keywords(fewer, kind_of(data)).subject == (
            *names,
            "Hund, groß; lieb",
            "Neu",
        )
        back, none = change(fewer, left, NOTHING)
        assert not none
        assert read_keywords(back, kind_of(data)) == own, path.name
        assert change(back, left, NOTHING) == (back, NOTHING)


def test_a_person_still_sees_their_keywords_where_ours_have_begun_a_list(
    originals: list[Path],
) -> None:
    """digiKam and Immich read the first list that holds any."""
    (own,) = [path.read_bytes() for path in originals if path.name == "own.jpg"]
    written, added = change(own, NOTHING, NEW)
    assert read_keywords(written, "JPEG").tags_list[:21] == (*tagged.OWN, NEW.tags_list[0])
    # The person adds one in digiKam, which goes through all lists.
    theirs = Fields(*(("new",) for _ in range(4)))
    edited, _ = change(written, NOTHING, theirs)
    fewer, left = change(edited, added, LESS)
    tree = read_keywords(fewer, "JPEG").tags_list
    assert tree == (*tagged.OWN, NEW.tags_list[0], "new", "Neu")
    back, _ = change(fewer, left, NOTHING)
    assert read_keywords(back, "JPEG") == Fields(
        (*tagged.OWN, "new"), ("new",), ("new",), (*tagged.OWN, "new")
    )


def test_without_keywords_of_ours_a_jpeg_or_png_is_the_same_file_again(
    originals: list[Path],
) -> None:
    same = {}
    for path in originals:
        data = path.read_bytes()
        written, added = change(data, NOTHING, NEW)
        same[path.name] = change(written, added, NOTHING)[0] == data
    others = {name for name, is_same in same.items() if not is_same}
    # A compressed packet, an extended header and a second directory stay; and IPTC's characters,
    # once they are declared.
    assert others == {
        "latin.jpg",
        "compressed.png",
        "transparent.webp",
        "camera.tif",
        "pages.tif",
        "motorola.tif",
    }


def test_iptc_in_latin_characters_is_declared_anew_and_reads_the_same(
    originals: list[Path], tmp_path: Path
) -> None:
    (latin,) = [path for path in originals if path.name == "latin.jpg"]
    data, added = change(latin.read_bytes(), NOTHING, NEW)
    assert added.iptc == NEW.iptc
    path = tmp_path / "latin.jpg"
    path.write_bytes(data)
    (tags,) = exiftool.tags([path])
    assert tags["IPTC:By-line"] == "Jürgen Groß"
    assert tags["IPTC:CodedCharacterSet"] == "UTF8"
    assert tags["IPTC:Keywords"] == ["Zoë", *NEW.iptc]


def test_a_film_behind_the_picture_stays_and_is_found(originals: list[Path]) -> None:
    (film,) = [path.read_bytes() for path in originals if path.name == "film.jpg"]
    data, _ = change(film, NOTHING, NEW)
    trailer = film[film.index(b"\0\0\0\x18ftypmp42") :]
    assert data.endswith(trailer)
    assert f'MicroVideoOffset="{len(trailer)}"'.encode() in data or (
        f"<GCamera:MicroVideoOffset>{len(trailer)}<".encode() in data
    )


def test_a_list_of_several_pictures_stays_true(originals: list[Path]) -> None:
    (several,) = [path.read_bytes() for path in originals if path.name == "several.jpg"]
    data, added = change(several, NOTHING, NEW)
    for each in (data, change(data, added, NOTHING)[0]):
        with Image.open(io.BytesIO(each)) as image:
            assert image.n_frames == 2
            image.seek(1)
            assert image.tobytes() == frames(several)[1]


def test_a_packet_that_is_full_gives_its_padding_and_then_refuses() -> None:
    buffer = io.BytesIO()
    photos.picture(edge_px=96).save(buffer, "JPEG")
    data, added = change(buffer.getvalue(), NOTHING, NEW)
    start = data.index(b"</x:xmpmeta>") + 12
    length = data.index(tagged.XMP_NAME) - 2
    (size,) = struct.unpack(">H", data[length : length + 2])
    room = 0xFFFF - size
    padded = data[:length] + b"\xff\xff" + data[length + 2 : start] + b" " * room + data[start:]
    fuller, all_added = change(padded, NOTHING, LESS)
    assert all_added.subject == ("Neu",)
    assert read_keywords(fuller, "JPEG").subject == (*NEW.subject, "Neu")
    much = Fields(subject=tuple(f"{n:05} {'x' * 40}" for n in range(1200)))
    with pytest.raises(SidecarOnlyError):
        change(data, added, much)


@pytest.mark.parametrize("save", [photos.save_heic, photos.save_avif, photos.save_gif])
def test_other_formats_are_for_a_sidecar(save: Any, tmp_path: Path) -> None:
    save(photos.picture(edge_px=96), tmp_path / "photo")
    data = (tmp_path / "photo").read_bytes()
    with pytest.raises(SidecarOnlyError, match="files of this kind"):
        change(data, NOTHING, NEW)


def test_a_big_tiff_is_for_a_sidecar(tmp_path: Path) -> None:
    photos.picture(edge_px=96).save(tmp_path / "big.tif", big_tiff=True)
    data = (tmp_path / "big.tif").read_bytes()
    assert kind_of(data) == "TIFF"
    with pytest.raises(SidecarOnlyError, match="safely"):
        change(data, NOTHING, NEW)


def test_keywords_are_read_from_files_that_are_not_written(tmp_path: Path) -> None:
    path = tmp_path / "photo.heic"
    photos.save_heic(photos.picture(edge_px=96), path)
    exiftool.rewrite(path, ("-XMP-dc:Subject=eins", "-XMP-dc:Subject=zwei"))
    read = read_keywords(path.read_bytes(), "HEIF")
    assert read.subject == ("eins", "zwei")
    assert read.names == ("eins", "zwei")


@pytest.mark.parametrize(
    ("kind", "data"),
    [
        ("HEIF", b"\0\0\0\x0cftypheic" + b"<x:xmpmeta " * 200_000),
        ("HEIF", b"\0\0\0\x0cftypheic<" + b"x" * 5_000_000),
        ("JPEG", b"\xff\xd8" + b"\xff\xe3\0\2" * 100_001),
        ("PNG", b"\x89PNG\r\n\x1a\n" + b"\0\0\0\0teXt\0\0\0\0" * 100_001),
        ("WEBP", b"RIFF" + struct.pack("<I", 8 * 100_001) + b"WEBP" + b"VP8 \0\0\0\0" * 100_001),
        ("WEBP", b"RIFF\x16\0\0\0WEBPVP8 \x0a\0\0\0\0\0\0\x9d\x01\x2a" + bytes(4)),
    ],
    ids=["starts", "name", "JPEG", "PNG", "WebP", "WebP of no size"],
)
def test_a_file_made_to_do_harm_is_passed_over(kind: str, data: bytes) -> None:
    assert read_keywords(data, kind) == NOTHING
    with pytest.raises(SidecarOnlyError):
        change_keywords(data, kind, NOTHING, NEW)


def test_iptc_made_to_do_harm_is_passed_over() -> None:
    with pytest.raises(UnsafeError):
        read_iptc(b"\x1c\2\x19\0\0" * 100_001)


def test_keywords_beyond_the_main_packet_are_for_a_sidecar(originals: list[Path]) -> None:
    (extended,) = [path.read_bytes() for path in originals if path.name == "extended.jpg"]
    place = extended.index(b"x" * 100)
    hidden = extended[:place] + b"<dc:subject>" + extended[place + 12 :]
    with pytest.raises(SidecarOnlyError):
        change(hidden, NOTHING, NEW)


def test_a_second_picture_that_no_list_tells_of_is_for_a_sidecar() -> None:
    buffer = io.BytesIO()
    photos.picture(edge_px=96).save(buffer, "JPEG")
    with pytest.raises(SidecarOnlyError):
        change(buffer.getvalue() * 2, NOTHING, NEW)


def test_a_damaged_file_is_written_right_or_refused(originals: list[Path]) -> None:
    """Whatever is wrong with it: words, or the keywords in it and the same picture."""
    rng = random.Random(12)
    refused = written = 0
    for path in originals:
        whole = path.read_bytes()
        with_ours, _ = change(whole, NOTHING, NEW)
        for _ in range(60):
            data = bytearray(rng.choice((whole, with_ours)))
            for _ in range(rng.randint(1, 6)):
                data[rng.randrange(min(len(data), 4000))] = rng.randrange(256)
            damaged = bytes(data[: rng.choice((len(data), rng.randrange(12, len(data))))])
            read_keywords(damaged, kind_of(whole))
            try:
                made = change_keywords(damaged, kind_of(whole), NOTHING, LESS)
            except SidecarOnlyError:
                refused += 1
                continue
            written += 1
            assert set(made.added.subject) <= set(read_keywords(made.data, kind_of(whole)).subject)
            assert picture_digest(io.BytesIO(made.data)) == picture_digest(io.BytesIO(damaged))
    assert refused > 100
    assert written > 100
