"""How labels leave: the menu, its dialogs, what is said while it is done and when it is undone."""

from __future__ import annotations

import shutil

from .session import Session

SMALL_PX = 520


def tour(session: Session) -> None:
    """Of copies: the samples are not to be written to."""
    copies = session.folder / "photos"
    copies.mkdir()
    for sample in sorted((session.samples or session.folder).glob("*.*g"))[:6]:
        shutil.copy(sample, copies)
    session.label(copies, 6)
    session.select_all(list(range(6)))
    saving, menu = session.shell.saving, session.shell.saving.menu
    session.take("save-window")
    session.take_menu("save-menu", menu.menu, menu.button)
    for name in ("keywords", "table", "folders"):
        getattr(saving, name).trigger()
        dialog = menu.asking
        assert dialog is not None
        session.rest()
        session.take_dialog(f"save-{name}", dialog)
        dialog.resize(SMALL_PX, 600)
        session.take_dialog(f"save-{name}-small", dialog)
        dialog.reject()
    next(copies.iterdir()).unlink()  # one of them is gone meanwhile
    saving.keywords.trigger()
    assert menu.asking is not None
    menu.asking.act_button.click()
    (run,) = menu.runs
    session.take_dialog("save-running", run)
    session.until(lambda: not run.is_running)
    session.take_dialog("save-written", run)
    session.until(saving.undo.isEnabled)
    session.take_menu("save-menu-undo", menu.menu, menu.button)
    run.undo_button.click()
    session.until(lambda: not run.is_running)
    session.take_dialog("save-undone", run)
    run.reject()
