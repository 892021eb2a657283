"""NanoDet-g of the human-models package -> an ONNX model: photo in, class scores and sides out."""

from pathlib import Path

import numpy as np
import onnx
from onnx import TensorProto, helper

from .tfjs import Converter

SIZE_PX = 416
CLASSES = 80
SIDES = 4 * 11  # left, top, right, bottom: the odds of a distance of 0 to 10 strides each
# Mean and deviation of blue, green and red, as trained.
_MEAN, _DEVIATION = (103.53, 116.28, 123.675), (57.375, 57.12, 58.395)


def convert(path: Path) -> onnx.ModelProto:
    """Input `image` uint8 RGB [1, height, width, 3], both sides multiples of 32.

    Outputs `scores` float [1, cells, 80] (0-1) and `sides` float [1, cells, 44] (before softmax),
    with one row per cell of the grids with stride 8, 16 and 32, row by row from the top left. Of
    416 x 416 it computes what the network of the package does, which takes no other shape.
    """
    net = Converter(path, _image(SIZE_PX, SIZE_PX))
    x = net.add("Cast", ["image"], to=TensorProto.FLOAT)
    x = net.add("Transpose", [x], perm=[0, 3, 1, 2])
    x = net.add("Gather", [x, net.constant(np.array([2, 1, 0]))], axis=1)
    x = net.add("Sub", [x, net.constant(_per_channel(_MEAN))])
    net.given["input_1"] = net.add("Mul", [x, net.constant(1 / _per_channel(_DEVIATION))])
    wanted = {
        "scores": (("Identity", "Identity_1", "Identity_2"), CLASSES),
        "sides": (("Identity_3", "Identity_4", "Identity_5"), SIDES),
    }
    outputs = []
    for name, (parts, width) in wanted.items():
        y = net.add("Concat", [net.tensor(part) for part in parts], axis=1)
        net.nodes.append(helper.make_node("Identity", [y], [name]))
        shape = [1, "cells", width]
        outputs.append(helper.make_tensor_value_info(name, TensorProto.FLOAT, shape))
    image = _image("height", "width")
    graph = helper.make_graph(net.nodes, "nanodet_g", [image], outputs, net.weights)
    return helper.make_model(graph, opset_imports=[helper.make_opsetid("", 13)], ir_version=8)


def _image(height: int | str, width: int | str) -> onnx.ValueInfoProto:
    return helper.make_tensor_value_info("image", TensorProto.UINT8, [1, height, width, 3])


def _per_channel(values: tuple[float, ...]) -> np.ndarray:
    return np.array(values, np.float32).reshape(1, 3, 1, 1)
