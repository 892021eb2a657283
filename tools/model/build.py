"""Builds classifier.onnx, detector.onnx and labels.json out of the fetched files."""

import hashlib
import json
import sys
from pathlib import Path

import onnx

from . import efficientnet, nanodet, vocabulary
from .half import store_half


def build(packages: Path, out: Path) -> None:
    """Write the three files into `out`; the same packages give the same bytes."""
    models = {
        "classifier.onnx": efficientnet.convert(packages / "lite0.pth"),
        "detector.onnx": nanodet.convert(packages / "nanodet.json"),
    }
    digest = hashlib.sha256()
    out.mkdir(parents=True, exist_ok=True)
    for name, model in models.items():
        onnx.checker.check_model(store_half(model))
        content = model.SerializeToString(deterministic=True)
        digest.update(content)
        (out / name).write_bytes(content)
        print(f"{name}: {len(content):,} bytes")
    table = vocabulary.build_table()
    digest.update(json.dumps(table).encode())
    # Labels of an older version are told from ours by this name.
    table = {"version": f"lite0-nanodet-{digest.hexdigest()[:8]}", **table}
    text = json.dumps(table, ensure_ascii=False, indent=0) + "\n"
    (out / "labels.json").write_text(text, "utf-8", newline="\n")
    print(f"labels.json: {len(table['labels'])} labels, version {table['version']}")


if __name__ == "__main__":
    build(Path(sys.argv[1]), Path(sys.argv[2]))
