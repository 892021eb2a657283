"""The contact sheet: every state in every look, in a file that is small enough to pass on."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image

from tools.contact_sheet import GAP, HEAD, MOST_BYTES, THUMB, make_sheet, save_small


def test_each_state_is_a_row_and_each_look_a_column(tmp_path: Path) -> None:
    windows = "1-empty-light-1280x800", "1-empty-dark-1280x800", "2-full-light-900x600"
    for name in (*windows, "menu-german"):
        Image.effect_noise((1280, 800), 90).save(tmp_path / f"{name}.png")
    sheet = make_sheet(tmp_path)
    width, height = THUMB[0] + GAP, THUMB[1] + GAP + HEAD
    assert sheet.size == (4 * width + GAP, 3 * height + HEAD)
    save_small(sheet, tmp_path / "sheet.jpg")
    assert (tmp_path / "sheet.jpg").stat().st_size <= MOST_BYTES


def test_without_screenshots_it_says_how_to_take_them(tmp_path: Path) -> None:
    with pytest.raises(LookupError, match="make screenshots"):
        make_sheet(tmp_path)
