"""The network for search by meaning: what it is given is what its publisher's tools would give."""

from __future__ import annotations

import gzip
import hashlib
import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image, ImageOps

from desktop.backends.clip.clip_encoder import ClipEncoder
from desktop.backends.clip.pixels import Pixels, middle
from desktop.backends.clip.tokens import Tokenizer
from desktop.core.errors import BackendMissingError
from desktop.core.meaning.network import read_networks
from tests.rig import ROOT
from tests.rig.meaning import StandIn
from tools.model.clip.tokenizer import read_merges, tokenizer_json

REFERENCE = ROOT / "tests" / "rig" / "clip" / "reference.json.gz"
NETWORK = next(iter(read_networks().values()))


@pytest.fixture(scope="module")
def reference() -> Any:
    """What `transformers` has made of sentences and photos (tools/model/clip/reference.py)."""
    return json.loads(gzip.decompress(REFERENCE.read_bytes()))


@pytest.fixture(scope="module")
def tokenizer(tmp_path_factory: pytest.TempPathFactory) -> Tokenizer:
    path = tmp_path_factory.mktemp("tokenizer") / "tokenizer.json"
    path.write_bytes(tokenizer_json(read_merges()))
    return Tokenizer(path, 77)


def test_the_vocabulary_is_the_published_one() -> None:
    data = tokenizer_json(read_merges())
    pinned = NETWORK.files["tokenizer"]
    assert (len(data), hashlib.sha256(data).hexdigest()) == (pinned.size_bytes, pinned.sha256)


def test_tokens_are_those_of_the_reference_in_ten_scripts(
    tokenizer: Tokenizer, reference: Any
) -> None:
    assert len(reference["tokens"]) == 1000
    ours = [[text, tokenizer.tokens(text)] for text, _ in reference["tokens"]]
    assert ours == reference["tokens"]


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("", []),
        ("   \n", []),
        ("a photo of a dog", [320, 1125, 539, 320, 1929]),
        ("\ud800", [286]),  # half of a pair, from a clipboard: a question mark
    ],
)
def test_a_sentence_stands_between_two_tokens(
    tokenizer: Tokenizer, text: str, tokens: list[int]
) -> None:
    assert tokenizer.tokens(text) == [49406, *tokens, 49407]


def test_a_long_sentence_is_cut(tokenizer: Tokenizer) -> None:
    found = tokenizer.tokens("dog " * 100_000)
    assert found == [49406, *[1929] * 75, 49407]


def test_pixels_are_those_of_the_reference(reference: Any) -> None:
    assert len(reference["pixels"]) == 13
    for name, kept in reference["pixels"].items():
        with Image.open(ROOT / "samples" / name) as image:
            upright = ImageOps.exif_transpose(image).convert("RGB")
        ours = np.asarray(middle(upright, 224)).astype(int)[::7, ::7]
        assert np.abs(ours - np.reshape(kept, (32, 32, 3))).max() <= 1, name


@pytest.mark.parametrize("size", [(224, 224), (1, 1), (3000, 20), (20, 3000), (225, 224)])
def test_a_photo_of_any_shape_becomes_a_normalised_square(size: tuple[int, int]) -> None:
    tensor = Pixels(NETWORK).tensor(Image.new("RGB", size, (255, 0, 51)))
    assert tensor.shape == (1, 3, 224, 224)
    wanted = (np.array([1, 0, 0.2]) - NETWORK.mean) / NETWORK.std
    assert tensor[0, :, 100, 100] == pytest.approx(wanted, abs=1e-5)


def test_a_colour_and_its_word_are_near(stand_in: StandIn, tmp_path: Path) -> None:
    encoder = ClipEncoder(stand_in.put_into(tmp_path))
    red = encoder.photo(Image.new("RGB", (640, 480), (220, 20, 20)))
    assert red @ encoder.sentence("Red") > 0.9
    assert red @ encoder.sentence("blue") < 0.3
    assert np.linalg.norm(red) == pytest.approx(1)
    encoder.close()
    assert encoder.photo(Image.new("RGB", (640, 480), (220, 20, 20))) == pytest.approx(red)


@pytest.mark.parametrize("role", ["vision", "text", "tokenizer"])
def test_a_file_that_was_changed_is_not_loaded(
    stand_in: StandIn, tmp_path: Path, role: str
) -> None:
    folder = stand_in.put_into(tmp_path)
    place = folder.place(folder.network.files[role])
    data = bytearray(place.read_bytes())
    data[len(data) // 2] ^= 1
    place.write_bytes(data)
    assert folder.is_complete  # by its size
    encoder = ClipEncoder(folder)
    photo = Image.new("RGB", (300, 300))
    with pytest.raises(BackendMissingError, match="damaged"):
        _ = encoder.photo(photo) if role == "vision" else encoder.sentence("a dog")
