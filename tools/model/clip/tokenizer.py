"""CLIP's tokenizer.json, made of its merges: the published file, byte for byte.

    python -m tools.model.clip.tokenizer BPE_SIMPLE_VOCAB

The merges are the first 48,894 of `bpe_simple_vocab_16e6.txt.gz`, which OpenAI published (MIT) and
the package open_clip_torch carries. Called with that file, this writes them to `MERGES`.
"""

from __future__ import annotations

import gzip
import json
import sys
from pathlib import Path

ROOT = Path(__file__).parents[3]
MERGES = ROOT / "tests" / "rig" / "clip" / "merges.txt.gz"
COUNT = 48_894
BEGIN, END = "<|startoftext|>", "<|endoftext|>"
WORDS = (
    r"<\|startoftext\|>|<\|endoftext\|>|'s|'t|'re|'ve|'m|'ll|'d|[\p{L}]+|[\p{N}]|[^\s\p{L}\p{N}]+"
)


def tokenizer_json(merges: list[str]) -> bytes:
    """The file that belongs to these merges, as `tokenizers` 0.13 has written it."""
    seen = [*range(0x21, 0x7F), *range(0xA1, 0xAD), *range(0xAE, 0x100)]
    letters = [chr(byte) for byte in seen] + [chr(0x100 + n) for n in range(0x100 - len(seen))]
    words = [*letters, *(f"{letter}</w>" for letter in letters)]
    words += ["".join(merge.split()) for merge in merges]
    vocab = {word: number for number, word in enumerate([*words, BEGIN, END])}
    whole = {
        "version": "1.0",
        "truncation": None,
        "padding": None,
        "added_tokens": [
            _added(vocab[BEGIN], BEGIN, is_normalized=True),
            _added(vocab[END], END, is_normalized=False),
        ],
        "normalizer": {
            "type": "Sequence",
            "normalizers": [
                {"type": "NFC"},
                {"type": "Replace", "pattern": {"Regex": r"\s+"}, "content": " "},
                {"type": "Lowercase"},
            ],
        },
        "pre_tokenizer": {
            "type": "Sequence",
            "pretokenizers": [
                {
                    "type": "Split",
                    "pattern": {"Regex": WORDS},
                    "behavior": "Removed",
                    "invert": True,
                },
                _byte_level(adds_blank=False),
            ],
        },
        "post_processor": {
            "type": "RobertaProcessing",
            "sep": [END, vocab[END]],
            "cls": [BEGIN, vocab[BEGIN]],
            "trim_offsets": False,
            "add_prefix_space": False,
        },
        "decoder": _byte_level(adds_blank=True),
        "model": {
            "type": "BPE",
            "dropout": None,
            "unk_token": END,
            "continuing_subword_prefix": "",
            "end_of_word_suffix": "</w>",
            "fuse_unk": False,
            "byte_fallback": False,
            "vocab": vocab,
            "merges": merges,
        },
    }
    return json.dumps(whole, ensure_ascii=False, indent=2).encode()


def read_merges(path: Path = MERGES) -> list[str]:
    """The merges kept for the tests."""
    return gzip.decompress(path.read_bytes()).decode().splitlines()


def _added(number: int, word: str, *, is_normalized: bool) -> dict[str, object]:
    return {
        "id": number,
        "content": word,
        "single_word": False,
        "lstrip": False,
        "rstrip": False,
        "normalized": is_normalized,
        "special": True,
    }


def _byte_level(*, adds_blank: bool) -> dict[str, object]:
    return {
        "type": "ByteLevel",
        "add_prefix_space": adds_blank,
        "trim_offsets": True,
        "use_regex": True,
    }


if __name__ == "__main__":
    lines = gzip.decompress(Path(sys.argv[1]).read_bytes()).decode().split("\n")
    MERGES.write_bytes(gzip.compress("\n".join(lines[1 : COUNT + 1]).encode(), mtime=0))
