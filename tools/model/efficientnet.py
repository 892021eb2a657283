"""EfficientNet-Lite0 weights -> an ONNX model: uint8 photo in, ImageNet probabilities out."""

from pathlib import Path

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

from .torch_weights import load

SIZE_PX = 224
CLASSES = 1000
FEATURES = 1280
_EPSILON = 1e-3  # of the batch normalisation, as trained
# blocks, kernel, stride of the first block, expansion
_STAGES = (
    (1, 3, 1, 1),
    (2, 3, 2, 6),
    (2, 5, 2, 6),
    (3, 3, 2, 6),
    (3, 5, 1, 6),
    (4, 5, 2, 6),
    (1, 3, 1, 6),
)


class _Network:
    """Collects nodes and weights, and which of the stored tensors were used."""

    def __init__(self, tensors: dict[str, np.ndarray]) -> None:
        self.tensors = tensors
        self.used: set[str] = set()
        self.nodes: list[onnx.NodeProto] = []
        self.weights: list[onnx.TensorProto] = []

    def take(self, name: str) -> np.ndarray:
        self.used.add(name)
        return self.tensors[name]

    def weight(self, name: str, values: np.ndarray) -> str:
        self.weights.append(numpy_helper.from_array(np.ascontiguousarray(values), name))
        return name

    def add(self, op: str, inputs: list[str], output: str, **attributes: object) -> str:
        self.nodes.append(helper.make_node(op, inputs, [output], **attributes))
        return output

    def conv(self, x: str, conv: str, norm: str, *, stride: int = 1, depthwise: bool = False,
             activation: bool = True) -> str:  # fmt: skip
        """A convolution with its batch normalisation folded in, and ReLU6."""
        kernel = self.take(f"{conv}.weight").astype(np.float64)
        parts = ("weight", "bias", "running_mean", "running_var")
        gamma, beta, mean, variance = (self.take(f"{norm}.{p}").astype(np.float64) for p in parts)
        scale = gamma / np.sqrt(variance + _EPSILON)
        name = conv.replace(".", "_")
        kernel_name = self.weight(f"{name}.W", (kernel * scale[:, None, None, None]).astype("f4"))
        bias_name = self.weight(f"{name}.B", (beta - mean * scale).astype("f4"))
        y = self.add(
            "Conv",
            [x, kernel_name, bias_name],
            name,
            kernel_shape=list(kernel.shape[2:]),
            strides=[stride, stride],
            group=kernel.shape[0] if depthwise else 1,
            auto_pad="SAME_UPPER",
        )
        return self.add("Clip", [y, "zero", "six"], f"{name}_relu6") if activation else y

    def block(self, x: str, prefix: str, kernel: int, stride: int, expansion: int) -> str:
        """An inverted residual block: widen, filter each channel, narrow, add the input."""
        source, channels_in = x, None
        if expansion != 1:
            channels_in = self.tensors[f"{prefix}._expand_conv.weight"].shape[1]
            x = self.conv(x, f"{prefix}._expand_conv", f"{prefix}._bn0")
        depthwise = f"{prefix}._depthwise_conv"
        assert self.tensors[f"{depthwise}.weight"].shape[2] == kernel
        x = self.conv(x, depthwise, f"{prefix}._bn1", stride=stride, depthwise=True)
        x = self.conv(x, f"{prefix}._project_conv", f"{prefix}._bn2", activation=False)
        channels_out = self.tensors[f"{prefix}._project_conv.weight"].shape[0]
        if stride == 1 and channels_in == channels_out:
            x = self.add("Add", [x, source], f"{x}_sum")
        return x


def convert(weights: Path) -> onnx.ModelProto:
    """Input `image` uint8 [n, 224, 224, 3].

    Outputs `prob` float [n, 1000], each row sums to 1, and `features` float [n, 1280] (0-6), the
    pooled features that the scene head reads.
    """
    net = _Network(load(weights))
    for name, value in (("zero", 0), ("six", 6), ("mean", 127), ("scale", 1 / 128)):
        net.weight(name, np.asarray(value, np.float32))
    x = net.add("Cast", ["image"], "as_float", to=TensorProto.FLOAT)
    x = net.add("Sub", [x, "mean"], "centred")
    x = net.add("Mul", [x, "scale"], "scaled")
    x = net.add("Transpose", [x], "channels_first", perm=[0, 3, 1, 2])
    x = net.conv(x, "_conv_stem", "_bn0", stride=2)
    number = 0
    for blocks, kernel, stride, expansion in _STAGES:
        for k in range(blocks):
            x = net.block(x, f"_blocks.{number}", kernel, stride if k == 0 else 1, expansion)
            number += 1
    x = net.conv(x, "_conv_head", "_bn1")
    x = net.add("GlobalAveragePool", [x], "pooled")
    x = net.add("Flatten", [x], "features")
    matrix = net.weight("fc.W", net.take("_fc.weight"))
    bias = net.weight("fc.B", net.take("_fc.bias"))
    x = net.add("Gemm", [x, matrix, bias], "logits", transB=1)
    net.add("Softmax", [x], "prob", axis=1)

    left = {n for n in net.tensors if not n.endswith("num_batches_tracked")} - net.used
    assert not left, f"weights that found no place: {left}"
    shape_in = ["n", SIZE_PX, SIZE_PX, 3]
    graph = helper.make_graph(
        net.nodes,
        "efficientnet_lite0",
        [helper.make_tensor_value_info("image", TensorProto.UINT8, shape_in)],
        [
            helper.make_tensor_value_info("prob", TensorProto.FLOAT, ["n", CLASSES]),
            helper.make_tensor_value_info("features", TensorProto.FLOAT, ["n", FEATURES]),
        ],
        net.weights,
    )
    return helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
