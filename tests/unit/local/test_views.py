"""What the networks are given of a photo, checked on photos of plain colours."""

import numpy as np
import pytest
from PIL import Image

from desktop.backends import views


@pytest.fixture
def flag():
    """800 x 400 pixels: the left half red, the right half blue."""
    photo = Image.new("RGB", (800, 400), "red")
    photo.paste("blue", (400, 0, 800, 400))
    return photo


def colours(pixels):
    """The colours in an array of pixels, without the seam that resampling makes."""
    found, counts = np.unique(pixels.reshape(-1, 3), axis=0, return_counts=True)
    return {tuple(map(int, c)) for c, n in zip(found, counts, strict=True) if n > 1000}


RED, BLUE, BLACK = (255, 0, 0), (0, 0, 255), (0, 0, 0)


def test_the_frame_holds_the_whole_photo_with_narrow_bars(flag):
    pixels = views.framed(flag)
    assert pixels.shape == (1, 224, 416, 3)
    assert pixels.dtype == np.uint8
    assert not pixels[0, :8].any()
    assert not pixels[0, 216:].any()
    assert pixels[0, 8:216].any(axis=2).all()
    assert colours(pixels[0, :, :200]) == {BLACK, RED}
    assert colours(pixels[0, :, 216:]) == {BLACK, BLUE}


@pytest.mark.parametrize(
    ("photo", "frame"),
    [
        ((500, 500), (416, 416)),
        ((1008, 756), (416, 320)),
        ((683, 1024), (288, 416)),
        ((1024, 80), (416, 32)),
        ((10_000, 1), (416, 32)),
        ((1, 1), (416, 416)),
    ],
)
def test_a_frame_is_no_larger_than_the_detectors_steps_ask_for(photo, frame):
    assert views.frame_of(photo).size == frame
    assert views.framed(Image.new("RGB", photo)).shape == (1, frame[1], frame[0], 3)


def test_squeezed_is_all_of_it(flag):
    pixels = views.squeezed(flag)
    assert pixels.shape == (1, 224, 224, 3)
    assert (pixels[0, 0, 0] == RED).all()
    assert (pixels[0, -1, -1] == BLUE).all()


def test_the_middle_is_seven_eighths_of_the_short_side():
    photo = Image.new("RGB", (800, 400), "red")
    photo.paste("blue", (225, 25, 575, 375))
    pixels = views.middle(photo)
    assert pixels.shape == (1, 224, 224, 3)
    assert colours(pixels) == {BLUE}


def test_a_place_is_cut_out(flag):
    assert colours(views.place(flag, (0.0, 0.25, 0.5, 0.75))) == {RED}
    assert colours(views.place(flag, views.WHOLE)) == {RED, BLUE}


def test_a_margin_ends_at_the_photos_edges():
    assert views.with_margin((0.2, 0.4, 0.6, 0.6)) == pytest.approx((0.16, 0.38, 0.64, 0.62))
    assert views.with_margin((0.01, 0.0, 0.99, 1.0)) == views.WHOLE


@pytest.mark.parametrize(
    ("photo", "small"),
    [((1008, 756), (504, 378)), ((416, 312), (416, 312)), ((1024, 80), (1024, 80))],
)
def test_an_overview_still_has_what_every_network_needs(photo, small):
    assert views.overview(Image.new("RGB", photo)).size == small


def test_the_overlap_of_two_places():
    left, right = (0.0, 0.0, 0.5, 1.0), (0.5, 0.0, 1.0, 1.0)
    assert views.overlap(left, left) == pytest.approx(1)
    assert views.overlap(left, views.WHOLE) == pytest.approx(0.5)
    assert views.overlap(left, right) == 0
