"""Remedies: the buttons that help against an error, the same wherever it is shown."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication

from desktop.core.errors import AppError, Remedy

from ..words.core_texts import say
from .acts import Act
from .clock_settings import find_clock_settings

QUOTAS_URL = "https://console.aws.amazon.com/servicequotas/home/services"


@dataclass(frozen=True, slots=True)
class Actions:
    """What the buttons open; each is called in the GUI thread."""

    sign_in: Callable[[], object]
    paste_again: Callable[[], object]
    repair: Callable[[], object]
    examine: Callable[[], object]
    raise_limit: Callable[[], object]
    save_report: Callable[[], object]
    about: Callable[[], object]
    set_up: Callable[[], object]
    replay: Callable[[], object]
    create_anew: Callable[[], object]
    close_app: Callable[[], object]


def acts_for(
    error: AppError, actions: Actions, again: Callable[[], object] | None = None
) -> list[Act]:
    """The buttons for an error, the best one first; `again` does once more what failed."""
    translate = QCoreApplication.translate
    sign_in = Act(translate("Remedies", "Sign in"), actions.sign_in)
    report = _stay(translate("Remedies", "Save report…"), actions.save_report)
    retry = [] if again is None else [Act(translate("Remedies", "Try again"), again)]
    check_now = [] if again is None else [Act(translate("Remedies", "Check now"), again)]
    acts: dict[Remedy | None, list[Act]] = {
        None: retry,
        Remedy.TRY_AGAIN: retry,
        Remedy.CHECK_AGAIN: check_now,
        Remedy.SIGN_IN: [Act(translate("Remedies", "Sign in again"), actions.sign_in)],
        Remedy.PASTE_AGAIN: [
            Act(translate("Remedies", "Paste again"), actions.paste_again),
            sign_in,
        ],
        Remedy.CLOCK: [*_clock_settings(), *retry],
        Remedy.COPY_FOR_IT: [
            _copy(translate("Remedies", "Copy a message for IT"), error),
            *retry,
        ],
        Remedy.COPY_PERMISSION: [
            _copy(translate("Remedies", "Copy the permission"), error),
            Act(translate("Remedies", "Sign in as owner"), actions.sign_in),
        ],
        Remedy.SAVE_REPORT: [*retry, report],
        Remedy.RAISE_QUOTA: [
            _stay(translate("Remedies", "How to raise it"), lambda: _open(QUOTAS_URL)),
            *retry,
        ],
        Remedy.REPAIR: [Act(translate("Remedies", "Repair"), actions.repair)],
        Remedy.CHECK_CONNECTION: [
            *retry,
            Act(translate("Remedies", "Check the connection"), actions.examine),
        ],
        Remedy.RAISE_LIMIT: [Act(translate("Remedies", "Raise the limit…"), actions.raise_limit)],
        Remedy.UPDATE_APP: [Act(translate("Remedies", "Show the version"), actions.about)],
        Remedy.SET_UP: [Act(translate("Remedies", "Set up Amazon…"), actions.set_up)],
        Remedy.REPLAY: [Act(translate("Remedies", "Try these photos again"), actions.replay)],
        Remedy.CREATE_ANEW: [Act(translate("Remedies", "Create it again"), actions.create_anew)],
        Remedy.CLOSE_APP: [Act(translate("Remedies", "Close Tagdrop"), actions.close_app)],
    }
    return acts[error.remedy]


def _stay(text: str, do: Callable[[], object]) -> Act:
    """An act after which there is more to do, so that the message stays."""
    return Act(text, do, text)


def _copy(text: str, error: AppError) -> Act:
    detail = say(error.detail_text) or say(error.text)
    done = QCoreApplication.translate("Remedies", "Copied")
    return Act(text, lambda: QGuiApplication.clipboard().setText(detail), done)


def _clock_settings() -> list[Act]:
    open_settings = find_clock_settings()
    if open_settings is None:
        return []
    return [_stay(QCoreApplication.translate("Remedies", "Clock settings"), open_settings)]


def _open(address: str) -> None:
    QDesktopServices.openUrl(QUrl(address))
