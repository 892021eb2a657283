"""A TensorFlow.js graph model -> ONNX nodes, for the operations that NanoDet is made of."""

import base64
import json
from pathlib import Path
from typing import Any

import numpy as np
import onnx
from onnx import helper, numpy_helper

_TO_CHANNELS_FIRST, _TO_CHANNELS_LAST = [0, 3, 1, 2], [0, 2, 3, 1]
Node = dict[str, Any]


def read(path: Path) -> tuple[dict[str, Node], dict[str, np.ndarray]]:
    """The nodes by name, and the constants, which lie in binary files beside `path`."""
    model = json.loads(path.read_text("utf-8"))
    constants = {}
    for group in model["weightsManifest"]:
        content, offset = b"".join((path.parent / p).read_bytes() for p in group["paths"]), 0
        for entry in group["weights"]:
            quantization = entry.get("quantization", {})
            dtype = np.dtype(quantization.get("dtype", entry["dtype"]))
            count = int(np.prod(entry["shape"]))
            values = np.frombuffer(content, dtype, count, offset).reshape(entry["shape"])
            offset += values.nbytes
            if quantization.get("dtype") == "float16":
                values = values.astype(np.float32)
            elif quantization:
                values = values.astype(np.float32) * quantization["scale"] + quantization["min"]
            constants[entry["name"]] = values
    return {node["name"]: node for node in model["modelTopology"]["node"]}, constants


class Converter:
    """Builds the ONNX nodes that a wanted tensor needs, once each.

    `given` names the ONNX tensors that stand for placeholders. Tensors of the source are named as
    TensorFlow does: `node`, or `node:1` for a second output. `image` is the input in the one
    shape that the source takes; the ONNX nodes take any.
    """

    def __init__(self, path: Path, image: onnx.ValueInfoProto) -> None:
        self._source, self._constants = read(path)
        self._image = image
        self.given: dict[str, str] = {}
        self.nodes: list[onnx.NodeProto] = []
        self.weights: list[onnx.TensorProto] = []

    def add(self, op: str, inputs: list[str], outputs: int = 1, **attributes: object) -> Any:
        """A new node; the name of its output, or a list of them."""
        names = [f"{op}_{len(self.nodes)}_{k}" for k in range(outputs)]
        self.nodes.append(helper.make_node(op, inputs, names, **attributes))
        return names[0] if outputs == 1 else names

    def constant(self, values: Any) -> str:
        """A new constant; its name."""
        name = f"constant_{len(self.weights)}"
        self.weights.append(numpy_helper.from_array(np.ascontiguousarray(values), name))
        return name

    def tensor(self, reference: str) -> str:
        """The ONNX tensor for a tensor of the source."""
        reference = reference.removesuffix(":0")
        if reference not in self.given:
            values = self._fold(reference)
            if values is None:
                name = reference.partition(":")[0]
                outputs = self._convert(self._source[name])
                for k, output in enumerate(outputs):
                    self.given[f"{name}:{k}" if k else name] = output
            else:
                self.given[reference] = self.constant(values)
        return self.given[reference]

    def _fold(self, reference: str) -> np.ndarray | None:
        """The values of a tensor that does not depend on the photo, else None."""
        if reference in self._constants:
            return self._constants[reference]
        node = self._source.get(reference)
        if node is None or node["op"] not in ("SparseToDense", "Add", "AddV2"):
            return None
        folded_inputs = [self._fold(name) for name in _inputs(node)]
        inputs = [values for values in folded_inputs if values is not None]
        if len(inputs) < len(folded_inputs):
            return None
        if node["op"] == "SparseToDense":
            index, shape, values, default = inputs
            folded = np.full(tuple(shape.reshape(-1)), default, values.dtype)
            if index.size:
                folded[tuple(index.reshape(len(index), -1).T)] = values
        else:
            folded = inputs[0] + inputs[1]
        self._constants[reference] = folded
        return folded

    def _value(self, reference: str) -> np.ndarray:
        values = self._fold(reference.removesuffix(":0"))
        assert values is not None, f"{reference} is not constant"
        return values

    def _convert(self, node: Node) -> list[str]:  # noqa: PLR0911 - one return per operation
        inputs, attributes = _inputs(node), node.get("attr", {})
        match node["op"]:
            case "Conv2D":
                return [self._conv(inputs, attributes)]
            case "Add" | "AddV2":
                return [self.add("Add", [self.tensor(name) for name in inputs])]
            case "LeakyRelu":
                alpha = float(attributes["alpha"]["f"])
                return [self.add("LeakyRelu", [self.tensor(inputs[0])], alpha=alpha)]
            case "Sigmoid" | "Identity" as op:
                return [self.add(op, [self.tensor(inputs[0])])]
            case "Transpose":
                order = [int(axis) for axis in self._value(inputs[1])]
                return [self.add("Transpose", [self.tensor(inputs[0])], perm=order)]
            case "Reshape":
                shape = self.constant(self._value(inputs[1]).astype(np.int64))
                return [self.add("Reshape", [self.tensor(inputs[0]), shape])]
            case "ConcatV2":
                parts = [self.tensor(name) for name in inputs[:-1]]
                return [self.add("Concat", parts, axis=int(self._value(inputs[-1])))]
            case "SplitV":
                sizes, axis = self._value(inputs[1]), int(self._value(inputs[2]))
                parts = [self.tensor(inputs[0]), self.constant(sizes.astype(np.int64))]
                return list(self.add("Split", parts, outputs=len(sizes), axis=axis))
            case "Pad" | "PadV2":
                return [self._pad(inputs)]
            case "MaxPool":
                return [self._max_pool(inputs, attributes)]
            case "ResizeBilinear":
                return [self._resize(inputs, attributes)]
        raise NotImplementedError(f"{node['op']} ({node['name']})")

    # TensorFlow keeps the channels last, ONNX first. onnxruntime cancels the pairs of transposes.
    def _channels_first(self, reference: str) -> str:
        return str(self.add("Transpose", [self.tensor(reference)], perm=_TO_CHANNELS_FIRST))

    def _channels_last(self, name: str) -> str:
        return str(self.add("Transpose", [name], perm=_TO_CHANNELS_LAST))

    def _conv(self, inputs: list[str], attributes: Node) -> str:
        kernel = self._value(inputs[1])  # height, width, in, out
        y = self.add(
            "Conv",
            [self._channels_first(inputs[0]), self.constant(kernel.transpose(3, 2, 0, 1))],
            kernel_shape=list(kernel.shape[:2]),
            strides=_height_width(attributes["strides"]),
            dilations=_height_width(attributes["dilations"]),
            auto_pad=_padding(attributes),
        )
        return self._channels_last(y)

    def _pad(self, inputs: list[str]) -> str:
        pads = self._value(inputs[1]).astype(np.int64)
        # What pads a max pool is "minus infinity", which ONNX wants finite.
        fill = max(float(self._value(inputs[2])), -3e38) if len(inputs) > 2 else 0.0
        both = np.concatenate([pads[:, 0], pads[:, 1]])
        parts = [self.tensor(inputs[0]), self.constant(both), self.constant(np.float32(fill))]
        return str(self.add("Pad", parts))

    def _max_pool(self, inputs: list[str], attributes: Node) -> str:
        y = self.add(
            "MaxPool",
            [self._channels_first(inputs[0])],
            kernel_shape=_height_width(attributes["ksize"]),
            strides=_height_width(attributes["strides"]),
            auto_pad=_padding(attributes),
        )
        return self._channels_last(y)

    def _resize(self, inputs: list[str], attributes: Node) -> str:
        x = self._channels_first(inputs[0])
        factors = self._value(inputs[1]) / self._source_size(x)
        scales = self.constant(np.array([1, 1, *factors], np.float32))
        half = attributes.get("half_pixel_centers", {}).get("b")
        y = self.add(
            "Resize",
            [x, "", scales],
            mode="linear",
            coordinate_transformation_mode="half_pixel" if half else "asymmetric",
        )
        return self._channels_last(y)

    def _source_size(self, name: str) -> list[int]:
        """Height and width of a tensor with the channels first, for the source's input."""
        graph = helper.make_graph(self.nodes, "so far", [self._image], [], self.weights)
        shapes = onnx.shape_inference.infer_shapes(helper.make_model(graph)).graph.value_info
        (found,) = (known.type.tensor_type.shape for known in shapes if known.name == name)
        return [found.dim[2].dim_value, found.dim[3].dim_value]


def _inputs(node: Node) -> list[str]:
    return [name for name in node.get("input", []) if not name.startswith("^")]


def _height_width(attribute: Node) -> list[int]:
    return [int(size) for size in attribute["list"]["i"]][1:3]


def _padding(attributes: Node) -> str:
    padding = base64.b64decode(attributes["padding"]["s"]).decode()
    return "SAME_UPPER" if padding == "SAME" else padding
