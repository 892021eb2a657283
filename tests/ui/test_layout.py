"""Nothing lies on top of anything and no text is cut: by sizes, states and languages."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QImage, QPainter, QPalette
from PySide6.QtWidgets import (
    QApplication,
    QLabel,
    QPushButton,
    QScrollArea,
    QStackedLayout,
    QWidget,
)

from desktop.core.errors import StorageError
from desktop.core.records import Instance
from desktop.core.settings import Settings
from desktop.ui.grid.delegate import covering
from desktop.ui.grid.results_model import IS_READ
from desktop.ui.labels.editor import Title
from desktop.ui.look.direction import running_on, shortened
from desktop.ui.look.line_text import LineText
from desktop.ui.look.theme import colours, style_sheet_of
from desktop.ui.words.languages import OWN_NAMES, speak
from tools.mirrored import speak_mirrored

from .conftest import LIMIT_MS, Desk
from .test_reach import AMAZON, DIALOGS, STATES

AMAZON_PAGES = (
    *("start", "sign-in", "other-ways", "no-account", "account", "progress", "ready", "connected"),
    *("doctor", "computer", "connection-file", "forget", "removal"),
)
SIZES = [QSize(1280, 800), QSize(900, 600), QSize(760, 400)]


def flaws(root: QWidget) -> list[str]:
    """What lies upon its neighbour or is shown in part only, below this widget, once it rests."""
    for _ in range(3):  # a layout may ask for another one
        QApplication.processEvents()
    found = []
    for parent in [root, *root.findChildren(QWidget)]:
        if not parent.isVisible() or parent.layout() is None:
            continue
        children = [] if isinstance(parent.layout(), QStackedLayout) else laid_out(parent)
        for number, one in enumerate(children):
            found += [
                f"{name(one)} and {name(other)} overlap"
                for other in children[number + 1 :]
                if one.geometry().intersects(other.geometry())
            ]
            if not parent.rect().contains(one.geometry()):
                found.append(f"{name(one)} reaches out of {name(parent)}")
    for text in [*root.findChildren(QLabel), *root.findChildren(QPushButton)]:
        if text.isVisible() and text.text() and not is_whole(text):
            found.append(f"{name(text)} is cut: {text.text()!r}")
    return found


def laid_out(parent: QWidget) -> list[QWidget]:
    layout = parent.layout()
    assert layout is not None
    return [
        child
        for child in parent.findChildren(QWidget)
        if child.parent() is parent
        and child.isVisible()
        and not child.isWindow()
        and layout.indexOf(child) >= 0
        and child.geometry() != QRect()
    ]


def is_whole(text: QLabel | QPushButton) -> bool:
    if isinstance(text, LineText):
        return text.toolTip().startswith(text.said)  # what does not fit is told there
    if isinstance(text, QLabel) and text.wordWrap():
        words = re.split(r"[\s\u200b]+", text.text())
        longest_px = max(text.fontMetrics().horizontalAdvance(word) for word in words)
        return text.height() >= text.heightForWidth(text.width()) and text.width() >= longest_px
    return text.width() >= text.minimumSizeHint().width()


def name(widget: QWidget) -> str:
    text = getattr(widget, "text", lambda: "")
    said = text() if callable(text) else ""
    return f"{type(widget).__name__}({widget.accessibleName() or said!r})"


@pytest.fixture(params=["en", "de", "from right to left"])
def language(request: pytest.FixtureRequest, application: QApplication) -> str:
    """The languages of the window, and one that runs the other way."""
    if request.param in OWN_NAMES:
        speak(application, request.param)
    else:
        speak_mirrored(application)
    is_mirrored = application.layoutDirection() == Qt.LayoutDirection.RightToLeft
    assert is_mirrored == (request.param not in OWN_NAMES)
    return str(request.param)


@pytest.mark.parametrize("size", SIZES, ids=["large", "small", "least"])
def test_nothing_overlaps_and_no_text_is_cut(
    desk: Desk, photos: Path, language: str, size: QSize
) -> None:
    (photos / "a name that is far longer than there is room for it anywhere.png").write_bytes(b"")
    (photos / f"{'x' * 120}.png").write_bytes(b"")
    window = desk.start()
    window.resize(size)
    until_whole(desk, window)
    window.add([photos])
    desk.until_ended(8)
    desk.until(lambda: bool(window.gallery.view_bar.hidden))
    until_whole(desk, window)
    for place in range(window.model.rowCount()):
        window.grid.setCurrentIndex(window.model.index(place))
        until_whole(desk, window)
    window.grid.selectAll()
    until_whole(desk, window)
    window.messages.show_error(StorageError("The library cannot be used", f"/home/{'x' * 150}/a"))
    window.editing.note.show_note("Removed “a label of many words”. " * 9)
    until_whole(desk, window)
    assert window.width() <= size.width()


@pytest.mark.parametrize("name", [name for name in STATES if name != "empty"])
def test_nor_in_any_state_of_the_least_window(
    desk: Desk, photos: Path, language: str, name: str
) -> None:
    window = STATES[name](desk, photos)
    window.resize(SIZES[-1])
    until_whole(desk, window)


@pytest.mark.parametrize("name", list(DIALOGS))
def test_nor_in_any_dialog(desk: Desk, photos: Path, language: str, name: str) -> None:
    dialog = DIALOGS[name](desk, photos)
    desk.qtbot.waitExposed(dialog)
    until_whole(desk, dialog)


@pytest.mark.parametrize("letters", [1, 2], ids=["normal", "double"])
def test_nor_on_any_page_of_the_account_in_narrow_settings(
    desk: Desk, application: QApplication, language: str, letters: int
) -> None:
    font = application.font()
    try:
        larger = QFont(font)
        larger.setPointSizeF(letters * font.pointSizeF())
        application.setFont(larger)
        window = desk.start(Settings(connection=AMAZON), samples=desk.data_dir)
        dialog = window.shell.show_settings("amazon")
        dialog.resize(520, 400)
        desk.until(lambda: window.shell.amazon.account.is_loaded)
        for page in AMAZON_PAGES:
            window.shell.amazon.account.go(page)
            until_whole(desk, dialog)
            assert cut_off(dialog) == 0, page
    finally:
        application.setFont(font)


def until_whole(desk: Desk, dialog: QWidget) -> None:
    """Wait until there is no flaw: what a thread looks up is laid out when it is there."""

    def is_whole() -> None:
        assert flaws(dialog) == []

    desk.qtbot.waitUntil(is_whole, timeout=LIMIT_MS)


def cut_off(dialog: QWidget) -> int:
    """How many pixels of the shown page are to be seen only when it is moved sideways."""
    areas = [area for area in dialog.findChildren(QScrollArea) if area.isVisible()]
    return max(area.horizontalScrollBar().maximum() for area in areas)


def test_what_is_drawn_is_mirrored_and_pictures_are_not(
    application: QApplication, desk: Desk, photos: Path
) -> None:
    """By the columns in which there is colour: of a cell, of a line of the panel, of a box."""
    Image.new("RGB", (400, 300), "white").save(photos / "0000.png")
    desk.backend.finds = {"0000": [("Grass", 45.0)]}
    left_to_right = drawn(desk, photos / "0000.png", Qt.LayoutDirection.LeftToRight)
    right_to_left = drawn(desk, photos / "0000.png", Qt.LayoutDirection.RightToLeft)
    for name in ("cell", "line"):
        last = left_to_right[name].width() - 1
        first_column, last_column = accent_columns(left_to_right[name])
        mirrored = pytest.approx((last - last_column, last - first_column), abs=1)
        assert accent_columns(right_to_left[name]) == mirrored
    assert accent_columns(left_to_right["box"]) == accent_columns(right_to_left["box"])


def test_names_and_sliders_begin_where_the_window_does(application: QApplication) -> None:
    metrics, name = QFontMetrics(application.font()), "Cocker Spaniel"
    QApplication.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    assert shortened(name, metrics, 500) == f"\u2068{name}\u2069"  # its "…" stays behind it
    assert running_on(name) == f"\u200f{name}"
    assert "QSlider::add-page" in style_sheet_of(colours(is_dark=False))
    QApplication.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
    assert shortened(name, metrics, 500) == running_on(name) == name
    assert "QSlider::add-page" not in style_sheet_of(colours(is_dark=False))


@pytest.mark.parametrize("ratio", [1.0, 1.5, 2.0])
def test_a_picture_fills_its_place_once_at_any_scale(ratio: float) -> None:
    picture = QImage(round(200 * ratio), round(400 * ratio), QImage.Format.Format_RGB32)
    picture.fill(QColor("red"))
    with QPainter(picture) as painter:
        painter.fillRect(0, 0, picture.width(), picture.height() // 2, QColor("green"))
    picture.setDevicePixelRatio(ratio)
    screen = QImage(300, 500, QImage.Format.Format_RGB32)
    screen.fill(QColor("white"))
    with QPainter(screen) as painter:
        painter.fillRect(QRect(40, 60, 200, 400), covering(QRectF(40, 60, 200, 400), picture))
    column = [screen.pixelColor(140, down).name() for down in range(60, 460)]
    green, red = QColor("green").name(), QColor("red").name()
    assert set(column[:195]) == {green}
    assert set(column[205:]) == {red}


def drawn(desk: Desk, photo: Path, direction: Qt.LayoutDirection) -> dict[str, QImage]:
    """Pictures of a photo's cell and of a line of its panel, labelled by a machine and by you."""
    QApplication.setLayoutDirection(direction)
    window = desk.start(Settings(min_confidence=40))
    window.add([photo])
    desk.until_ended(1)
    grid, panel = window.grid, window.panel
    grid.setCurrentIndex(window.model.index(0))
    window.editing.editor.change_label(Title("Added", "add"), [1], "Bello", "add")
    desk.until(lambda: panel.list.model().rowCount() == 2)
    desk.until(lambda: panel.preview.picture is not None)
    panel.preview.show_boxes([Instance(0.1, 0.2, 0.2, 0.5, 90.0)])
    place = panel.list.labels.index(1)
    desk.until(lambda: panel.list.rect().contains(panel.list.visualRect(place)))  # is laid out
    lines = panel.list.grab().toImage()
    found = {
        "line": lines.copy(panel.list.visualRect(place)),
        "box": panel.preview.grab().toImage(),
    }
    grid.setCurrentIndex(window.model.index(-1))
    desk.until(lambda: bool(window.model.index(0).data(IS_READ)))
    found["cell"] = grid.viewport().grab(grid.visualRect(window.model.index(0))).toImage()
    desk.close()
    return found


def accent_columns(picture: QImage) -> tuple[int, int]:
    """The first and the last column in which there is the colour of bars and boxes."""
    accent = QApplication.palette().color(QPalette.ColorRole.Accent)
    hits = [
        x
        for x in range(picture.width())
        if any(is_near(picture.pixelColor(x, y), accent) for y in range(picture.height()))
    ]
    return hits[0], hits[-1]


def is_near(one: QColor, other: QColor) -> bool:
    return abs(one.hue() - other.hue()) < 12 and one.saturation() > 120
