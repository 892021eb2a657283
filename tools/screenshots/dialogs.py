"""What stands in windows of its own: the settings' pages, diagnostics, keys, a crash."""

from __future__ import annotations

from desktop.ui.dialogs.crash_dialog import CrashDialog

from .session import Session

PAGES = ("labelling", "amazon", "privacy", "photos", "rules", "appearance", "about")
TRACE = "Traceback (most recent call last):\n  …\nZeroDivisionError: division by zero"


def tour(session: Session) -> None:
    """Open each."""
    shell = session.shell
    for page in PAGES:
        session.take_dialog(f"settings-{page}", shell.show_settings(page))
    shell.show_settings().close()
    diagnostics = shell.show_diagnostics()
    session.until(diagnostics.save_button.isEnabled)
    session.take_dialog("settings-diagnostics", diagnostics)
    diagnostics.close()
    session.take_dialog("settings-keys", shell.show_shortcuts())
    crash = CrashDialog(f"Tagdrop\n{TRACE}", session.window)
    crash.show()
    session.take_dialog("settings-crash", crash)
    crash.close()
