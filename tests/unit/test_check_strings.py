"""No text for a person escapes translation, and the check that says so sees what it should."""

from __future__ import annotations

from pathlib import Path

import pytest

from tools.check_strings import faults
from tools.core_texts import ROOT, literal_texts, sources


@pytest.mark.parametrize("path", sources(), ids=lambda path: str(path.relative_to(ROOT)))
def test_every_text_for_a_person_can_be_translated(path: Path) -> None:
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
        'raise AppError(f"{path} is gone")',
        'raise ImageError("Too large", f"At most {limit} MB.")',
        'raise ImageError("Too large", "At most " + limit)',
        'errors.StorageError(title, "Try again.")',
        "ImageError(*SAYINGS[code])",
        'Text(f"store {count} photos")',
        'ImageError("Too large", "At most {limit} MB.")',
        'ImageError("Too large", "At most {limit} MB.", most=limit)',
        'ImageError("Too large", "At most {limit} MB.", limit=limit, most=limit)',
        'ImageError("Too large", "At most {limit:.1f} MB.", limit=limit)',
        'ImageError("Too large", detail=statement)',
        'ImageError("Too large", detail="At most {limit} MB.")',
        'Text("Too large", detail="At most 15 MB.")',
        'ImageError("Too { large", "At most {limit} MB.", limit=limit)',
        "class OtherError(AppError): pass",
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
        'raise ImageError("Too large", "At most {limit} MB.", limit=limit)',
        'ImageError("Too large", remedy=Remedy.TRY_AGAIN, detail="At most {limit} MB.", limit=5)',
        'ImageError("Too large", remedy=Remedy.TRY_AGAIN)',
        'raise ImageError("{ and } are braces")',
        'ImageError(row["title"], row["message"], **values)',
        'Text("store a photo")',
        'QCoreApplication.translate("Core", template)',
    ],
)
def test_the_check_lets_pass(line: str) -> None:
    assert faults(line) == []


def test_what_a_button_copies_is_translated_too_but_not_what_is_only_filled_in() -> None:
    source = 'AppError("Title", detail="Dear IT,")\nAppError("Other", detail="{json}", json=x)'
    assert list(literal_texts(source)) == ["Title", "Dear IT,", "Other"]
