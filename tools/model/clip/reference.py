"""What `transformers` makes of sentences and photos, for the tests to compare with.

    python -m tools.model.clip.reference [PHOTOS…]

Needs `transformers` besides, in an environment of its own, no torch. Writes `REFERENCE`: the
tokens of 1,000 sentences in ten scripts, by CLIPTokenizer with the published vocabulary, and of
each sample photo every seventh pixel of what CLIPImageProcessor gives. With photos, it says how far
ours is off on them and on parts of them.
"""

from __future__ import annotations

import gzip
import json
import sys
from itertools import product
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageOps
from transformers import CLIPTokenizer  # type: ignore[import-not-found]
from transformers.models.clip import (  # type: ignore[import-not-found]
    image_processing_pil_clip,
)

from desktop.backends.clip.pixels import Pixels
from desktop.core.meaning.network import read_networks

from .tokenizer import ROOT, read_merges, tokenizer_json

REFERENCE = ROOT / "tests" / "rig" / "clip" / "reference.json.gz"
STEP = 7
EACH = 100
# What is meant does not matter: the words are to be of many kinds. Signs, digits, emoji go between.
WORDS = {
    "latin": "Kids' beach Größe naïve l'été It's they'll DON'T we've façade İstanbul Łódź ﬁnal ß",
    "cyrillic": "дети пляж СНЕГ ёлка Київ море красный собака",
    "greek": "παιδιά ΘΑΛΑΣΣΑ Οδυσσεύς γάτα κόκκινο ΣΑΣ",
    "arabic": "أطفال شاطئ كلب أَحْمَر ثلج بحر",
    "hebrew": "ילדים חוף כֶּלֶב אדום שלג ים",
    "devanagari": "बच्चे समुद्र कुत्ता लाल बर्फ़ केक",
    "thai": "เด็ก ชายหาด สุนัข สีแดง หิมะ เค้ก",
    "han": "海滩 上的孩子 紅色 生日蛋糕 狗 雪地",
    "kana": "こども ビーチ ｶﾀｶﾅ がぎ ケーキ いぬ",
    "hangul": "아이들 해변 빨간 생일 강아지 눈",
}
FAMILY = " \U0001f382\U0001f468\u200d\U0001f469\u200d\U0001f467 "
BETWEEN = (" ", "  ", ", ", " 2024 ", "!? ", FAMILY, "\t", "-")


def sentences() -> list[str]:
    """A hundred of each script."""
    found: list[str] = []
    for words in WORDS.values():
        each = words.split()
        many = [
            sign.join((one, two, each[(n * 3) % len(each)]))
            for n, (sign, one, two) in enumerate(product(BETWEEN, each, each))
        ]
        found += many[:: max(1, len(many) // EACH)][:EACH]
    return found


def sampled() -> dict[str, list[int]]:
    """Every seventh pixel of each sample, 0-255, red, green, blue."""
    return {path.name: pixels(opened(path))[::STEP, ::STEP].ravel().tolist() for path in samples()}


def samples() -> list[Path]:
    return sorted((ROOT / "samples").glob("*.jpg")) + sorted((ROOT / "samples").glob("*.png"))


def opened(path: Path) -> Image.Image:
    with Image.open(path) as image:
        return ImageOps.exif_transpose(image).convert("RGB")


def pixels(image: Image.Image) -> NDArray[np.uint8]:
    """What the reference looks at, before it is normalised."""
    make = image_processing_pil_clip.CLIPImageProcessorPil
    processor = make(do_normalize=False, do_rescale=False)
    given = processor(image, return_tensors="np")["pixel_values"][0]
    return np.asarray(given.transpose(1, 2, 0), np.uint8)


def compare(paths: list[Path]) -> None:
    """How far ours is off at most, in units of 1/255."""
    network = next(iter(read_networks().values()))
    ours = Pixels(network)
    processor = image_processing_pil_clip.CLIPImageProcessorPil()
    most = 0.0
    images = [opened(path) for path in paths]
    images += [image.crop((0, 0, image.width, image.height * 3 // 7)) for image in images]
    for image in images:
        theirs = processor(image, return_tensors="np")["pixel_values"]
        off = np.abs(ours.tensor(image) - theirs).max(axis=(0, 2, 3)) * np.array(network.std) * 255
        most = max(most, float(off.max()))
    print(f"{len(images)} photos and parts of some: at most {most:.4f} of 255 off")


def tokens(texts: list[str]) -> list[list[int]]:
    data = json.loads(tokenizer_json(read_merges()))["model"]
    merges = [tuple(merge.split()) for merge in data["merges"]]
    tokenizer = CLIPTokenizer(vocab=data["vocab"], merges=merges)
    return [tokenizer(text, truncation=True, max_length=77)["input_ids"] for text in texts]


if __name__ == "__main__":
    if sys.argv[1:]:
        compare([Path(path) for path in sys.argv[1:]])
    else:
        texts = sentences()
        kept = {"tokens": [*zip(texts, tokens(texts), strict=True)], "pixels": sampled()}
        REFERENCE.write_bytes(gzip.compress(json.dumps(kept).encode(), mtime=0))
        print(len(texts), "sentences,", len(kept["pixels"]), "photos")
