"""The window with a third recogniser: chosen, priced, its labels shown, filtered and compared."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import Qt

from desktop.core.backend import Backend
from desktop.core.recognisers import Recognisers
from desktop.core.settings import Settings
from desktop.recognisers import AWS, LOCAL
from desktop.ui.settings.labelling_page import LabellingPage
from tests.rig.third_recogniser import THIRD, ThirdBackend

from .conftest import Desk


def with_third(desk: Desk) -> Desk:
    def make(name: str) -> Backend:
        return ThirdBackend() if name == THIRD.name else desk.backend

    desk.make_backend = make
    desk.recognisers = Recognisers([replace(LOCAL, model=lambda: desk.model), AWS, THIRD])
    return desk


def test_it_is_chosen_asked_about_shown_and_compared(desk: Desk, photos: Path) -> None:
    window = with_third(desk).start()
    window.add([photos])
    desk.until_ended(6)
    bar = window.top_bar.backends
    assert [bar.itemText(place) for place in range(bar.count())] == [
        "On this computer",
        "At the university",
        "With Amazon",
    ]
    assert "At the university: Knows lighthouses." in bar.toolTip()
    page = window.shell.show_settings("labelling").findChild(LabellingPage)
    assert page is not None
    page.choices[THIRD.name].click()
    assert page.choices[THIRD.name].accessibleDescription() == "Knows lighthouses."
    assert bar.currentText() == "At the university"
    window.add([photos])
    sheet = window.shell.sheet
    desk.until(lambda: sheet.start_button.isVisible() and "still" not in sheet.text)
    assert "about $0.02 of your $5" in sheet.text
    sheet.start_button.click()
    desk.until_ended(6)
    desk.until(lambda: "$0.02" in window.shell.month.text())
    assert window.shell.month.isVisible()
    window.grid.setCurrentIndex(window.model.index(0))
    labels = window.panel.list.labels
    desk.until(lambda: [each.label for each in labels.entries] == ["Lighthouse", "Sea"])
    hint = labels.index(0).data(Qt.ItemDataRole.ToolTipRole)
    assert hint == "Likely (labelled at the university)"
    window.panel.compare(True)
    ways = [each.way for each in labels.entries]
    assert ways[:3] == ["This computer: not found"] * 2 + ["This computer only"]
    window.top_bar.search.setText("lighthouse")
    desk.until(lambda: window.model.rowCount() == 6)
    window.top_bar.search.setText("dog")
    desk.until(window.gallery.nothing.isVisible)


def test_a_choice_of_a_newer_program_is_the_usual_one_and_stays(desk: Desk, photos: Path) -> None:
    window = desk.start(Settings("third"))
    assert window.top_bar.backends.currentText() == "On this computer"
    window.add([photos])
    desk.until_ended(6)
    assert desk.backend.submits.total() == 6
    window._parts.settings.change(min_confidence=70.0)
    desk.close()
    assert desk.saved[-1].backend == "third"
