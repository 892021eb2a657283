"""The settings while the window is open."""

from __future__ import annotations

import threading

from pytestqt.qtbot import QtBot

from desktop.core.settings import Settings
from desktop.ui.live_settings import LiveSettings
from desktop.ui.work import Work


def test_closing_does_not_wait_for_a_file_that_another_program_holds(qtbot: QtBot) -> None:
    released, saved = threading.Event(), list[Settings]()

    def save(settings: Settings) -> None:
        released.wait(60)
        saved.append(settings)

    work = Work()
    live = LiveSettings(Settings(), save, lambda error: None, work)
    live.change(min_confidence=70)
    live.close()
    work.close()
    assert not saved
    released.set()
    qtbot.waitUntil(lambda: saved == [Settings(min_confidence=70)])
