"""Builds the files of desktop/backends/models out of the fetched files and the training photos'."""

import hashlib
import json
import sys
from pathlib import Path

import numpy as np
import onnx
from onnx import numpy_helper

from desktop.backends.vocabulary import Vocabulary

from . import efficientnet, evidence, nanodet, scene_head, vocabulary
from .half import store_half
from .photos import SCENE, Array, credit_lines, read_photos


def build(packages: Path, out: Path) -> None:
    """Write the four files into `out`; the same packages and photos give the same bytes."""
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
    _write_table(out, table, "")
    head = _build_head(models["classifier.onnx"], Vocabulary(out / "labels.json"))
    np.savez(out / "scene_head.npz", allow_pickle=False, **head)
    digest.update((out / "scene_head.npz").read_bytes())
    (out / "NOTICE-scene-head.txt").write_text(credit_lines(), "utf-8", newline="\n")
    # Labels of an older version are told from ours by this name.
    _write_table(out, table, f"lite0-nanodet-{digest.hexdigest()[:8]}")
    print(f"labels.json: {len(table['labels'])} labels")


def _write_table(out: Path, table: dict[str, object], version: str) -> None:
    text = json.dumps({"version": version, **table}, ensure_ascii=False, indent=0) + "\n"
    (out / "labels.json").write_text(text, "utf-8", newline="\n")


def _build_head(classifier: onnx.ModelProto, labels: Vocabulary) -> dict[str, np.ndarray]:
    """The arrays of scene_head.npz; writes what the heads say of photos they did not see."""
    photos = read_photos()
    scores = _sum_up(classifier, photos.roots, labels)
    told = scene_head.held_out(photos)
    learnt = evidence.learn(photos, told, scores, labels)
    kept = learnt.kept
    names = np.array(photos.concepts)[kept]
    _check_names(labels, {*map(str, names)})
    weights = scene_head.fit(photos.roots.mean(1), photos.truth, photos.known)[:, kept]
    left = set(photos.concepts) - {*map(str, names)}
    print(f"scene_head.npz: {len(names)} concepts; without {sorted(left)}")
    np.savez_compressed(
        SCENE / "held_out.npz",
        ids=np.array(photos.ids),
        head=told[:, kept].astype(np.float16),
        scores=scores.astype(np.float16),
    )
    return {
        "concepts": names,
        "weights": weights[:-1].astype(np.float16),
        "bias": weights[-1].astype(np.float32),
        "constants": learnt.constants[kept].astype(np.float32),
        "own": learnt.own,
        "below": learnt.below,
        "other": learnt.other,
        "person": learnt.person,
        "unlearnt": learnt.unlearnt,
        "confirmed": learnt.confirmed,
    }


def _check_names(labels: Vocabulary, concepts: set[str]) -> None:
    """Refuse a concept that has no place in the tree, and a label that nothing can tell."""
    if strange := concepts - set(labels.names):
        raise SystemExit(f"vocabulary.txt has no label for the concepts {sorted(strange)}")
    told = {labels.number(name) for name in concepts} | set(labels.detector)
    lifted = {n for label in told for n in (label, *labels.ancestors(label))}
    idle = [n for n in range(len(labels.names)) if n not in lifted and not labels.is_classified(n)]
    if idle:
        raise SystemExit(f"nothing tells the labels {[labels.names[n] for n in idle]}")


def _sum_up(classifier: onnx.ModelProto, roots: Array, labels: Vocabulary) -> Array:
    """The classifier's scores [n, labels] of the training photos, from their features."""
    stored = {t.name: numpy_helper.to_array(t) for t in classifier.graph.initializer}
    matrix, bias = (stored[f"fc.{part}_half"].astype(np.float64) for part in "WB")
    logits = roots**2 @ matrix.T + bias
    odds = np.exp(logits - logits.max(2, keepdims=True))
    probabilities = (odds / odds.sum(2, keepdims=True)).mean(1).astype(np.float32)
    return np.array([labels.sum_up(photo) for photo in probabilities], dtype=np.float64)


if __name__ == "__main__":
    build(Path(sys.argv[1]), Path(sys.argv[2]))
