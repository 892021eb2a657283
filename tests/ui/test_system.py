"""What the system's shell shows of the window; Windows' part against tables like its own."""

from __future__ import annotations

import ctypes
import os
import sys
from collections.abc import Iterable, Sequence
from ctypes import POINTER, c_int, c_uint32, c_uint64, c_void_p, c_wchar_p
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QWidget
from pytestqt.qtbot import QtBot

from desktop.core.events import JobEvent, JobState, State
from desktop.core.overview.recent_jobs import RecentJob
from desktop.ui.grid.reader import Tally
from desktop.ui.system import jump_list
from desktop.ui.system.app_id import APP_ID
from desktop.ui.system.com import ComObject
from desktop.ui.system.door import Door
from desktop.ui.system.jump_list import JumpList, arguments_for, write_jump_list
from desktop.ui.system.notification import Notification
from desktop.ui.system.recent_folders import RecentFolders, recent_folders
from desktop.ui.system.taskbar import Look, TaskbarProgress, WindowsButton, launcher_message
from tests.rig import ROOT
from tests.rig.com_stand_in import ComStandIn

from .conftest import Desk, make_folder

NOW = datetime(2026, 11, 30, tzinfo=UTC)
REFUSED = -0x7FF8FFFB  # E_ACCESSDENIED


def test_the_taskbar_of_windows_is_told_state_and_count() -> None:
    asked: list[tuple[object, ...]] = []
    taskbar = ComStandIn(
        {
            3: ((), lambda: asked.append(("init",))),
            9: ((c_void_p, c_uint64, c_uint64), lambda *said: asked.append(("value", *said))),
            10: ((c_void_p, c_int), lambda *said: asked.append(("state", *said))),
        }
    )
    show = WindowsButton(lambda: 7, lambda: taskbar.handed_out)
    show(Look.UNKNOWN, 0, 0)
    show(Look.RUNNING, 3, 5_000_000_000)
    assert asked == [("init",), ("state", 7, 1), ("state", 7, 2), ("value", 7, 3, 5_000_000_000)]


def test_without_a_taskbar_nothing_is_shown() -> None:
    def none() -> ComObject:
        raise OSError("no such class")

    WindowsButton(lambda: 7, none)(Look.RUNNING, 1, 2)
    refuses = ComStandIn({3: ((), lambda: 0)})
    WindowsButton(lambda: 7, lambda: refuses.handed_out)(Look.RUNNING, 1, 2)


def test_the_docks_of_linux_are_told_a_share_between_0_and_1() -> None:
    entry, shown = launcher_message(Look.RUNNING, 1, 4).arguments()
    assert (entry, shown) == (
        "application://tagdrop.desktop",
        {"progress": 0.25, "progress-visible": True},
    )
    assert launcher_message(Look.NONE, 1, 4).arguments()[1]["progress-visible"] is False


def test_the_progress_follows_one_job_and_stays_where_it_stopped_unseen(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    front = [Qt.ApplicationState.ApplicationInactive]
    monkeypatch.setattr(QGuiApplication, "applicationState", lambda: front[0])
    shown: list[tuple[Look, int, int]] = []
    window = QWidget()
    qtbot.addWidget(window)
    progress = TaskbarProgress(window, lambda *said: shown.append(said))
    progress.start(2)
    progress.end(JobEvent(1, JobState.FINISHED))  # told when the next runs already
    progress.show_tally(Tally(2, {State.DONE: 1, State.QUEUED: 3}, found_all=True))
    progress.pause(2)
    progress.show_tally(Tally(2, {State.DONE: 2, State.QUEUED: 2}, found_all=True))
    progress.resume(2)
    progress.end(JobEvent(2, JobState.STOPPED))
    assert shown == [
        (Look.UNKNOWN, 0, 0),
        (Look.RUNNING, 1, 4),
        (Look.PAUSED, 1, 4),
        (Look.PAUSED, 2, 4),
        (Look.RUNNING, 2, 4),
        (Look.STOPPED, 1, 1),
    ]
    front[0] = Qt.ApplicationState.ApplicationActive
    QGuiApplication.instance().applicationStateChanged.emit(front[0])  # type: ignore[union-attr]
    assert shown.pop()[0] is Look.NONE


class JumpListOfWindows:
    """What Windows keeps of the list; `removed` are the arguments that a person removed there."""

    def __init__(self, removed: Iterable[str] = (), category: int = 0) -> None:
        self.kept: dict[str, list[dict[str, Any]]] = {}
        self.app_id = ""
        self._removed = [self._link({"arguments": each}) for each in removed]
        self._category = category
        self._links: dict[int | None, dict[str, Any]] = {}
        self._arrays: dict[int | None, list[dict[str, Any]]] = {}
        self.made: list[ComStandIn] = []
        self._written: dict[str, list[dict[str, Any]]] = {}

    def make(self, class_id: Any, _: Any) -> ComObject:
        """As `create` does."""
        kinds = {
            bytes(jump_list.LIST): self._list,
            bytes(jump_list.COLLECTION): self._collection,
            bytes(jump_list.LINK): self._new_link,
        }
        made = kinds[bytes(class_id)]()
        self.made.append(made)
        return made.handed_out

    def _list(self) -> ComStandIn:
        removed = ComStandIn(
            {
                3: ((POINTER(c_uint32),), self._count),
                4: ((c_uint32, c_void_p, POINTER(c_void_p)), self._get_removed),
            }
        )
        self.made.append(removed)

        def begin(slots: Any, _: object, found: Any) -> None:
            slots[0] = 10
            found[0] = removed.address.value

        def add(title: str, array: int) -> int:
            if title and self._category:
                return self._category
            self._written[title] = self._arrays[array]
            return 0

        return ComStandIn(
            {
                3: ((c_wchar_p,), lambda app_id: setattr(self, "app_id", app_id)),
                4: ((POINTER(c_uint32), c_void_p, POINTER(c_void_p)), begin),
                5: ((c_wchar_p, c_void_p), add),
                7: ((c_void_p,), lambda array: add("", array)),
                8: ((), lambda: self.kept.update(self._written)),
            }
        )

    def _count(self, count: Any) -> None:
        count[0] = len(self._removed)

    def _get_removed(self, place: int, _: object, found: Any) -> None:
        found[0] = self._removed[place].address.value

    def _collection(self) -> ComStandIn:
        links: list[dict[str, Any]] = []
        made = ComStandIn({5: ((c_void_p,), lambda link: links.append(self._links[link]))})
        self._arrays[made.address.value] = links
        return made

    def _new_link(self) -> ComStandIn:
        said: dict[str, Any] = {}
        made = self._link(said)
        self._links[made.address.value] = said
        return made

    @staticmethod
    def _link(said: dict[str, Any]) -> ComStandIn:
        def tell(text: int, length: int) -> None:
            buffer = (ctypes.c_wchar * length).from_address(text)
            buffer.value = said["arguments"]

        def set_value(key: int, value: int) -> None:
            assert ctypes.string_at(key + 16, 4) == b"\x02\0\0\0"
            assert c_uint32.from_address(value).value == 31
            said["title"] = c_wchar_p.from_address(value + 8).value

        properties = ComStandIn({6: ((c_void_p, c_void_p), set_value), 7: ((), lambda: 0)})
        return ComStandIn(
            {
                7: ((c_wchar_p,), lambda text: said.update(about=text) or 0),
                10: ((c_void_p, c_int), tell),
                11: ((c_wchar_p,), lambda text: said.update(arguments=text) or 0),
                17: ((c_wchar_p, c_int), lambda _, number: said.update(icon=number) or 0),
                20: ((c_wchar_p,), lambda text: said.update(program=text) or 0),
            },
            other=properties,
        )


PHOTOS, OTHER = Path("/photos/Sommer 2026"), Path("/photos/犬")


def wanted(*folders: Path) -> JumpList:
    return JumpList(Path("/t.exe"), "Add photos…", "--add-photos", "Recent folders", folders)


@pytest.mark.skipif(ctypes.sizeof(c_void_p) != 8, reason="the program is for 64 bits")
def test_the_jump_list_holds_folders_and_a_task() -> None:
    windows = JumpListOfWindows()
    assert write_jump_list(wanted(PHOTOS, OTHER), windows.make) == []
    assert windows.app_id == APP_ID
    folders, [task] = windows.kept["Recent folders"], windows.kept[""]
    assert [each["title"] for each in folders] == ["Sommer 2026", "犬"]
    assert folders[0]["arguments"] == f'"{PHOTOS}"'
    assert folders[0]["about"] == str(PHOTOS)
    assert (task["title"], task["arguments"]) == ("Add photos…", "--add-photos")
    assert {each["program"] for each in (*folders, task)} == {str(Path("/t.exe"))}
    assert all(made.released for made in windows.made)


def test_a_folder_that_was_removed_from_the_jump_list_is_told_and_left_out() -> None:
    windows = JumpListOfWindows(removed=[arguments_for(PHOTOS)])
    assert write_jump_list(wanted(PHOTOS, OTHER), windows.make) == [PHOTOS]
    assert [each["title"] for each in windows.kept["Recent folders"]] == ["犬"]


def test_where_nothing_recent_may_be_shown_the_task_is() -> None:
    windows = JumpListOfWindows(category=REFUSED)
    assert write_jump_list(wanted(PHOTOS), windows.make) == []
    assert list(windows.kept) == [""]


def test_recent_folders_are_the_newest_but_for_samples_single_photos_and_what_was_removed() -> None:
    def job(number: int, *roots: Path) -> RecentJob:
        return RecentJob(number, roots, NOW, 1, 1)

    samples = Path("/samples")
    jobs = [job(9, PHOTOS, Path("/a.jpg")), job(8, samples), job(7, OTHER), job(6, PHOTOS)]
    assert recent_folders(jobs, {}, samples) == [PHOTOS, OTHER]
    assert recent_folders(jobs, {str(OTHER): 7, str(PHOTOS): 8}, samples) == [PHOTOS]


def test_labelled_folders_are_offered_until_they_are_removed(desk: Desk, tmp_path: Path) -> None:
    offered: list[list[Path]] = []
    window = desk.start()
    assert desk.parts
    folder = make_folder(tmp_path / "photos", 1)

    def offer(folders: list[Path]) -> list[Path]:
        offered.append(folders)
        return folders if len(offered) == 2 else []

    recent = RecentFolders(
        window,
        desk.parts.library.store,
        desk.parts.work,
        samples=None,
        add=window.add,
        add_photos=lambda: None,
        offer=offer,
    )
    recent.look()
    desk.until(lambda: offered == [[]])
    window.add([folder])
    desk.until_ended(1)
    recent.look()
    desk.until(lambda: recent.left_out() == {str(folder): 1})
    recent.look()
    desk.until(lambda: offered == [[], [folder], []])


def test_what_several_starts_bring_within_a_moment_is_one_drop(qtbot: QtBot) -> None:
    drops: list[Sequence[Path]] = []
    asked: list[bool] = []
    window = QWidget()
    qtbot.addWidget(window)
    door = Door(window, drops.append, lambda: asked.append(True))
    photos = [Path(f"/{number}.jpg") for number in range(6)]
    door.take(photos[1:2], asks=False)  # the window is not filled yet
    door.begin(photos[:1])
    assert drops == [[photos[1], photos[0]]]
    for photo in photos[2:]:
        door.take([photo], asks=photo == photos[5])
    assert (len(drops), asked, window.isVisible()) == (1, [True], True)
    qtbot.waitUntil(lambda: drops[1:] == [photos[2:]])
    door.take([], asks=False)
    dialog = QDialog(window)
    dialog.setModal(True)
    dialog.show()
    door.take([], asks=True)
    assert asked == [True]


@pytest.mark.skipif(sys.platform != "linux", reason="Linux's way")
def test_a_notification_is_shown_where_there_is_no_place_for_icons(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = tmp_path / "said"
    program = tmp_path / "notify-send"
    program.write_text(f'#!/bin/sh\nprintf "%s\\n" "$@" >{said}.new && mv {said}.new {said}\n')
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    window = QWidget()
    qtbot.addWidget(window)
    Notification(window).tell("Labelling finished", "-5 labelled")
    qtbot.waitUntil(said.exists)
    assert said.read_text().splitlines()[-3:] == ["--", "Labelling finished", "-5 labelled"]


def test_the_installer_gives_the_windows_the_same_name() -> None:
    script = (ROOT / "packaging" / "windows" / "tagdrop.iss").read_text("utf-8")
    assert script.count(f'AppUserModelID: "{APP_ID}"') == 2
