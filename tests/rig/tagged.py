"""Photos as other programs leave them: with keywords, film behind the picture, or none of that."""

from __future__ import annotations

import struct
from collections.abc import Callable
from pathlib import Path

from PIL import Image, ImageSequence, PngImagePlugin

from . import exiftool, photos

OWN = tuple(f"own {number:02}, größe; 狗 🐕" for number in range(20))
"""Twenty keywords of a person's, that any separator would tear."""
XMP_NAME = b"http://ns.adobe.com/xap/1.0/\0"


def _picture(seed: int = 0) -> Image.Image:
    return photos.picture(seed, edge_px=96).resize((96, 80))


def _jpeg(path: Path, **options: object) -> None:
    _picture().save(path, "JPEG", quality=90, exif=photos.camera_exif(), **options)


def _bare_jpeg(path: Path) -> None:
    _picture().save(path, "JPEG", quality=80, comment=b"a comment")


def _own(path: Path) -> None:
    """A JPEG with a person's keywords in XMP and IPTC, and Photoshop's digest of the latter."""
    _jpeg(path)
    options = [o for k in OWN for o in (f"-XMP-dc:Subject+={k}", f"-IPTC:Keywords+={k}")]
    exiftool.rewrite(path, ("-codedcharacterset=utf8", "-charset", "iptc=utf8", *options))
    exiftool.rewrite(path, ("-IPTCDigest=new", "-XMP-xmp:Rating=4", "-XMP-dc:Title-de=Schön"))


def _latin(path: Path) -> None:
    """IPTC in Latin-1, of which nothing says that it is."""
    _jpeg(path)
    options = ("-IPTC:By-line=Jürgen Groß", "-IPTC:City=Düsseldorf", "-IPTC:Keywords=Zoë")
    exiftool.rewrite(path, ("-charset", "iptc=latin", *options))
    assert "Jürgen".encode("latin-1") in path.read_bytes()


def _several(path: Path) -> None:
    """Two pictures in one file with a list of them, as phones and cameras write."""
    other = _picture(1)
    _picture().save(path, "MPO", save_all=True, append_images=[other], exif=photos.camera_exif())


def _film(path: Path) -> None:
    """A phone's photo with a film behind the picture."""
    _jpeg(path)
    film = b"\0\0\0\x18ftypmp42" + bytes(range(256)) * 40
    exiftool.rewrite(
        path, ("-XMP-GCamera:MicroVideo=1", f"-XMP-GCamera:MicroVideoOffset={len(film)}")
    )
    path.write_bytes(path.read_bytes() + film)


def _extended(path: Path) -> None:
    """XMP that goes on in a segment of its own."""
    digest = b"0123456789ABCDEF0123456789ABCDEF"
    main = (
        b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF'
        b' xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about=""'
        b' xmlns:xmpNote="http://ns.adobe.com/xmp/note/" xmpNote:HasExtendedXMP="' + digest + b'"/>'
        b"</rdf:RDF></x:xmpmeta>"
    )
    rest = main.replace(b"xmpNote:Has", b"xmpNote:No").replace(digest, b"x" * 70_000)
    _jpeg(path)
    data = path.read_bytes()
    segments = _segment(0xE1, XMP_NAME + main)
    for start in range(0, len(rest), 60_000):
        head = (
            b"http://ns.adobe.com/xmp/extension/\0" + digest + struct.pack(">II", len(rest), start)
        )
        segments += _segment(0xE1, head + rest[start : start + 60_000])
    path.write_bytes(data[:2] + segments + data[2:])


def _segment(marker: int, body: bytes) -> bytes:
    return bytes((0xFF, marker)) + struct.pack(">H", len(body) + 2) + body


def _compressed_xmp(path: Path) -> None:
    """A PNG whose XMP is compressed."""
    info = PngImagePlugin.PngInfo()
    info.add_itxt("XML:com.adobe.xmp", _packet(), zip=True)
    info.add_text("Comment", "a comment")
    _picture().save(path, "PNG", pnginfo=info)


def _packet() -> str:
    items = "".join(f"<rdf:li>{name}</rdf:li>" for name in OWN)
    return (
        '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF'
        ' xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about=""'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<dc:subject><rdf:Bag>{items}</rdf:Bag></dc:subject></rdf:Description></rdf:RDF></x:xmpmeta>"
    )


def _moving(kind: str) -> Callable[[Path], None]:
    def save(path: Path) -> None:
        frames = [_picture(seed) for seed in range(3)]
        frames[0].save(path, kind, save_all=True, append_images=frames[1:], duration=100)
        with Image.open(path) as image:
            assert len(list(ImageSequence.Iterator(image))) == 3

    return save


def _webp(path: Path) -> None:
    image = _picture()
    profile = photos.display_p3()
    image.save(path, "WEBP", exif=photos.camera_exif(), icc_profile=profile, xmp=_packet().encode())


def _transparent_webp(path: Path) -> None:
    image = _picture()
    image.putalpha(image.convert("L"))
    image.save(path, "WEBP", lossless=True)


def _tiff(path: Path) -> None:
    _picture().save(path, "TIFF", compression="tiff_lzw", exif=photos.camera_exif())


def _pages(path: Path) -> None:
    frames = [_picture(seed) for seed in range(3)]
    frames[0].save(path, "TIFF", save_all=True, append_images=frames[1:])
    exiftool.rewrite(path, tuple(f"-XMP-dc:Subject+={name}" for name in OWN))


def _big_endian(path: Path) -> None:
    Image.new("I;16B", (40, 30), 1000).save(path, "TIFF")
    assert path.read_bytes().startswith(b"MM")
    exiftool.rewrite(path, ("-charset", "iptc=latin", "-IPTC:City=Düsseldorf"))


KINDS: dict[str, Callable[[Path], None]] = {
    "camera.jpg": _jpeg,
    "bare.jpg": _bare_jpeg,
    "cmyk.jpg": lambda path: photos.save_cmyk(_picture(), path),
    "progressive.jpg": lambda path: _jpeg(path, progressive=True),
    "profile.jpg": lambda path: _jpeg(path, icc_profile=photos.display_p3()),
    "own.jpg": _own,
    "latin.jpg": _latin,
    "several.jpg": _several,
    "film.jpg": _film,
    "extended.jpg": _extended,
    "plain.png": lambda path: photos.save_png(_picture(), path),
    "alpha.png": lambda path: photos.save_png_alpha(_picture(), path),
    "deep.png": lambda path: photos.save_png16(_picture(), path),
    "compressed.png": _compressed_xmp,
    "moving.png": _moving("PNG"),
    "plain.webp": lambda path: photos.save_webp(_picture(), path),
    "full.webp": _webp,
    "transparent.webp": _transparent_webp,
    "moving.webp": _moving("WEBP"),
    "camera.tif": _tiff,
    "pages.tif": _pages,
    "motorola.tif": _big_endian,
}
"""By the name of the file: what makes it."""


def make(folder: Path) -> list[Path]:
    """All of them."""
    for name, save in KINDS.items():
        save(folder / name)
    return [folder / name for name in KINDS]
