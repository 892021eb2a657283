"""What the documents tell people to type, and how a test types it."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from . import ROOT

DOCUMENTS = sorted(
    [
        *ROOT.glob("*.md"),
        *(ROOT / "docs").glob("*.md"),
        *(ROOT / ".github").rglob("*.md"),
    ]
)


def commands(document: Path) -> list[str]:
    """Every command in the document's `sh` blocks, without comments."""
    text = document.read_text(encoding="utf-8")
    lines = "\n".join(re.findall(r"```sh\n(.*?)```", text, re.DOTALL)).replace("\\\n", " ")
    typed = (re.sub(r"(^|\s)#.*", "", line).strip() for line in lines.splitlines())
    return [line for line in typed if line]


def all_commands() -> list[str]:
    """Those of all documents, each once, in the order of the documents."""
    return list(dict.fromkeys(line for each in DOCUMENTS for line in commands(each)))


def needs_aws(command: str) -> bool:
    """Whether it asks Amazon for something; those run against the emulator."""
    words = shlex.split(command)
    return words[:3] == ["python", "-m", "deploy"] or "aws" in words


def type_in_shell(
    command: str, folder: Path, env: Mapping[str, str] = os.environ, answer: str = ""
) -> subprocess.CompletedProcess[str]:
    """Run it as it stands, in a shell whose environment is activated; `answer` is typed then."""
    if os.name == "nt":
        pytest.skip("what the documents say is for a shell of Linux or macOS")
    path = f"{Path(sys.executable).parent}{os.pathsep}{env.get('PATH', os.defpath)}"
    keyboard, terminal = os.openpty()
    with os.fdopen(keyboard, "w", encoding="utf-8") as keys, os.fdopen(terminal) as stdin:
        keys.write(answer)
        keys.flush()
        return subprocess.run(
            ["/bin/sh", "-c", command],
            cwd=folder,
            env={**env, "PATH": path, "PYTHONPATH": str(ROOT)},
            stdin=stdin,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
