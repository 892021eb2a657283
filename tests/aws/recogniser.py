"""What the Rekognition stand-in sees in an image: the classifier of the on-device model alone.

Temporary, until desktop/backends/local.py is there to be asked.
"""

from __future__ import annotations

import functools
import io
import json
from pathlib import Path
from typing import Any

import numpy as np
import onnxruntime
from PIL import Image

from desktop.core.records import LabelRecord, surest_first

MODELS = Path("/work/shared/on-device-model")


@functools.cache
def _load() -> tuple[Any, dict[str, Any]]:
    options = onnxruntime.SessionOptions()
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    session = onnxruntime.InferenceSession(str(MODELS / "classifier.onnx"), options)
    return session, json.loads((MODELS / "labels.json").read_text("utf-8"))


def recognise(data: bytes) -> tuple[LabelRecord, ...]:
    """The labels of a JPEG or PNG, surest first."""
    session, table = _load()
    with Image.open(io.BytesIO(data)) as image:
        view = np.asarray(image.convert("RGB").resize((224, 224), Image.Resampling.BICUBIC))[None]
    scores = session.run(None, {"image": view})[0][0]
    return surest_first(
        LabelRecord("", tag, min(100.0, 100 * float(scores[ids].sum())), tuple(parents))
        for tag, (ids, parents) in table["tags"].items()
        if scores[ids].sum() >= 0.1
    )
