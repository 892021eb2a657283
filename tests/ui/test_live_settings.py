"""The settings while the window is open."""

from __future__ import annotations

import threading
from dataclasses import replace
from pathlib import Path

from pytestqt.qtbot import QtBot

from desktop.app import open_core
from desktop.core.errors import AppError
from desktop.core.settings import Settings, change_settings, load_settings
from desktop.ui.live_settings import LiveSettings
from desktop.ui.work import Work


def test_closing_does_not_wait_for_a_file_that_another_program_holds(qtbot: QtBot) -> None:
    released, saved = threading.Event(), list[Settings]()

    def save(settings: Settings) -> None:
        released.wait(60)
        saved.append(settings)

    work = Work()
    live = LiveSettings(Settings(), save, lambda: None, lambda error: None, work)
    live.change(min_confidence=70)
    live.close()
    work.close()
    assert not saved
    released.set()
    qtbot.waitUntil(lambda: saved == [Settings(min_confidence=70)])


def test_what_another_process_writes_is_shown_and_what_is_chosen_here_stays(
    qtbot: QtBot, tmp_path: Path
) -> None:
    core, work = open_core(tmp_path, Settings()), Work()
    errors = list[AppError]()
    live = LiveSettings(core.settings, core.save_settings, core.read_settings, errors.append, work)
    live.change(min_confidence=70)

    def choose(kept: Settings) -> Settings:
        return replace(kept, min_confidence=80, spares_core=True)

    change_settings(tmp_path, choose)
    with qtbot.waitSignal(live.changed):
        pass
    assert live.now == Settings(min_confidence=70, spares_core=True)
    qtbot.waitUntil(lambda: load_settings(tmp_path) == live.now)
    change_settings(tmp_path, choose)
    qtbot.waitUntil(lambda: live.now == Settings(min_confidence=80, spares_core=True))
    live.close()
    work.close()
    core.library.close()
    assert load_settings(tmp_path) == live.now
    assert not errors
