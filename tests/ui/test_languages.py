"""The window in German: its own texts, Qt's, numbers and labels; complete and up to date."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QLocale, QTranslator
from PySide6.QtWidgets import QApplication, QDialogButtonBox, QPushButton

from desktop.core.records import LabelRecord
from desktop.ui import label_names
from desktop.ui.languages import OWN_NAMES, TRANSLATIONS, speak
from desktop.ui.words import family, percent, spoken
from tools import translations

from .conftest import Desk

ROOT = Path(__file__).parents[2]


@pytest.fixture(autouse=True, scope="module")
def _built() -> None:
    translations.build()


@pytest.fixture
def application(qapp: QApplication) -> Iterator[QApplication]:
    """The application, speaking as before when the test has ended."""
    before = QLocale()
    yield qapp
    for translator in qapp.findChildren(QTranslator):
        qapp.removeTranslator(translator)
        translator.deleteLater()
    QLocale.setDefault(before)
    label_names.use_language("en")


def test_german_is_spoken_from_texts_to_numbers(application: QApplication, desk: Desk) -> None:
    assert speak(application, "de") == "de"
    window = desk.start(samples=ROOT / "samples")
    texts = [button.text() for button in window.findChildren(QPushButton)]
    assert "Mit Beispielfotos ausprobieren" in texts
    assert percent(98.7) == "98,7 %"
    record = LabelRecord("x", "Dog", 77.0, ("Mammal", "Animal"))
    assert spoken(record) == "Hund, 77,0 Prozent"
    assert family(record) == "Tier › Säugetier › Hund"
    box = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
    assert box.button(QDialogButtonBox.StandardButton.Cancel).text() == "Abbrechen"


def test_english_knows_one_from_many(application: QApplication) -> None:
    assert speak(application, "en") == "en"
    said = [QCoreApplication.translate("ViewBar", "%n photos", None, count) for count in (0, 1, 2)]
    assert said == ["0 photos", "1 photo", "2 photos"]


@pytest.mark.parametrize(
    ("surroundings", "spoken_language"),
    [({"LANGUAGE": "fr:de:en"}, "de"), ({"LANG": "de_AT.UTF-8"}, "de"), ({"LANG": "C"}, "en")],
)
def test_the_systems_language_is_spoken_where_it_is_known(
    surroundings: dict[str, str], spoken_language: str
) -> None:
    script = (
        "from PySide6.QtCore import QCoreApplication\n"
        "from desktop.ui.languages import speak\n"
        "print(speak(QCoreApplication([]), 'system'))"
    )
    said = subprocess.run(
        [sys.executable, "-c", script],
        cwd=ROOT,
        env={"LANG": "fr_FR.UTF-8", **surroundings},
        capture_output=True,
        text=True,
        check=True,
    )
    assert said.stdout.strip() == spoken_language


@pytest.mark.parametrize("language", sorted(OWN_NAMES))
def test_every_text_of_the_file_is_translated(language: str) -> None:
    assert translations.faults(TRANSLATIONS / f"tagdrop_{language}.ts") == []
