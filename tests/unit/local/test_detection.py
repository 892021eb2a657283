"""Boxes out of the detector's numbers, checked on numbers made by hand."""

import numpy as np
import pytest
from PIL import Image

from desktop.backends.detection import letterbox, read_detections

CELLS = 52 * 52 + 26 * 26 + 13 * 13


@pytest.fixture
def outputs():
    """Scores and sides of a photo in which nothing is."""
    return np.zeros((CELLS, 80), np.float32), np.zeros((CELLS, 44), np.float32)


def see(outputs, cell, class_number, score, strides):
    """Let a cell see a class; `strides` are its distances to left, top, right and bottom."""
    scores, sides = outputs
    scores[cell, class_number] = score
    for side, distance in enumerate(strides):
        sides[cell, side * 11 + distance] = 50  # all odds on this distance


def test_a_cell_of_the_coarse_grid_in_a_square_photo(outputs):
    # Row 6, column 6 of the 13x13 grid: the centre of the photo, one stride is 1/13 of it.
    see(outputs, 52 * 52 + 26 * 26 + 6 * 13 + 6, 16, 0.9, (2, 1, 2, 3))
    (detection,) = read_detections(*outputs, (500, 500), 0.5)
    assert (detection.class_number, detection.score) == (16, pytest.approx(0.9))
    assert detection.box == pytest.approx((4.5 / 13, 5.5 / 13, 8.5 / 13, 9.5 / 13))


def test_the_bars_of_the_letterbox_are_taken_off(outputs):
    # In a photo twice as wide as high the picture fills rows 104 to 312 of the square.
    see(outputs, 52 * 52 + 26 * 26 + 6 * 13 + 6, 0, 0.9, (10, 2, 10, 2))
    (detection,) = read_detections(*outputs, (800, 400), 0.5)
    assert detection.box == pytest.approx((0, (144 - 104) / 208, 1, (272 - 104) / 208))


def test_a_box_beyond_the_photo_is_dropped(outputs):
    see(outputs, 0, 0, 0.9, (0, 0, 2, 2))  # top left of the square: in the black bar
    assert read_detections(*outputs, (800, 400), 0.5) == []


def test_of_boxes_on_one_thing_the_surest_stays(outputs):
    first = 52 * 52 + 26 * 26 + 6 * 13 + 6
    see(outputs, first, 3, 0.6, (3, 3, 3, 3))
    see(outputs, first + 1, 3, 0.8, (3, 3, 3, 3))
    see(outputs, first + 1, 4, 0.7, (3, 3, 3, 3))  # another class in the same place
    see(outputs, first + 60, 3, 0.55, (1, 1, 1, 1))  # the same class in another place
    found = read_detections(*outputs, (500, 500), 0.5)
    assert [(d.class_number, round(d.score, 2)) for d in found] == [(3, 0.8), (4, 0.7), (3, 0.55)]


def test_the_floor_is_kept(outputs):
    see(outputs, 100, 3, 0.49, (3, 3, 3, 3))
    assert read_detections(*outputs, (500, 500), 0.5) == []


def test_letterbox_shows_the_whole_photo_in_the_middle():
    square = letterbox(Image.new("RGB", (800, 400), "white"))
    assert square.shape == (1, 416, 416, 3)
    assert square.dtype == np.uint8
    assert not square[0, :104].any()
    assert (square[0, 104:312] == 255).all()
    assert not square[0, 312:].any()
