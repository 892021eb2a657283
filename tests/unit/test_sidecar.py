"""Sidecars: which one a photo has, and keywords in it beside what other programs keep there."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop.core.errors import ImageError
from desktop.core.metadata.fields import Fields
from desktop.core.save.keywords import Keyword
from desktop.core.save.metadata import fields_of
from desktop.core.save.sidecar import Naming, change_sidecar, read_sidecar, sidecar_of
from tests.rig import exiftool

NOTHING = Fields()
NEW = fields_of([Keyword(("Tier", "Hund, groß; lieb")), Keyword(("狗",)), Keyword(("🐕 <&>",))])
OWN = tuple(f"own {number:02}, größe; 狗" for number in range(20))

LIGHTROOM = f"""\
<x:xmpmeta xmlns:x="adobe:ns:meta/" x:xmptk="Adobe XMP Core 7.0-c000 1.000000, 0000/00/00-00:00:00">
 <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
  <rdf:Description rdf:about=""
    xmlns:xmp="http://ns.adobe.com/xap/1.0/"
    xmlns:dc="http://purl.org/dc/elements/1.1/"
    xmlns:lr="http://ns.adobe.com/lightroom/1.0/"
    xmlns:crs="http://ns.adobe.com/camera-raw-settings/1.0/"
   xmp:Rating="3"
   crs:Version="16.0"
   crs:Exposure2012="+0.35"
   crs:RawFileName='a "quoted" &gt; name.NEF'>
   <dc:subject>
    <rdf:Bag>
     {"".join(f"<rdf:li>{name}</rdf:li>{chr(10)}     " for name in OWN).strip()}
    </rdf:Bag>
   </dc:subject>
   <lr:hierarchicalSubject>
    <rdf:Bag>
     <rdf:li>own|deep</rdf:li>
    </rdf:Bag>
   </lr:hierarchicalSubject>
   <crs:ToneCurvePV2012>
    <rdf:Seq>
     <rdf:li>0, 0</rdf:li>
     <rdf:li>255, 255</rdf:li>
    </rdf:Seq>
   </crs:ToneCurvePV2012>
   <crs:Look>
    <rdf:Description
     crs:Name="Adobe Color">
    <crs:Parameters>
     <rdf:Description
      crs:Version="16.0"/>
    </crs:Parameters>
    </rdf:Description>
   </crs:Look>
  </rdf:Description>
 </rdf:RDF>
</x:xmpmeta>
""".encode()

DARKTABLE = b"""\
<?xml version="1.0" encoding="UTF-8"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/" x:xmptk="XMP Core 4.4.0-Exiv2">
 <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
  <rdf:Description rdf:about=""
    xmlns:exif="http://ns.adobe.com/exif/1.0/"
    xmlns:darktable="http://darktable.sf.net/"
   exif:DateTimeOriginal="2025:07:14 12:30:00"
   darktable:xmp_version="5"
   darktable:history_end="1">
   <darktable:history>
    <rdf:Seq>
     <rdf:li
      darktable:num="0"
      darktable:operation="exposure"
      darktable:enabled="1"
      darktable:params="00000000000080b90000fa3f0000484200008040"
      darktable:blendop_params="gz12eJxjYGBgkGAAgRNODESDBnsIHll8ANNSGQM="/>
    </rdf:Seq>
   </darktable:history>
   <!-- kept -->
  </rdf:Description>
 </rdf:RDF>
</x:xmpmeta>
"""


def packet(inner: str, *, start: str = "") -> bytes:
    return (
        f'{start}<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF'
        ' xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"'
        f' xmlns:dc="http://purl.org/dc/elements/1.1/">{inner}</rdf:RDF></x:xmpmeta>'
    ).encode()


# Which file


@pytest.mark.parametrize(
    ("photo", "names", "naming", "expected"),
    [
        ("a.JPG", [], "stem", "a.xmp"),
        ("a.JPG", [], "name", "a.JPG.xmp"),
        ("a.JPG", ["a.xmp"], "name", "a.xmp"),
        ("a.JPG", ["A.XMP"], "name", "A.XMP"),
        ("a.JPG", ["a.jpg.xmp"], "stem", "a.jpg.xmp"),
        ("a.JPG", ["a.xmp", "a.JPG.xmp"], "stem", "a.JPG.xmp"),
        ("a.JPG", ["a_01.JPG.xmp", "aa.xmp"], "stem", "a.xmp"),
        ("a.NEF", ["a.JPG", "a.NEF", "a.xmp"], "name", "a.xmp"),
        ("a.NEF", ["a.JPG", "a.NEF"], "stem", "a.xmp"),
        ("a.JPG", ["a.JPG", "a.NEF", "a.xmp"], "stem", "a.JPG.xmp"),
        ("a.NEF", ["a.DNG", "a.NEF", "a.xmp"], "stem", "a.NEF.xmp"),
        ("a.heic", ["a.heic", "A.JPG", "a.mov", "a.xmp"], "stem", "a.heic.xmp"),
        ("no suffix", [], "stem", "no suffix.xmp"),
        ("ab.c.jpg", ["ab.xmp"], "stem", "ab.c.xmp"),
    ],
)
def test_the_sidecar_is_the_one_that_is_there_or_named_as_chosen(
    photo: str, names: list[str], naming: Naming, expected: str
) -> None:
    assert sidecar_of(Path("folder", photo), names, naming) == Path("folder", expected)


# What stands in it


def test_a_new_sidecar_is_read_by_other_programs(tmp_path: Path) -> None:
    made = change_sidecar(b"", NOTHING, NEW)
    path = tmp_path / "photo.xmp"
    path.write_bytes(made.data)
    (tags,) = exiftool.tags([path])
    assert tags["XMP-dc:Subject"] == list(NEW.subject)
    assert tags["XMP-lr:HierarchicalSubject"] == list(NEW.hierarchical)
    assert tags["XMP-digiKam:TagsList"] == list(NEW.tags_list)
    assert exiftool.complaints([path]) == [["Validate: OK"]]
    assert b"<rdf:Bag>" in made.data
    assert b"<rdf:Seq>" in made.data
    assert made.added == Fields(NEW.subject, NEW.hierarchical, NEW.tags_list)
    assert read_sidecar(made.data) == made.added
    emptied = change_sidecar(made.data, made.added, NOTHING)
    assert not read_sidecar(emptied.data)
    assert emptied.removed == made.added
    assert change_sidecar(b"", NOTHING, NOTHING).data == b""


@pytest.mark.parametrize("before", [LIGHTROOM, DARKTABLE])
def test_what_another_program_keeps_in_its_sidecar_stays_byte_for_byte(
    before: bytes, tmp_path: Path
) -> None:
    own = read_sidecar(before)
    written = change_sidecar(before, NOTHING, NEW)
    kept = written.data
    for name in NEW.subject + NEW.hierarchical + NEW.tags_list:
        assert name.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").encode() in kept
    fewer = change_sidecar(written.data, written.added, fields_of([Keyword(("狗",))]))
    assert read_sidecar(fewer.data).subject == (*own.subject, "狗")
    back = change_sidecar(fewer.data, fewer.added, NOTHING)
    assert back.data == before
    paths = [tmp_path / "before.xmp", tmp_path / "after.xmp"]
    paths[0].write_bytes(before)
    paths[1].write_bytes(written.data)
    old, new = exiftool.tags(paths)
    fields = ("XMP-dc:Subject", "XMP-lr:HierarchicalSubject", "XMP-digiKam:TagsList")
    others = [{name: tags[name] for name in tags if name not in fields} for tags in (old, new)]
    assert others[0] == others[1]
    assert exiftool.complaints(paths)[0] == exiftool.complaints(paths)[1]


@pytest.mark.parametrize(
    "inner",
    [
        '<rdf:Description rdf:about="" dc:subject="one, two"/>',
        "<rdf:Description dc:format = \"x\"\n dc:subject='one, two'></rdf:Description>",
        '<rdf:Description rdf:about=""><dc:subject>one, two</dc:subject></rdf:Description>',
        (
            "<rdf:Description><dc:subject><rdf:Seq><rdf:li>one, two</rdf:li></rdf:Seq></dc:subject>"
            "</rdf:Description>"
        ),
        (
            "<rdf:Description/><rdf:Description><dc:subject><rdf:Bag>"
            "<rdf:li xml:lang='de'>one, two</rdf:li></rdf:Bag></dc:subject></rdf:Description>"
        ),
        (
            "<rdf:Description><dc:subject><rdf:Alt><rdf:li><![CDATA[one, two]]></rdf:li></rdf:Alt>"
            "</dc:subject></rdf:Description>"
        ),
        (
            "<rdf:Description><dc:subject><rdf:Bag><rdf:li rdf:parseType='Resource'><rdf:value>"
            "one, two</rdf:value><dc:type>x</dc:type></rdf:li></rdf:Bag></dc:subject>"
            "</rdf:Description>"
        ),
    ],
)
def test_a_persons_keyword_is_kept_however_it_is_written(inner: str) -> None:
    before = packet(inner)
    assert read_sidecar(before).subject == ("one, two",)
    written = change_sidecar(before, NOTHING, Fields(subject=("ours", "one, two")))
    assert written.added.subject == ("ours",)
    assert read_sidecar(written.data).subject == ("one, two", "ours")
    back = change_sidecar(written.data, written.added, NOTHING)
    assert read_sidecar(back.data).subject == ("one, two",)


@pytest.mark.parametrize(
    "inner",
    [
        "",
        '<rdf:Description rdf:about="uuid:1" dc:format="x"/>',
        "<rdf:Description><dc:subject><rdf:Bag/></dc:subject></rdf:Description>",
        "<rdf:Description><dc:subject><rdf:Bag></rdf:Bag></dc:subject></rdf:Description>",
        "<rdf:Description><dc:subject/></rdf:Description>",
        (
            '<rdf:Description rdf:about=""><dc:subject></dc:subject><dc:format>x</dc:format>'
            "</rdf:Description>"
        ),
    ],
)
def test_keywords_come_where_there_were_none(inner: str) -> None:
    before = packet(inner, start="\ufeff<?xpacket begin='' id='W5M0MpCehiHzreSzNTczkc9d'?>")
    written = change_sidecar(before, NOTHING, NEW)
    assert read_sidecar(written.data).subject == NEW.subject
    back = change_sidecar(written.data, written.added, NOTHING)
    assert not read_sidecar(back.data)
    assert back.data.count(b"dc:format") == before.count(b"dc:format")


def test_a_new_sidecar_does_not_hide_what_the_photo_has() -> None:
    inside = Fields(subject=("Dog", "Rex"), hierarchical=("Animal|Dog",), iptc=("Old",))
    made = change_sidecar(b"", NOTHING, Fields(("Sea",), ("Sea",), ("Sea",)), inside)
    assert read_sidecar(made.data) == Fields(
        ("Dog", "Rex", "Old", "Sea"),
        ("Animal|Dog", "Rex", "Old", "Sea"),
        ("Animal/Dog", "Rex", "Old", "Sea"),
    )
    again = change_sidecar(made.data, made.added, Fields(("Sky",), ("Sky",), ("Sky",)), inside)
    assert read_sidecar(again.data).tags_list == ("Animal/Dog", "Rex", "Old", "Sky")
    assert not read_sidecar(change_sidecar(again.data, again.added, NOTHING, inside).data)


def test_other_prefixes_and_characters_are_understood() -> None:
    before = (
        '<?xml version="1.0" encoding="ISO-8859-1"?><m:xmpmeta xmlns:m="adobe:ns:meta/"><r:RDF'
        ' xmlns:r="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><r:Description r:about="x"'
        ' xmlns:d="http://purl.org/dc/elements/1.1/"><d:subject><r:Bag><r:li>größe</r:li></r:Bag>'
        "</d:subject></r:Description></r:RDF></m:xmpmeta>"
    ).encode("latin-1")
    written = change_sidecar(before, NOTHING, NEW)
    assert read_sidecar(written.data).subject == ("größe", *NEW.subject)
    assert read_sidecar(written.data).tags_list == ("größe", *NEW.tags_list)
    assert change_sidecar(written.data, written.added, NOTHING).data == before


BOMB = (
    '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">'
    '<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;">]>'
)


@pytest.mark.parametrize(
    "data",
    [
        packet("<rdf:Description><dc:subject>&c;</dc:subject></rdf:Description>", start=BOMB),
        packet("", start='<!DOCTYPE x SYSTEM "file:///etc/passwd">'),
        packet("<rdf:Description>"),
        packet(
            "<rdf:Description><dc:subject><rdf:Bag>text<dc:x/></rdf:Bag></dc:subject>"
            "</rdf:Description>"
        ),
        packet("<rdf:Description><dc:subject rdf:resource='x'/></rdf:Description>"),
        packet("").decode().encode("utf-16"),
        b"<html><body>no XMP</body></html>",
        b"RIFF\0\0\0\0darktable",
        b"\xff\xfe\0",
        b" " * (40 << 20),
        packet("<rdf:Description/>").replace(b"rdf:about", b"") + b"<rdf:RDF/>",
        packet("<rdf:Description>\xff</rdf:Description>").replace(b"\xc3\xbf", b"\xff"),
    ],
    ids=range(12),
)
def test_what_is_no_xmp_is_left_alone_with_a_reason(data: bytes) -> None:
    assert not read_sidecar(data)
    with pytest.raises(ImageError, match="sidecar") as caught:
        change_sidecar(data, NOTHING, NEW)
    assert caught.value.message


def test_a_deep_sidecar_does_no_harm() -> None:
    deep = packet(
        "<rdf:Description>" + "<dc:x>" * 50_000 + "</dc:x>" * 50_000 + "</rdf:Description>"
    )
    assert read_sidecar(change_sidecar(deep, NOTHING, NEW).data).subject == NEW.subject
