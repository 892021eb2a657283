"""The window in German: its own texts, Qt's, numbers and labels; complete and up to date."""

from __future__ import annotations

import ast
import shutil
from pathlib import Path

import pytest
from botocore.exceptions import ClientError
from PIL import Image
from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QApplication, QDialogButtonBox, QPushButton

from desktop.aws.errors import convert
from desktop.core.errors import StorageError
from desktop.core.records import LabelRecord
from desktop.core.texts import Text
from desktop.ui.grid.results_model import STATUS
from desktop.ui.words.core_texts import say
from desktop.ui.words.languages import OWN_NAMES, TRANSLATIONS, speak
from desktop.ui.words.words import percent, spoken, way_to
from tests.rig import ROOT
from tests.rig.processes import run_python
from tools import core_texts, translations

from .conftest import Desk


def test_german_is_spoken_from_texts_to_numbers(application: QApplication, desk: Desk) -> None:
    assert speak(application, "de") == "de"
    window = desk.start(samples=ROOT / "samples")
    texts = [button.text() for button in window.findChildren(QPushButton)]
    assert "Mit Beispielfotos ausprobieren" in texts
    assert percent(98.7) == "98,7\u00a0%"
    record = LabelRecord("x", "Dog", 77.0, ("Mammal", "Animal"))
    assert spoken(record) == "Hund, 77,0 Prozent"
    assert way_to(record.parents) == "Tier › Säugetier"
    box = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
    assert box.button(QDialogButtonBox.StandardButton.Cancel).text() == "Abbrechen"


def test_why_a_photo_failed_is_said_in_german_and_after_a_restart_in_either(
    application: QApplication, desk: Desk, photos: Path
) -> None:
    (photos / "0001.png").write_bytes((photos / "0001.png").read_bytes()[:60])
    Image.new("RGB", (12_000, 90)).save(photos / "0002.png")
    window = desk.start()  # still in English
    window.add([photos])
    desk.until_ended(6)
    window.grid.setCurrentIndex(window.model.index(2))
    assert window.panel.state_text.startswith("This picture is too long and narrow. The long side")
    desk.close()

    speak(application, "de")
    window = desk.start()
    desk.until(lambda: window.model.rowCount() == 6)
    assert window.model.index(1).data(STATUS) == "Dieses Foto ist beschädigt"
    window.grid.setCurrentIndex(window.model.index(1))
    assert window.panel.state_text == (
        "Dieses Foto ist beschädigt. Ein Teil davon fehlt oder ist kaputt. Suchen Sie nach einer"
        " anderen Kopie."
    )
    window.grid.setCurrentIndex(window.model.index(2))
    assert "höchstens 125-mal so lang" in window.panel.state_text
    photo = photos / "0003.png"
    photo.write_bytes(b"")
    window.add([photo], again=True)
    desk.until(lambda: window.model.index(3).data(STATUS) == "Diese Datei ist leer")


def test_what_stops_a_job_is_said_in_german(
    application: QApplication, desk: Desk, photos: Path
) -> None:
    speak(application, "de")
    denied = ClientError(
        {
            "Error": {
                "Code": "AccessDenied",
                "Message": "{you} are not authorized to perform: s3:PutObject",
            }
        },
        "PutObject",
    )
    desk.backend.check_errors.append(convert(denied, Text("store a photo")))
    window = desk.start()
    window.add([photos])
    desk.until(window.messages.isVisible)
    assert window.messages.title == "Dieser Benutzer hat nicht das Recht, ein Foto abzulegen"
    assert window.messages.text.endswith("Das fehlende Recht heißt s3:PutObject.")


def test_numbers_in_an_error_are_written_as_the_language_does(application: QApplication) -> None:
    speak(application, "de")
    error = StorageError("At most {limit} MB can be read.", limit=1500)
    assert say(error.text) == "At most 1.500 MB can be read."  # not one of the translated texts


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
        "from desktop.ui.words.languages import speak\n"
        "print(speak(QCoreApplication([]), 'system'))"
    )
    said = run_python("-c", script, env={"LANG": "fr_FR.UTF-8", **surroundings}, code=0)
    assert said.stdout.strip() == spoken_language


@pytest.mark.parametrize("language", sorted(OWN_NAMES))
def test_every_text_of_the_file_is_translated(language: str) -> None:
    assert translations.faults(TRANSLATIONS / f"tagdrop_{language}.ts") == []


def test_every_text_stands_where_it_is_looked_for() -> None:
    """Within an f-string lupdate sees no text."""
    unseen = [
        f"{path.name}:{call.lineno}"
        for path in sorted((ROOT / "desktop" / "ui").rglob("*.py"))
        for string in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(string, ast.JoinedStr)
        for call in ast.walk(string)
        if isinstance(call, ast.Call)
        if ast.unparse(call.func) in ("self.tr", "translate", "QCoreApplication.translate")
    ]
    assert unseen == []


def test_the_check_sees_a_new_error_without_a_translation(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    german = tmp_path / "tagdrop_de.ts"
    shutil.copy(TRANSLATIONS / german.name, german)
    new = tmp_path / "new.py"
    new.write_text(
        'raise ImageError("A \\"new\\" error – {why}", "Do\\nthis.", why=Text("it is so"))\n',
        encoding="utf-8",
    )
    monkeypatch.setattr(core_texts, "FOLDERS", (*core_texts.FOLDERS, tmp_path))
    texts = ['Core: A "new" error – {why}', "Core: Do\nthis.", "Core: it is so"]
    missing = [f"tagdrop_de.ts: not in the file yet: {text}" for text in texts]
    assert translations.faults(german) == missing
    translations.update(german)
    undone = [f"tagdrop_de.ts: not translated: {text}" for text in texts]
    assert sorted(translations.faults(german)) == undone
    open_, done = '<translation type="unfinished">', "<translation>So"
    german.write_text(german.read_text("utf-8").replace(open_, done), encoding="utf-8")
    wrong = 'tagdrop_de.ts: its fields are not those of the text: Core: A "new" error – {why}'
    assert translations.faults(german) == [wrong]
