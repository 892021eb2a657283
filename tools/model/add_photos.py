"""Adds labelled photos to the training photos: their features, labels and licences.

    python -m tools.model.add_photos FOLDER PHOTOS.csv

PHOTOS.csv has the columns `file` (below FOLDER), `labels` and `unsure` (semicolons between),
`source` and `licence`; photos of one series share a `group`, which may be left empty. The photos
themselves are not kept. `python -m tools.model` then trains the head anew.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from desktop.backends import views
from desktop.backends.local import MAX_EDGE_PX, MODELS
from desktop.backends.recognition import open_networks
from desktop.core.photo.prepare import open_upright

from .photos import ROOT_SCALE, SCENE


def add(folder: Path, table: Path, scene: Path = SCENE) -> int:
    """Add what `table` names; how many photos were not there before.

    Raises ValueError for a photo without labels, source or licence, and ImageError for one that
    cannot be read; then nothing is added.
    """
    with (scene / "photos.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    with np.load(scene / "features.npz") as stored:
        ids, roots = [*map(str, stored["ids"])], [*stored["roots"]]
    with table.open(encoding="utf-8", newline="") as file:
        new = list(csv.DictReader(file))
    classifier, _ = open_networks(MODELS)
    added = 0
    for row in new:
        if missing := [name for name in ("labels", "source", "licence") if not row[name].strip()]:
            raise ValueError(f"{row['file']} has no {' and no '.join(missing)}")
        path = folder / row["file"]
        name = hashlib.sha256(path.read_bytes()).hexdigest()[:12]
        if name in ids:
            continue
        ids.append(name)
        roots.append(_roots(classifier, path))
        rows.append({**row, "id": name, "group": row.get("group") or name})
        added += 1
    with (scene / "photos.csv").open("w", encoding="utf-8", newline="") as file:
        columns = ("id", "group", "labels", "unsure", "source", "file", "licence")
        writer = csv.DictWriter(file, columns, lineterminator="\n", extrasaction="ignore")
        writer.writeheader()
        writer.writerows(rows)
    np.savez_compressed(scene / "features.npz", ids=np.array(ids), roots=np.array(roots))
    return added


def _roots(classifier: object, path: Path) -> NDArray[np.uint8]:
    """The square roots of a photo's features [2, 1280], in hundredths."""
    photo = views.overview(open_upright(path, max_edge_px=MAX_EDGE_PX))
    looks = [
        classifier.run(["features"], {"image": view(photo)})[0][0]  # type: ignore[attr-defined]
        for view in (views.middle, views.squeezed)
    ]
    return np.round(np.sqrt(looks) * ROOT_SCALE).astype(np.uint8)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path)
    parser.add_argument("table", type=Path)
    arguments = parser.parse_args()
    print(f"{add(arguments.folder, arguments.table)} photos added")


if __name__ == "__main__":
    main()
