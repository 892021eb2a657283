"""Boxes out of the detector's numbers, checked on numbers made by hand."""

import numpy as np
import pytest

from desktop.backends.detection import read_detections

SQUARE = 52 * 52 + 26 * 26 + 13 * 13
TWICE_AS_WIDE = 52 * 28 + 26 * 14 + 13 * 7  # 416 x 208 pixels in a frame of 416 x 224


def nothing(cells):
    """Scores and sides of a photo in which nothing is."""
    return np.zeros((cells, 80), np.float32), np.zeros((cells, 44), np.float32)


@pytest.fixture
def outputs():
    """Those of a square photo."""
    return nothing(SQUARE)


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


def test_the_bars_of_the_frame_are_taken_off():
    # Row 3, column 6 of the 13x7 grid, whose rows 8 to 216 of 224 pixels the picture fills.
    outputs = nothing(TWICE_AS_WIDE)
    see(outputs, 52 * 28 + 26 * 14 + 3 * 13 + 6, 0, 0.9, (10, 2, 10, 2))
    (detection,) = read_detections(*outputs, (800, 400), 0.5)
    assert detection.box == pytest.approx((0, (48 - 8) / 208, 1, (176 - 8) / 208))


def test_a_box_beyond_the_photo_is_dropped():
    outputs = nothing(TWICE_AS_WIDE)
    see(outputs, 0, 0, 0.9, (0, 0, 2, 0))  # above the picture: in the black bar
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
