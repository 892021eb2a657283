"""`tagdrop save` killed at any moment: `python -m tools.killed_saves` does it with 500 photos."""

from __future__ import annotations

from pathlib import Path

from tests.rig.killed_save import KilledSave


def test_a_kill_leaves_each_photo_old_or_new_and_undo_restores_all(tmp_path: Path) -> None:
    assert len(list(KilledSave(tmp_path, photos=60, seed=12).kill(6))) == 6
