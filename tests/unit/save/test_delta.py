"""The old content comes back byte for byte, and little is kept for it."""

from __future__ import annotations

import random

import pytest

from desktop.core.files.delta import apply_delta, make_delta

NOISE = random.Random(5)
PICTURE = NOISE.randbytes(400_000)
OTHER = NOISE.randbytes(90_000)
HEAD = b"\xff\xd8\xff\xe1 exif of a camera " * 20
XMP = b"<rdf:li>Dog</rdf:li><rdf:li>Animal</rdf:li>" * 30


@pytest.mark.parametrize(
    ("old", "new", "most_bytes"),
    [
        (b"", b"", 20),
        (b"", b"new", 20),
        (b"old", b"", 20),
        (b"same", b"same", 20),
        (b"a" * 1000, b"a" * 999, 40),
        (HEAD + PICTURE, HEAD + PICTURE, 40),
        (HEAD + PICTURE, HEAD + XMP + PICTURE, 40),
        (HEAD + XMP + PICTURE, HEAD + PICTURE, 150),
        (HEAD + PICTURE + b"end", HEAD.replace(b"camera", b"phone") + XMP + PICTURE, 150),
        (HEAD + PICTURE + OTHER, OTHER + XMP + PICTURE + HEAD, 100),  # moved, as in a TIFF
        (HEAD + PICTURE + OTHER + PICTURE, PICTURE + XMP + OTHER, 200),
    ],
)
def test_little_is_kept_where_little_was_changed(old: bytes, new: bytes, most_bytes: int) -> None:
    delta = make_delta(old, new)
    assert apply_delta(new, delta) == old
    assert len(delta) <= most_bytes


def test_content_that_has_all_changed_is_kept_whole_and_quickly() -> None:
    delta = make_delta(PICTURE, OTHER)
    assert apply_delta(OTHER, delta) == PICTURE
    assert len(delta) < len(PICTURE) + 500


@pytest.mark.parametrize("seed", range(300))
def test_any_edit_can_be_taken_back(seed: int) -> None:
    chance = random.Random(seed)
    old = chance.choice((PICTURE[: chance.randrange(3000)], b"ab" * chance.randrange(300), XMP))
    new = bytearray(old)
    for _ in range(chance.randrange(6)):
        start = chance.randrange(len(new) + 1)
        end = start + chance.choice((0, 0, 1, 30, 400))
        piece = chance.choice((b"", b"x", chance.randbytes(50), bytes(new[:200])))
        new[start:end] = piece
    assert apply_delta(bytes(new), make_delta(old, bytes(new))) == old


def test_what_is_no_delta_for_this_content_is_refused() -> None:
    with pytest.raises(ValueError, match="not a delta"):
        apply_delta(b"new", b"garbage")
    with pytest.raises(ValueError, match="other content"):
        apply_delta(b"", make_delta(PICTURE, PICTURE))
