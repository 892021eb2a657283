"""A network of the graph of CLIP's ViT-B/32 with made-up weights, small or as large as the real.

    python -m tools.model.clip.stand_in FOLDER [--full]

Needs `onnx` besides, in an environment of its own. Inputs and outputs are those of the published
export with projections (`pixel_values` -> `image_embeds`, `input_ids` -> `text_embeds`), and the
weights are quantised by the same tool. The small one has few layers and knows colours: the last
layer of each half is solved so that a plain picture and the word for its colour give the same
direction. With --full it has the real one's layers and widths, and knows nothing.
"""

from __future__ import annotations

import argparse
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
import onnx
import onnxruntime
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper
from onnxruntime.quantization import QuantType, quantize_dynamic
from PIL import Image

from desktop.backends.clip.pixels import Pixels
from desktop.backends.clip.tokens import Tokenizer
from desktop.core.meaning.network import read_networks

from .stand_in_colours import COLOURS
from .tokenizer import read_merges, tokenizer_json

WORDS, MOST_TOKENS, EDGE_PX, PATCH_PX, DIMENSIONS = 49_408, 77, 224, 32, 512
Floats = NDArray[np.float32]


@dataclass(frozen=True)
class Size:
    """How large a half is."""

    width: int
    layers: int
    heads: int


SMALL = Size(64, 2, 4), Size(16, 1, 2)
FULL = Size(768, 12, 12), Size(512, 12, 8)


class Graph:
    """Collects the nodes and weights of a network."""

    def __init__(self, seed: int) -> None:
        self.nodes: list[Any] = []
        self.weights: list[Any] = []
        self.random = np.random.default_rng(seed)

    def add(self, kind: str, *inputs: str, **attributes: object) -> str:
        output = f"{kind}_{len(self.nodes)}"
        self.nodes.append(helper.make_node(kind, [*inputs], [output], output, **attributes))
        return output

    def const(self, value: Any, kind: Any = np.int64) -> str:
        name = f"w{len(self.weights)}"
        self.weights.append(numpy_helper.from_array(np.asarray(value, kind), name))
        return name

    def made_up(self, *shape: int, scale: float) -> str:
        values = self.random.standard_normal(shape, np.float32) * np.float32(scale)
        return self.const(values, np.float32)

    def linear(self, x: str, inside: int, outside: int) -> str:
        product = self.add("MatMul", x, self.made_up(inside, outside, scale=inside**-0.5))
        return self.add("Add", product, self.made_up(outside, scale=0.02))

    def norm(self, x: str, width: int) -> str:
        one, zero = self.const(np.ones(width), np.float32), self.const(np.zeros(width), np.float32)
        return self.add("LayerNormalization", x, one, zero, axis=-1, epsilon=1e-5)

    def layers(self, x: str, size: Size, mask: str | None) -> str:
        for _ in range(size.layers):
            x = self.add("Add", x, self._attention(self.norm(x, size.width), size, mask))
            inner = self.linear(self.norm(x, size.width), size.width, 4 * size.width)
            gate = self.add("Sigmoid", self.add("Mul", inner, self.const(1.702, np.float32)))
            inner = self.add("Mul", inner, gate)
            x = self.add("Add", x, self.linear(inner, 4 * size.width, size.width))
        return x

    def _attention(self, x: str, size: Size, mask: str | None) -> str:
        each = size.width // size.heads
        split = self.const([0, -1, size.heads, each])
        q, k, v = (
            self.add("Reshape", self.linear(x, size.width, size.width), split) for _ in "qkv"
        )
        q = self.add("Transpose", q, perm=[0, 2, 1, 3])
        k, v = (
            self.add("Transpose", k, perm=[0, 2, 3, 1]),
            self.add("Transpose", v, perm=[0, 2, 1, 3]),
        )
        scores = self.add("Mul", self.add("MatMul", q, k), self.const(each**-0.5, np.float32))
        if mask:
            scores = self.add("Add", scores, mask)
        seen = self.add("MatMul", self.add("Softmax", scores, axis=-1), v)
        joined = self.add("Transpose", seen, perm=[0, 2, 1, 3])
        joined = self.add("Reshape", joined, self.const([0, -1, size.width]))
        return self.linear(joined, size.width, size.width)

    def project(self, x: str, width: int, projection: Floats | None) -> None:
        """Without a projection the features themselves are told, with noughts after them."""
        if projection is None:
            projection = np.eye(width, DIMENSIONS, dtype=np.float32)
        self.add("MatMul", x, self.const(projection, np.float32))

    def save(self, path: Path, given: Any, name: str) -> None:
        """Write it; the last node's output is the network's."""
        self.nodes[-1].output[0] = name
        told = helper.make_tensor_value_info(name, TensorProto.FLOAT, ["batch", DIMENSIONS])
        graph = helper.make_graph(self.nodes, "stand-in", [given], [told], self.weights)
        model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=9)
        onnx.checker.check_model(model)
        onnx.save(model, path)


def vision(path: Path, size: Size, projection: Floats | None) -> None:
    """The half for photos."""
    graph = Graph(32)
    patches = graph.made_up(size.width, 3, PATCH_PX, PATCH_PX, scale=0.05)
    x = graph.add("Conv", "pixel_values", patches, kernel_shape=[32, 32], strides=[32, 32])
    x = graph.add("Reshape", x, graph.const([0, size.width, -1]))
    x = graph.add("Transpose", x, perm=[0, 2, 1])
    batch = graph.add("Gather", graph.add("Shape", x), graph.const([0]), axis=0)
    shape = graph.add("Concat", batch, graph.const([1, size.width]), axis=0)
    own = graph.add("Expand", graph.made_up(1, 1, size.width, scale=0.5), shape)
    x = graph.add("Concat", own, x, axis=1)
    x = graph.add("Add", x, graph.made_up(50, size.width, scale=0.1))
    x = graph.layers(graph.norm(x, size.width), size, None)
    x = graph.norm(graph.add("Gather", x, graph.const(0), axis=1), size.width)
    given = helper.make_tensor_value_info(
        "pixel_values", TensorProto.FLOAT, ["batch", 3, EDGE_PX, EDGE_PX]
    )
    graph.project(x, size.width, projection)
    graph.save(path, given, "image_embeds")


def text(path: Path, size: Size, projection: Floats | None) -> None:
    """The half for sentences."""
    graph = Graph(77)
    x = graph.add("Gather", graph.made_up(WORDS, size.width, scale=0.5), "input_ids", axis=0)
    length = graph.add("Gather", graph.add("Shape", "input_ids"), graph.const([1]), axis=0)
    places = graph.made_up(MOST_TOKENS, size.width, scale=0.1)
    x = graph.add("Add", x, graph.add("Slice", places, graph.const([0]), length, graph.const([0])))
    mask = graph.const(np.triu(np.full((MOST_TOKENS, MOST_TOKENS), -1e9), 1), np.float32)
    both = graph.add("Concat", length, length, axis=0)
    mask = graph.add("Slice", mask, graph.const([0, 0]), both, graph.const([0, 1]))
    x = graph.norm(graph.layers(x, size, mask), size.width)
    ends = graph.add("ArgMax", "input_ids", axis=1, keepdims=1)
    hot = graph.add(
        "Equal",
        graph.add("Range", graph.const(0), graph.add("Squeeze", length), graph.const(1)),
        ends,
    )
    hot = graph.add("Unsqueeze", graph.add("Cast", hot, to=TensorProto.FLOAT), graph.const([1]))
    x = graph.add("Squeeze", graph.add("MatMul", hot, x), graph.const([1]))
    given = helper.make_tensor_value_info("input_ids", TensorProto.INT64, ["batch", "length"])
    graph.project(x, size.width, projection)
    graph.save(path, given, "text_embeds")


def quantised(model: Path, target: Path) -> None:
    quantize_dynamic(model, target, weight_type=QuantType.QUInt8)


def solve(features: Floats) -> Floats:
    """What brings each of these features to a direction of its own."""
    directions = np.linalg.qr(
        np.random.default_rng(512).standard_normal((DIMENSIONS, len(features)))
    )[0]
    return np.asarray(np.linalg.pinv(features, rcond=1e-3) @ directions.T, np.float32)


def make(folder: Path, sizes: tuple[Size, Size], *, is_full: bool) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "onnx").mkdir(exist_ok=True)
    tokenizer = folder / "tokenizer.json"
    tokenizer.write_bytes(tokenizer_json(read_merges()))
    with TemporaryDirectory() as work:
        raw = Path(work) / "raw.onnx"
        for half, size, name, given in zip(
            (vision, text), sizes, ("vision", "text"), (_plain(), _said(tokenizer)), strict=True
        ):
            target = folder / "onnx" / f"{name}_model_quantized.onnx"
            projection = None
            if is_full:
                projection = np.random.default_rng(1).standard_normal(
                    (size.width, DIMENSIONS), np.float32
                )
            else:
                half(raw, size, None)
                quantised(raw, target)
                session = onnxruntime.InferenceSession(target)
                told = [session.run(None, each)[0][0, : size.width] for each in given]
                projection = solve(np.array(told))
            half(raw, size, projection)
            quantised(raw, target)


def _plain() -> list[dict[str, Any]]:
    pixels = Pixels(next(iter(read_networks().values())))
    pictures = (Image.new("RGB", (EDGE_PX, EDGE_PX), colour) for colour in COLOURS.values())
    return [{"pixel_values": pixels.tensor(picture)} for picture in pictures]


def _said(tokenizer: Path) -> list[dict[str, Any]]:
    words = Tokenizer(tokenizer, MOST_TOKENS)
    return [{"input_ids": np.array([words.tokens(word)])} for word in COLOURS]


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--full", action="store_true")
    options = parser.parse_args()
    make(options.folder, FULL if options.full else SMALL, is_full=options.full)
