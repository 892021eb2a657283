"""The software bill of materials of a built program, as CycloneDX 1.6 has it.

It says for scanners what `licences/INDEX.tsv` says for people: which parts of which versions are
inside. A package of PyPI has its purl, by which known weaknesses are found.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from desktop import __version__

from .licences import pinned_names, plain

NAME = "bom.cdx.json"


def write_bom(licences: Path) -> None:
    """Write it into this folder, out of the INDEX.tsv that `gather_licences` has made there."""
    lines = (licences / "INDEX.tsv").read_text(encoding="utf-8").splitlines()
    parts = [line.split("\t")[:3] for line in lines]
    program = {"type": "application", "name": "tagdrop", "version": __version__}
    bom = {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {"component": {**program, **_licensed("GPL-3.0-or-later")}},
        "components": [_component(*part) for part in parts],
    }
    (licences / NAME).write_text(json.dumps(bom, indent=1) + "\n", encoding="utf-8")


def _component(name: str, version: str, licence: str) -> dict[str, Any]:
    component = {"type": "library", "name": name, **_licensed(licence)}
    if version:
        component["version"] = version
    if plain(name) in pinned_names():
        component["purl"] = f"pkg:pypi/{plain(name)}@{version}"
    return component


def _licensed(name: str) -> dict[str, Any]:
    return {"licenses": [{"license": {"name": name}}]} if name else {}
