"""Folders that the system refuses: no real one does that when it is asked to."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest


def refuse(monkeypatch: pytest.MonkeyPatch, folder: Path, number: int) -> None:
    """From now on, looking at this folder or at what it holds raises this error."""

    def refusing(do: Callable[..., Any]) -> Callable[..., Any]:
        def look(path: Any, **kept: Any) -> Any:
            if isinstance(path, str | Path) and Path(path).is_relative_to(folder):
                raise OSError(number, os.strerror(number), str(path))
            return do(path, **kept)

        return look

    monkeypatch.setattr(os, "stat", refusing(os.stat))
    monkeypatch.setattr(os, "scandir", refusing(os.scandir))
