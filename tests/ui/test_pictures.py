"""Pictures for the window: decoded elsewhere, only what is wanted, and broken ones known."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import QSize
from pytestqt.qtbot import QtBot

from desktop.core.errors import ImageError
from desktop.ui.grid.thumbnails import PictureLoader
from desktop.ui.work import Work


class Decoder:
    """Decodes when it is let to, and notes what it was asked for, and where."""

    def __init__(self) -> None:
        self.asked: list[Path] = []
        self.threads: set[int] = set()
        self.begun = threading.Event()
        self.let = threading.Event()
        self.let.set()
        self.gone: set[Path] = set()

    def __call__(self, path: Path, edge_px: int) -> Image.Image:
        assert edge_px == 200  # pixels of the screen
        self.asked.append(path)
        self.threads.add(threading.get_ident())
        self.begun.set()
        assert self.let.wait(20)
        if path in self.gone:
            raise ImageError("This photo is gone") from FileNotFoundError(path)
        if path.name.startswith("broken"):
            raise ImageError("This photo is damaged")
        if path.name.startswith("bug"):
            raise ZeroDivisionError
        return Image.new("RGB", (400, 200), (255, 0, 0))


@pytest.fixture
def decoder() -> Decoder:
    return Decoder()


@pytest.fixture
def loader(decoder: Decoder, qtbot: QtBot) -> Iterator[PictureLoader]:
    work = Work()
    loader = PictureLoader(decoder, work, threads=1, memory_bytes=200_000)
    loader.set_box(QSize(100, 100), 2.0)
    yield loader
    decoder.let.set()
    work.close()


def paths(*names: str) -> list[Path]:
    return [Path(name) for name in names]


def test_a_picture_comes_in_the_size_asked_for(
    loader: PictureLoader, decoder: Decoder, qtbot: QtBot
) -> None:
    assert loader.get(Path("a")) is None
    with qtbot.waitSignal(loader.arrived) as told:
        loader.want(paths("a"))
    assert told.args == [paths("a")]
    picture = loader.get(Path("a"))
    assert picture is not None
    assert (picture.width(), picture.height()) == (200, 100)
    assert picture.devicePixelRatio() == 2.0
    assert picture.pixelColor(5, 5).getRgb()[:3] == (255, 0, 0)
    assert decoder.threads.isdisjoint({threading.get_ident()})


@pytest.mark.parametrize("name", ["broken", "bug"])
def test_a_file_without_a_picture_is_asked_for_once(
    loader: PictureLoader, decoder: Decoder, qtbot: QtBot, name: str
) -> None:
    with qtbot.waitSignal(loader.arrived):
        loader.want(paths(name))
    picture = loader.get(Path(name))
    assert picture is not None
    assert picture.isNull()
    with qtbot.waitSignal(loader.arrived):
        loader.want(paths(name, "good"))
    assert decoder.asked == paths(name, "good")


def test_what_was_scrolled_past_is_never_decoded(
    loader: PictureLoader, decoder: Decoder, qtbot: QtBot
) -> None:
    decoder.let.clear()
    loader.want(paths("a", "b", "c"))
    assert decoder.begun.wait(20)
    loader.want(paths("d", "e"))
    decoder.let.set()
    qtbot.waitUntil(lambda: loader.get(Path("e")) is not None)
    assert decoder.asked == paths("a", "d", "e")


def test_memory_is_bounded_and_keeps_what_was_used_last(
    loader: PictureLoader, qtbot: QtBot
) -> None:
    for name in "abcd":  # 80,000 bytes each
        with qtbot.waitSignal(loader.arrived):
            loader.want(paths(name))
        loader.get(Path("a"))
    held = [name for name in "abcd" if loader.get(Path(name)) is not None]
    assert held == ["a", "d"]


def test_another_size_is_decoded_even_while_the_old_one_is_under_way(
    loader: PictureLoader, decoder: Decoder, qtbot: QtBot
) -> None:
    decoder.let.clear()
    loader.want(paths("a"))
    assert decoder.begun.wait(20)
    loader.set_box(QSize(100, 50), 2.0)
    loader.want(paths("a"))
    with qtbot.waitSignal(loader.arrived) as told:
        decoder.let.set()
    assert told.args == [paths("a")]
    assert decoder.asked == paths("a", "a")
    picture = loader.get(Path("a"))
    assert picture is not None
    assert (picture.width(), picture.height()) == (200, 100)


def test_a_file_that_has_come_back_is_not_gone(
    loader: PictureLoader, decoder: Decoder, qtbot: QtBot
) -> None:
    decoder.gone = {Path("a")}
    with qtbot.waitSignal(loader.arrived):
        loader.want(paths("a"))
    assert loader.is_gone(Path("a"))
    decoder.gone.clear()
    loader.set_box(QSize(100, 50), 2.0)
    with qtbot.waitSignal(loader.arrived):
        loader.want(paths("a"))
    assert not loader.is_gone(Path("a"))
