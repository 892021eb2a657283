"""One photo, large: opened by key and mouse, zoomed, and left for its neighbours."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import QPoint, QPointF, QSize, Qt
from PySide6.QtGui import (
    QGuiApplication,
    QImage,
    QNativeGestureEvent,
    QPointingDevice,
    QWheelEvent,
)
from PySide6.QtWidgets import QApplication

from desktop.ui.photos.canvas import PhotoCanvas

from .conftest import Desk
from .test_search import names

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def album(desk: Desk, photos: Path) -> Desk:
    window = desk.start()
    window.add([photos])
    desk.until_ended(6)
    window.activateWindow()
    window.grid.setFocus()
    window.grid.setCurrentIndex(window.model.index(1))
    return desk


def colour(viewer: PhotoCanvas) -> tuple[int, int, int]:
    picture = viewer.picture()
    if picture is None or picture.isNull():
        return (-1, -1, -1)
    pixel = picture.pixelColor(picture.width() // 2, picture.height() // 2)
    return pixel.red(), pixel.green(), pixel.blue()


@pytest.mark.parametrize("key", [Qt.Key.Key_Space, Qt.Key.Key_Return])
def test_keys_open_step_and_close(album: Desk, key: Qt.Key) -> None:
    window = album.window
    assert window is not None
    viewer, keys = window.gallery.viewer.canvas, album.qtbot.keyClick
    keys(window.grid, key)
    assert viewer.isVisible()
    assert not window.sidebar.isVisible()
    assert window.focusWidget() is viewer
    album.until(lambda: colour(viewer) == (37, 91, 0))
    keys(viewer, Qt.Key.Key_Right)
    album.until(lambda: colour(viewer) == (74, 182, 0))
    assert viewer.accessibleName() == "0002.png"
    assert viewer.accessibleDescription().startswith("0002.png, Dog, ")
    for _ in range(5):
        keys(viewer, Qt.Key.Key_Left)
    assert viewer.accessibleName() == "0000.png"
    keys(viewer, Qt.Key.Key_Escape)
    assert window.grid.isVisible()
    assert window.sidebar.isVisible()
    assert window.focusWidget() is window.grid
    assert window.grid.currentIndex().row() == 0


def test_a_double_click_opens_and_the_wheel_zooms(album: Desk) -> None:
    window = album.window
    assert window is not None
    viewer, view = window.gallery.viewer.canvas, window.grid.viewport()
    at = window.grid.visualRect(window.model.index(2)).center()
    album.qtbot.mouseClick(view, Qt.MouseButton.LeftButton, pos=at)
    album.qtbot.mouseDClick(view, Qt.MouseButton.LeftButton, pos=at)
    album.until(lambda: colour(viewer) == (74, 182, 0))
    at_px = QPointF(viewer.width() / 4, viewer.height() / 3)

    def under_mouse() -> tuple[float, float]:
        spot = viewer.picture_rect()
        there = at_px - spot.topLeft()
        return there.x() / spot.width(), there.y() / spot.height()

    before = under_mouse()
    wheel = QWheelEvent(
        at_px,
        viewer.mapToGlobal(at_px),
        QPoint(),
        QPoint(0, 480),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(viewer, wheel)
    assert viewer.zoom == pytest.approx(1.25**4)
    assert under_mouse() == pytest.approx(before, abs=0.01)
    rect = viewer.picture_rect()
    assert rect.width() > viewer.width()
    album.qtbot.keyClick(viewer, Qt.Key.Key_0)
    assert viewer.zoom == 1
    album.qtbot.keyClick(viewer, Qt.Key.Key_Plus)
    album.qtbot.keyClick(viewer, Qt.Key.Key_Minus)
    assert viewer.zoom == 1
    fitting = viewer.picture_rect()
    assert fitting.width() <= viewer.width() + 1
    assert fitting.height() <= viewer.height() + 1


def test_a_zoomed_photo_is_dragged_to_its_edge_and_no_further(album: Desk) -> None:
    window = album.window
    assert window is not None
    viewer = window.gallery.viewer.canvas
    album.qtbot.keyClick(window.grid, Qt.Key.Key_Space)
    album.until(lambda: colour(viewer) == (37, 91, 0))
    viewer.set_zoom(8)
    left = Qt.MouseButton.LeftButton
    album.qtbot.mousePress(viewer, left, pos=QPoint(100, 100))
    for _ in range(40):
        album.qtbot.mouseMove(viewer, QPoint(100, 100))
        album.qtbot.mouseMove(viewer, QPoint(600, 500))
        viewer._grip = QPointF(100, 100)
    album.qtbot.mouseRelease(viewer, left, pos=QPoint(600, 500))
    assert viewer.picture_rect().left() == pytest.approx(0, abs=1)
    assert viewer.picture_rect().top() == pytest.approx(0, abs=1)


def test_labels_are_copied(album: Desk) -> None:
    window = album.window
    assert window is not None
    album.qtbot.keyClick(window.grid, Qt.Key.Key_C, CTRL)
    album.until(lambda: QGuiApplication.clipboard().text() == "Dog, Grass")
    first = window.grid.visualRect(window.model.index(0)).center()
    album.qtbot.mouseClick(window.grid.viewport(), Qt.MouseButton.LeftButton, CTRL, pos=first)
    album.qtbot.keyClick(window.grid, Qt.Key.Key_C, CTRL)
    both = "0000.png: Dog, Grass\n0001.png: Dog, Grass"
    album.until(lambda: QGuiApplication.clipboard().text() == both)


def test_the_size_of_the_pictures_is_kept(album: Desk) -> None:
    window = album.window
    assert window is not None
    before = window.grid.visualRect(window.grid.currentIndex()).height()
    window.gallery.view_bar.sizes.setValue(360)
    assert window.grid.visualRect(window.grid.currentIndex()).height() > before
    assert (
        window.grid.viewport().rect().intersects(window.grid.visualRect(window.grid.currentIndex()))
    )
    album.until(lambda: bool(album.saved))
    assert album.saved[-1].thumbnail_px == 360
    assert len(names(album)) == 6


def test_photos_removed_from_the_library_come_back_with_undo(album: Desk) -> None:
    window = album.window
    assert window is not None
    path = window.model.row(1).path
    album.qtbot.keyClick(window.grid, Qt.Key.Key_Delete)
    album.until(lambda: len(names(album)) == 5)
    assert path.exists()
    assert window.grid.currentIndex().row() == 1  # its neighbour
    album.qtbot.keyClick(window.grid, Qt.Key.Key_Z, CTRL)
    album.until(lambda: len(names(album)) == 6)
    album.until(lambda: window.model.row(1).path == path)


def test_a_search_without_result_leaves_the_large_photo(album: Desk) -> None:
    window = album.window
    assert window is not None
    album.qtbot.keyClick(window.grid, Qt.Key.Key_Space)
    assert window.gallery.is_enlarged
    window.top_bar.search.setText("nowhere")
    album.until(window.gallery.nothing.isVisible)
    assert window.sidebar.isVisible()
    assert window.gallery.view_bar.isVisible()
    window.top_bar.search.clear()
    album.until(window.grid.isVisible)


def test_a_photo_removed_while_it_is_large_gives_way_to_its_neighbour(album: Desk) -> None:
    window = album.window
    assert window is not None
    album.qtbot.keyClick(window.grid, Qt.Key.Key_Space)
    viewer = window.gallery.viewer.canvas
    album.qtbot.keyClick(viewer, Qt.Key.Key_Delete)
    album.until(lambda: viewer.accessibleName() == "0002.png")
    assert window.gallery.is_enlarged


@pytest.mark.parametrize("steps", [0, 1])
def test_what_is_done_to_the_large_photo_is_done_to_no_other(album: Desk, steps: int) -> None:
    window = album.window
    assert window is not None
    viewer, keys = window.gallery.viewer.canvas, album.qtbot.keyClick
    keys(window.grid, Qt.Key.Key_Right, CTRL)  # goes on and leaves what is selected
    keys(window.grid, Qt.Key.Key_Return)
    for _ in range(steps):
        keys(viewer, Qt.Key.Key_Right, CTRL)
    name = f"000{2 + steps}.png"
    assert viewer.accessibleName() == name
    assert window.panel.facts.name.text() == name
    keys(viewer, Qt.Key.Key_Delete)
    album.until(lambda: len(names(album)) == 5)
    assert name not in names(album)


def test_boxes_of_the_chosen_label_are_drawn_on_the_large_photo(album: Desk) -> None:
    window = album.window
    assert window is not None
    viewer = window.gallery.viewer.canvas
    album.qtbot.keyClick(window.grid, Qt.Key.Key_Space)
    album.until(lambda: colour(viewer) == (37, 91, 0))
    before = viewer.grab().toImage()
    labels = window.panel.list
    labels.setCurrentIndex(labels.model().index(0, 0))
    spot = viewer.picture_rect()
    corner = QPoint(int(spot.left() + spot.width() / 4), int(spot.center().y()))
    assert viewer.grab().toImage().pixelColor(corner) != before.pixelColor(corner)


def test_the_bar_leads_back_says_where_one_is_and_zooms(album: Desk) -> None:
    window = album.window
    assert window is not None
    viewer, click = window.gallery.viewer, album.qtbot.mouseClick
    bar, canvas, left = viewer.bar, viewer.canvas, Qt.MouseButton.LeftButton
    album.qtbot.keyClick(window.grid, Qt.Key.Key_Space)
    album.until(lambda: colour(canvas) == (37, 91, 0))
    assert not window.top_bar.isVisible()
    assert (bar.position.text(), bar.fit.text()) == ("2 of 6", "Fit")
    click(viewer.next, left)
    click(viewer.next, left)
    assert bar.position.text() == "4 of 6"
    click(viewer.previous, left)
    assert canvas.accessibleName() == "0002.png"
    click(viewer.strip, left, pos=viewer.strip.rect_of(0).center())
    assert bar.position.text() == "1 of 6"
    assert not viewer.previous.isVisible()
    album.qtbot.mouseDClick(canvas, left, pos=canvas.rect().center())
    album.until(lambda: bar.fit.text() == "100\u00a0%")
    assert canvas.picture_rect().width() * canvas.devicePixelRatioF() == pytest.approx(120)
    click(bar.fit, left)
    assert (canvas.zoom, bar.fit.text()) == (1, "Fit")
    click(bar.info, left)
    assert not window.panel.isVisible()
    click(bar.back, left)
    assert window.grid.isVisible()
    assert window.panel.isVisible()
    assert window.top_bar.isVisible()


def test_keys_work_from_everywhere_but_a_text_being_typed(album: Desk) -> None:
    window = album.window
    assert window is not None
    viewer, keys, line = window.gallery.viewer, album.qtbot.keyClick, window.panel.add_line
    keys(window.grid, Qt.Key.Key_Space)
    line.setFocus()
    album.qtbot.keyClicks(line, "Rex")
    keys(line, Qt.Key.Key_Left)
    assert (line.cursorPosition(), viewer.bar.position.text()) == (2, "2 of 6")
    keys(line, Qt.Key.Key_Return)
    album.until(lambda: window.editing.note.text == "Added “Rex”")
    keys(line, Qt.Key.Key_Right)
    assert viewer.bar.position.text() == "3 of 6"
    window.panel.list.setFocus()
    keys(window.panel.list, Qt.Key.Key_Left)
    assert viewer.bar.position.text() == "2 of 6"
    keys(window, Qt.Key.Key_F9)  # nothing changes behind the photo
    line.setFocus()
    album.qtbot.keyClicks(line, "Re")
    keys(line, Qt.Key.Key_Escape)
    assert (line.text(), window.gallery.is_enlarged) == ("", True)
    keys(window.focusWidget(), Qt.Key.Key_Escape)
    assert not window.gallery.is_enlarged
    assert window.sidebar.isVisible()


def test_the_full_screen_is_the_photo_s_and_left_with_it(album: Desk) -> None:
    window = album.window
    assert window is not None
    keys = album.qtbot.keyClick
    keys(window.grid, Qt.Key.Key_Space)
    keys(window.gallery.viewer.canvas, Qt.Key.Key_F11)
    assert window.isFullScreen()
    assert not window.progress.isVisible()
    keys(window.gallery.viewer.canvas, Qt.Key.Key_Escape)
    assert (window.isFullScreen(), window.gallery.is_enlarged) == (False, True)
    keys(window.gallery.viewer.canvas, Qt.Key.Key_F11)
    keys(window.gallery.viewer.canvas, Qt.Key.Key_F, CTRL)
    assert not window.isFullScreen()
    assert window.grid.isVisible()
    assert window.top_bar.search.hasFocus()


@pytest.mark.parametrize("size", [(3000, 2001), (12_000, 301)])
def test_a_large_photo_is_sharp_at_its_own_size(
    album: Desk, photos: Path, size: tuple[int, int]
) -> None:
    window = album.window
    assert window is not None
    canvas = window.gallery.viewer.canvas
    window.grid.setCurrentIndex(window.model.index(0))
    photo = Image.effect_noise(size, 90).convert("RGB")
    photo.save(photos / "0001.png", compress_level=1)
    window.grid.setCurrentIndex(window.model.index(1))
    album.qtbot.keyClick(window.grid, Qt.Key.Key_Space)
    album.until(lambda: canvas.true_zoom > 2)
    fitted = QSize(*size).scaled(canvas.size(), Qt.AspectRatioMode.KeepAspectRatio)
    album.until(lambda: (canvas.picture() or QImage()).width() == fitted.width())
    canvas.set_zoom(canvas.true_zoom)
    album.until(lambda: (canvas.picture() or QImage()).width() == size[0])
    seen, spot, middle = canvas.grab().toImage(), canvas.picture_rect(), canvas.rect().center()
    for x, y in ((middle.x() + step, middle.y() + step) for step in range(50)):
        assert seen.pixelColor(x, y).red() == photo.getpixel((x - spot.x(), y - spot.y()))[0]


def test_two_fingers_zoom(album: Desk) -> None:
    window = album.window
    assert window is not None
    canvas = window.gallery.viewer.canvas
    album.qtbot.keyClick(window.grid, Qt.Key.Key_Space)
    album.until(lambda: colour(canvas) == (37, 91, 0))
    at = QPointF(canvas.rect().center())
    pinch = QNativeGestureEvent(
        Qt.NativeGestureType.ZoomNativeGesture,
        QPointingDevice.primaryPointingDevice(),
        2,
        at,
        at,
        canvas.mapToGlobal(at),
        0.5,
        QPointF(),
    )
    QApplication.sendEvent(canvas, pinch)
    assert canvas.zoom == pytest.approx(1.5)
