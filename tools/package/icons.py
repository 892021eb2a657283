"""Draws the program's icon in the sizes and formats that each system asks for."""

from __future__ import annotations

import io
from pathlib import Path

from PIL import Image
from PySide6.QtCore import QBuffer, QIODevice, QRectF, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

from desktop import __version__

ROOT = Path(__file__).parents[2]
DRAWING = ROOT / "packaging" / "icon.svg"
SIZES_PX = (16, 24, 32, 48, 64, 128, 256, 512)


def make_icons(folder: Path) -> None:
    """tagdrop-<size>.png, tagdrop.ico and tagdrop.icns."""
    drawn = {size_px: draw(size_px) for size_px in SIZES_PX}
    for size_px, picture in drawn.items():
        picture.save(folder / f"tagdrop-{size_px}.png")
    small = [drawn[size_px] for size_px in SIZES_PX if size_px <= 256]
    small[-1].save(folder / "tagdrop.ico", append_images=small[:-1])
    drawn[512].save(folder / "tagdrop.icns")


def draw(size_px: int) -> Image.Image:
    """The icon as a square of so many pixels, with transparency."""
    canvas = QImage(size_px, size_px, QImage.Format.Format_ARGB32)
    canvas.fill(Qt.GlobalColor.transparent)
    painter = QPainter(canvas)
    QSvgRenderer(str(DRAWING)).render(painter, QRectF(0, 0, size_px, size_px))
    painter.end()
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    canvas.save(buffer, "PNG")  # type: ignore[call-overload]  # bytes, says the stub, and refuses them
    with Image.open(io.BytesIO(buffer.data().data())) as image:
        return image.copy()


def make_version_files(folder: Path) -> None:
    """What Windows shows of each program's file, in PyInstaller's notation: tagdrop.exe.txt, …"""
    for program in ("tagdrop.exe", "tagdrop.com"):
        (folder / f"{program}.txt").write_text(_version_of(program), encoding="utf-8")


def _version_of(program: str) -> str:
    numbers = ", ".join([*__version__.split("."), "0", "0", "0"][:4])
    texts = {
        "CompanyName": "The Tagdrop founders",
        "FileDescription": "Tagdrop: labels for your photos",
        "FileVersion": __version__,
        "InternalName": "tagdrop",
        "LegalCopyright": "GPL-3.0-or-later",
        "OriginalFilename": program,
        "ProductName": "Tagdrop",
        "ProductVersion": __version__,
    }
    lines = ",\n".join(f"        StringStruct({k!r}, {v!r})" for k, v in texts.items())
    return f"""VSVersionInfo(
  ffi=FixedFileInfo(filevers=({numbers}), prodvers=({numbers})),
  kids=[
    StringFileInfo([
      StringTable("040904B0", [
{lines}
      ])
    ]),
    VarFileInfo([VarStruct("Translation", [1033, 1200])])
  ]
)
"""


if __name__ == "__main__":  # after a change of the drawing
    draw(256).save(ROOT / "desktop" / "ui" / "icon.png", optimize=True)
