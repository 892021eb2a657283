"""The settings: what a person changes counts at once and is kept; the diagnostics are shown."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QPalette, QWheelEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QFileDialog,
    QLabel,
    QTextBrowser,
    QToolButton,
    QWidget,
)

from desktop import __version__
from desktop.backends.local import MODELS
from desktop.backends.vocabulary import Vocabulary
from desktop.core.settings import Connection, Settings
from desktop.recognisers import AWS, LOCAL
from desktop.ui.settings.appearance_page import AppearancePage
from desktop.ui.settings.labelling_page import LabellingPage
from desktop.ui.settings.settings_dialog import SettingsDialog
from desktop.ui.words.languages import OWN_NAMES, speak
from tests.rig import ROOT

from .conftest import Desk

CONNECTION = Connection("123456789012", "eu-central-1", "tagdrop", "my-bucket", "my-table")


@pytest.fixture(autouse=True)
def palette() -> Iterator[None]:
    yield
    QApplication.styleHints().unsetColorScheme()
    QApplication.setPalette(QPalette())


def shown_words(dialog: SettingsDialog) -> str:
    return "\n".join(
        label.text() for label in dialog.findChildren(QLabel) if label.isVisibleTo(dialog)
    )


def test_the_button_and_the_keys_open_it_beside_the_window(desk: Desk) -> None:
    window = desk.start()
    (button,) = [
        b for b in window.top_bar.findChildren(QToolButton) if b.accessibleName() == "Settings"
    ]
    desk.qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    dialog = window.findChild(SettingsDialog)
    assert dialog is not None
    desk.until(dialog.isVisible)
    assert not dialog.isModal()
    dialog.show_page("privacy")
    dialog.close()
    window.activateWindow()
    desk.qtbot.keyClick(window, Qt.Key.Key_Comma, Qt.KeyboardModifier.ControlModifier)
    desk.until(dialog.isVisible)
    assert dialog.page == "privacy"


def test_the_arrow_keys_walk_through_the_pages(desk: Desk) -> None:
    dialog = desk.start().shell.show_settings()
    pages = [dialog.page]
    for _ in range(dialog.list.count() - 1):
        desk.qtbot.keyClick(dialog.list, Qt.Key.Key_Down)
        pages.append(dialog.page)
    for page in ("labelling", "amazon", "privacy", "photos", "rules", "appearance", "about"):
        assert page in pages
    desk.qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()


def test_the_confidence_is_the_one_of_the_window_both_ways(desk: Desk) -> None:
    window = desk.start()
    dialog = window.shell.show_settings("labelling")
    page = dialog.findChild(LabellingPage)
    assert page is not None
    page.slider.setValue(80)
    assert window.top_bar.slider.value() == 80
    window.top_bar.slider.setValue(60)
    assert page.slider.value() == 60
    desk.qtbot.keyClick(page.slider, Qt.Key.Key_Right)  # more, as in the window
    assert window.top_bar.slider.value() == 59
    desk.qtbot.keyClick(page.slider, Qt.Key.Key_Left)
    desk.close()
    assert desk.saved[-1].min_confidence == 60


def test_a_core_is_kept_free_from_now_on(desk: Desk) -> None:
    page = desk.start().shell.show_settings("labelling").findChild(LabellingPage)
    assert page is not None
    assert not page.spares_core.isChecked()
    page.spares_core.click()
    assert page.spares_core.isChecked()
    desk.close()
    assert desk.saved[-1].spares_core


def test_a_screen_reader_says_what_each_choice_means(desk: Desk) -> None:
    window = desk.start()
    page = window.shell.show_settings("labelling").findChild(LabellingPage)
    assert page is not None
    assert page.choices[LOCAL.name].accessibleDescription().startswith("Free, private")
    assert (
        page.choices[AWS.name]
        .accessibleDescription()
        .endswith("Not set up yet: choose it to begin.")
    )
    window._parts.settings.change(connection=CONNECTION)
    assert page.choices[AWS.name].accessibleDescription().endswith("charged to your own account.")


def test_choosing_amazon_without_a_set_up_leads_to_it(desk: Desk) -> None:
    dialog = desk.start().shell.show_settings("labelling")
    page = dialog.findChild(LabellingPage)
    assert page is not None
    page.choices[AWS.name].click()
    assert page.choices[LOCAL.name].isChecked()
    assert dialog.page == "amazon"
    desk.until(lambda: "Sign in to Amazon" in shown_words(dialog))


def test_a_connected_account_is_said_in_words(desk: Desk) -> None:
    window = desk.start(Settings(connection=CONNECTION))
    dialog = window.shell.show_settings("labelling")
    page = dialog.findChild(LabellingPage)
    assert page is not None
    page.choices[AWS.name].click()
    assert window.top_bar.backends.currentText() == "With Amazon"
    window.top_bar.backend_chosen.emit("local")
    assert page.choices[LOCAL.name].isChecked()
    dialog.show_page("amazon")
    desk.until(lambda: "1234-5678-9012" in shown_words(dialog))
    assert "Frankfurt (eu-central-1)" in shown_words(dialog)


def test_dark_is_dark_at_once_and_kept(desk: Desk) -> None:
    window = desk.start()
    page = window.shell.show_settings("appearance").findChild(AppearancePage)
    assert page is not None

    def lightness() -> int:
        return window.palette().color(QPalette.ColorRole.Window).lightness()

    page.choices["dark"].click()
    desk.until(lambda: lightness() < 128)
    page.choices["light"].click()
    desk.until(lambda: lightness() > 128)
    desk.close()
    assert desk.saved[-1].appearance == "light"
    window = desk.start(Settings(appearance="dark"))
    assert lightness() < 128


def test_a_language_is_kept_for_the_next_start(desk: Desk) -> None:
    window = desk.start()
    (page,) = window.shell.show_settings("appearance").findChildren(AppearancePage)
    place = page.languages.findText("Deutsch")
    page.languages.setCurrentIndex(place)
    page.languages.activated.emit(place)
    desk.until(lambda: bool(desk.saved) and desk.saved[-1].language == "de")


def test_about_names_version_licences_and_the_caveat(desk: Desk, tmp_path: Path) -> None:
    samples = ROOT / "samples"
    dialog = desk.start(samples=samples).shell.show_settings("about")
    assert f"Tagdrop {__version__}" in shown_words(dialog)
    text = dialog.findChild(QTextBrowser).toPlainText()  # type: ignore[union-attr]
    for word in ("LGPL-3.0", "EfficientNet-Lite0", "ImageNet and COCO", "Aitzol Berasategi"):
        assert word in text


def test_about_of_a_packaged_program_names_all_that_is_inside(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "INDEX.tsv").write_text("wheelwright\t2.1\tMIT\twheelwright\nplain\t\tX11\t\n")
    monkeypatch.setattr("desktop.ui.settings.about_page.LICENCES", tmp_path)
    dialog = desk.start().shell.show_settings("about")
    browser = dialog.findChild(QTextBrowser)
    assert browser is not None
    assert "wheelwright 2.1, MIT" in browser.toPlainText()
    assert "plain, X11" in browser.toPlainText()
    assert (tmp_path / "wheelwright").as_uri() in browser.toHtml()


def test_the_diagnostics_are_shown_before_just_that_is_saved(desk: Desk, tmp_path: Path) -> None:
    window = desk.start(Settings(connection=CONNECTION))
    dialog = window.shell.show_settings("about")
    (button,) = [b for b in dialog.findChildren(QAbstractButton) if "diagnostics" in b.text()]
    desk.qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    shown = window.shell.show_diagnostics()
    desk.until(shown.save_button.isEnabled)
    assert "== Versions" in shown.text.toPlainText()
    assert CONNECTION.account not in shown.text.toPlainText()
    shown.text.appendPlainText("a line of mine")
    desk.qtbot.mouseClick(shown.save_button, Qt.MouseButton.LeftButton)
    chooser = shown.findChild(QFileDialog)
    assert chooser is not None
    target = tmp_path / "report.txt"
    chooser.fileSelected.emit(str(target))
    assert target.read_text(encoding="utf-8") == shown.text.toPlainText()
    shown.save(tmp_path / "missing" / "report.txt")
    assert any("Not saved" in label.text() for label in shown.findChildren(QLabel))
    chooser.close()


@pytest.mark.parametrize("language", OWN_NAMES)
def test_as_many_things_are_known_here_as_is_said(
    desk: Desk, application: QApplication, language: str
) -> None:
    speak(application, language)
    known = len(Vocabulary(MODELS / "labels.json").names)
    dialog = desk.start().shell.show_settings("labelling")
    texts = [label.text() for label in dialog.findChildren(QLabel)]
    said = [re.search(r"(?:more than|mehr als) ([\d.,]+) (?:things|Dinge)", text) for text in texts]
    numbers = [int(re.sub(r"\D", "", found[1])) for found in said if found]
    assert len(numbers) == 1
    assert all(number < known <= 1.05 * number for number in numbers)


def test_the_wheel_changes_nothing_on_its_way(desk: Desk) -> None:
    dialog = desk.start(Settings(connection=CONNECTION)).shell.show_settings("labelling")
    page = dialog.findChild(LabellingPage)
    assert page is not None
    before = page.slider.value()
    turn_wheel(page.slider)
    assert page.slider.value() == before
    page.slider.setFocus()
    desk.until(page.slider.hasFocus)
    turn_wheel(page.slider)
    assert page.slider.value() != before


def turn_wheel(widget: QWidget) -> None:
    """A notch towards the person, with the mouse on the widget's middle."""
    middle = widget.rect().center()
    QApplication.sendEvent(
        widget,
        QWheelEvent(
            QPointF(middle),
            QPointF(widget.mapToGlobal(middle)),
            QPoint(),
            QPoint(0, -120),
            Qt.MouseButton.NoButton,
            Qt.KeyboardModifier.NoModifier,
            Qt.ScrollPhase.NoScrollPhase,
            False,
        ),
    )
