"""No text of the window escapes translation, and the check that says so sees what it should."""

from __future__ import annotations

from pathlib import Path

import pytest

from tools.check_strings import UI, faults


@pytest.mark.parametrize("path", sorted(UI.rglob("*.py")), ids=lambda path: path.stem)
def test_every_text_of_the_window_can_be_translated(path: Path) -> None:
    assert faults(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    "line",
    [
        'QLabel("Photos")',
        'button.setText(f"{count} photos")',
        'button.setText("Photos: " + number)',
        'QPushButton("Start" if ready else "Wait")',
        'label.setToolTip("{0} photos".format(count))',
        'menu.addAction("Open", self.open)',
        'box.addItem("On this computer", "local")',
        'messages.show_message(self.tr("Done"), "All is well")',
        "self.tr(text)",
        'self.tr(f"{count} photos")',
        'QCoreApplication.translate("Words", text)',
    ],
)
def test_the_check_sees(line: str) -> None:
    assert faults(line)


@pytest.mark.parametrize(
    "line",
    [
        'QLabel(self.tr("Photos"))',
        'button.setText(self.tr("{0} photos").format(count))',
        'box.addItem(self.tr("On this computer"), "local")',
        'box.addItem(translate("Page", "On this computer"), "local")',
        'button.setText("✕")',
        'label.setText(" · ".join(parts))',
        'window.setWindowTitle("Tagdrop")',
        "painter.translate(x, y)",
        'self.setObjectName("sidebar")',
    ],
)
def test_the_check_lets_pass(line: str) -> None:
    assert faults(line) == []
