"""Reads a PyTorch state dict of the old (pre-1.6, non-zip) format with numpy alone.

The unpickler knows three harmless names and refuses every other, so a weights file cannot run code.
"""

import collections
import pickle
import struct
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np

_MAGIC = 0x1950A86A20F9469CFC6C
_PROTOCOL = 1001
_TYPES = {
    "FloatStorage": np.float32,
    "HalfStorage": np.float16,
    "LongStorage": np.int64,
    "IntStorage": np.int32,
}


class _Storage:
    """The flat numbers behind one or more tensors; they follow after the pickles."""

    def __init__(self, dtype: type, count: int) -> None:
        self.dtype, self.count = dtype, count
        self.values: np.ndarray = np.empty(0, dtype)


class _Tensor:
    def __init__(self, storage: _Storage, offset: int, size: Any, stride: Any, *_: Any) -> None:
        self.storage, self.offset, self.size, self.stride = storage, offset, size, stride

    def to_numpy(self) -> np.ndarray:
        values = self.storage.values[self.offset :]
        strides = [step * values.itemsize for step in self.stride]
        return np.lib.stride_tricks.as_strided(values, self.size, strides).copy()


class _Unpickler(pickle.Unpickler):
    def __init__(self, file: BinaryIO, storages: dict[str, _Storage]) -> None:
        super().__init__(file)
        self._storages = storages

    def find_class(self, module: str, name: str) -> Any:
        if (module, name) == ("collections", "OrderedDict"):
            return collections.OrderedDict
        if (module, name) == ("torch._utils", "_rebuild_tensor_v2"):
            return _Tensor
        if module == "torch" and name in _TYPES:
            return _TYPES[name]
        raise pickle.UnpicklingError(f"refused {module}.{name}")

    def persistent_load(self, pid: Any) -> _Storage:
        kind, dtype, key, _location, count, _view = pid
        if kind != "storage":
            raise pickle.UnpicklingError(f"refused a {kind}")
        return self._storages.setdefault(key, _Storage(dtype, count))


def load(path: Path) -> dict[str, np.ndarray]:
    """Tensor name -> array."""
    storages: dict[str, _Storage] = {}
    with path.open("rb") as file:
        if (pickle.load(file), pickle.load(file)) != (_MAGIC, _PROTOCOL):
            raise ValueError(f"{path} is not an old-style PyTorch file")
        _Unpickler(file, storages).load()  # about the machine that saved it
        tensors = _Unpickler(file, storages).load()
        for key in _Unpickler(file, storages).load():
            storage = storages[key]
            (count,) = struct.unpack("<q", file.read(8))
            assert count == storage.count
            raw = file.read(count * np.dtype(storage.dtype).itemsize)
            storage.values = np.frombuffer(raw, storage.dtype)
    return {name: tensor.to_numpy() for name, tensor in tensors.items()}
