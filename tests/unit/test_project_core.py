"""The core stands alone: importing any of it loads neither Qt nor AWS nor onnxruntime."""

import tomllib
from pathlib import Path

import pytest

from tests.rig import ROOT
from tests.rig.processes import run_python

CORE = ROOT / "desktop" / "core"
FORBIDDEN = ("PySide6", "shiboken6", "boto3", "botocore", "s3transfer", "onnxruntime", "deploy")


def module_name(file: Path) -> str:
    parts = file.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


MODULES = sorted(module_name(file) for file in CORE.rglob("*.py"))


def loaded_after(statement: str) -> set[str]:
    code = f"{statement}\nimport sys\nprint(*sys.modules)"
    result = run_python("-c", code, code=0)
    return {name.partition(".")[0] for name in result.stdout.split()}


@pytest.mark.parametrize("module", MODULES)
def test_a_core_module_loads_nothing_of_the_outside(module: str) -> None:
    assert loaded_after(f"import {module}").isdisjoint(FORBIDDEN)


def test_the_probe_would_see_a_forbidden_module() -> None:
    assert "boto3" in loaded_after("import boto3")


def test_every_core_folder_is_a_package_so_that_its_modules_are_found_and_shipped() -> None:
    folders = {file.parent for file in CORE.rglob("*.py")}
    assert [folder for folder in folders if not (folder / "__init__.py").is_file()] == []
    assert {"desktop.core.records", "desktop.core.backend"} <= set(MODULES)


def test_import_linter_guards_the_whole_core() -> None:
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]
    forbidden = [
        set(contract["forbidden_modules"])
        for contract in contracts["contracts"]
        if contract["source_modules"] == ["desktop.core"]
        and not contract.get("allow_indirect_imports")
        and not contract.get("ignore_imports")
    ]
    assert any({"PySide6", "boto3", "botocore", "onnxruntime"} <= each for each in forbidden)
