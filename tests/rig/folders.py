"""Folders that the system refuses: no real one does that when it is asked to."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest


def refuse(
    monkeypatch: pytest.MonkeyPatch, folder: Path, number: int, *, winerror: int | None = None
) -> None:
    """From now on, looking at this folder or at what it holds raises this error.

    With `winerror` as on Windows, where `number` is what Python makes of it.
    """

    def refusing(do: Callable[..., Any]) -> Callable[..., Any]:
        def look(path: Any, **kept: Any) -> Any:
            if isinstance(path, int) or not Path(os.fsdecode(path)).is_relative_to(folder):
                return do(path, **kept)
            error = OSError(number, os.strerror(number), os.fsdecode(path))
            if winerror is not None:
                error.winerror = winerror  # type: ignore[attr-defined, unused-ignore]
            raise error

        return look

    monkeypatch.setattr(os, "stat", refusing(os.stat))
    monkeypatch.setattr(os, "lstat", refusing(os.lstat))
    monkeypatch.setattr(os, "scandir", refusing(os.scandir))
