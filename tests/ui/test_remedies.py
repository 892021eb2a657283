"""Every error has words, and the button of its remedy does what it says."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.core.errors import AppError, CredentialsError, Remedy
from desktop.ui.notices.clock_settings import find_clock_settings
from desktop.ui.notices.messages import MessageLine
from desktop.ui.notices.remedies import Actions, acts_for


class Opened(list[str]):
    """Which actions were taken."""

    @property
    def actions(self) -> Actions:
        return Actions(**{name: lambda name=name: self.append(name) for name in Actions.__slots__})


@pytest.mark.parametrize(
    ("remedy", "buttons", "opens"),
    [
        (None, ["Try again"], ["again"]),
        (Remedy.TRY_AGAIN, ["Try again"], ["again"]),
        (Remedy.CHECK_AGAIN, ["Check now"], ["again"]),
        (Remedy.SIGN_IN, ["Sign in again"], ["sign_in"]),
        (Remedy.PASTE_AGAIN, ["Paste again", "Sign in"], ["paste_again", "sign_in"]),
        (Remedy.SAVE_REPORT, ["Try again", "Save report…"], ["again", "save_report"]),
        (Remedy.REPAIR, ["Repair"], ["repair"]),
        (Remedy.CHECK_CONNECTION, ["Try again", "Check the connection"], ["again", "examine"]),
        (Remedy.RAISE_LIMIT, ["Raise the limit…"], ["raise_limit"]),
        (Remedy.UPDATE_APP, ["Show the version"], ["about"]),
        (Remedy.SET_UP, ["Set up Amazon…"], ["set_up"]),
        (Remedy.REPLAY, ["Try these photos again"], ["replay"]),
        (Remedy.CREATE_ANEW, ["Create it again"], ["create_anew"]),
        (Remedy.CLOSE_APP, ["Close Tagdrop"], ["close_app"]),
    ],
)
def test_a_remedy_has_its_buttons(
    qapp: QApplication, remedy: Remedy | None, buttons: list[str], opens: list[str]
) -> None:
    opened = Opened()
    error = AppError("It did not work", "Do something.", remedy=remedy)
    acts = acts_for(error, opened.actions, lambda: opened.append("again"))
    assert [act.text for act in acts] == buttons
    for act in acts:
        act.do()
    assert opened == opens


def test_every_remedy_has_a_button(qapp: QApplication) -> None:
    for remedy in Remedy:
        error = AppError("It did not work", remedy=remedy)
        assert acts_for(error, Opened().actions, lambda: None), remedy


@pytest.mark.parametrize(
    ("remedy", "button"),
    [
        (Remedy.COPY_FOR_IT, "Copy a message for IT"),
        (Remedy.COPY_PERMISSION, "Copy the permission"),
    ],
)
def test_what_is_copied_is_the_detail_and_the_message_stays(
    qtbot: QtBot, remedy: Remedy, button: str
) -> None:
    error = CredentialsError(
        "Not allowed", "Ask.", remedy=remedy, detail="Please allow {what}.", what="s3:PutObject"
    )
    act = acts_for(error, Opened().actions)[0]
    assert act.text == button
    line = MessageLine()
    qtbot.addWidget(line)
    line.show_error(error, act)
    line.press()
    assert QApplication.clipboard().text() == "Please allow s3:PutObject."
    assert line.isVisible()
    assert line.button_text == "Copied"
    QApplication.clipboard().clear()


def test_the_clock_settings_are_those_of_the_system(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.platform", "linux")
    monkeypatch.setenv("PATH", str(tmp_path))
    assert find_clock_settings() is None
    program, said = tmp_path / "gnome-control-center", tmp_path / "said"
    program.write_text(f'#!/bin/sh\necho "$@" > {said}\n')
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}/bin")
    error = CredentialsError("This computer's clock is wrong", remedy=Remedy.CLOCK)
    act = acts_for(error, Opened().actions, lambda: None)[0]
    assert act.text == "Clock settings"
    act.do()
    qtbot.waitUntil(lambda: said.exists() and said.read_text() == "datetime\n")
