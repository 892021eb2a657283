"""Pictures of the Amazon account's pages, from the real program against the emulator.

Part of `python -m tools.screenshots`, which starts what stands in for Amazon here.
"""

from __future__ import annotations

import os
import tempfile
import webbrowser
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QApplication, QPushButton, QWidget

from desktop.ui.amazon.pages.amazon_page import AmazonPage
from desktop.ui.settings.settings_dialog import SettingsDialog
from tests.rig.aws.controls import Emulator
from tests.rig.aws.fixtures import emulating
from tests.rig.aws.signin_fixtures import SignInStandin, standing_in
from tests.rig.keychain import keychain_env

from .session import Session

SIZES = ((720, 520), (520, 400))
KEY_ID, SECRET = "AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"
_EMULATOR, _SIGNIN = "TAGDROP_PICTURES_EMULATOR", "TAGDROP_PICTURES_SIGNIN"


@contextmanager
def standing_in_for_it() -> Iterator[dict[str, str]]:
    """Stand in for Amazon; yields what leads a program there."""
    with tempfile.TemporaryDirectory(prefix="tagdrop-amazon-") as folder:
        credentials = Path(folder) / "credentials"
        credentials.write_text(
            "".join(
                f"[{name}]\naws_access_key_id={KEY_ID}\naws_secret_access_key={SECRET}\n"
                for name in ("default", "company")
            )
        )
        with (
            emulating(Path(folder)) as (emulator, _),
            standing_in(emulator, Path(folder)) as signin,
        ):
            yield {
                "AWS_ENDPOINT_URL": emulator.url,
                "AWS_SHARED_CREDENTIALS_FILE": str(credentials),
                "AWS_CONFIG_FILE": str(Path(folder) / "config"),
                "AWS_EC2_METADATA_DISABLED": "true",
                "TZ": "Europe/Berlin",
                **keychain_env(Path(folder) / "keychain.json"),
                _EMULATOR: emulator.url,
                _SIGNIN: signin.url,
                **signin.env,
            }


class Browser(webbrowser.BaseBrowser):
    """A person in a browser, who comes when told to."""

    def __init__(self, signin: SignInStandin) -> None:
        super().__init__("pictures")
        self._signin = signin
        self.is_there = False

    def open(self, url: str, new: int = 0, autoraise: bool = True) -> bool:
        return self._signin.visit(url) if self.is_there else True


def tour(session: Session) -> None:
    """Set Amazon up, live with it, and remove it."""
    _Tour(session).run()


class _Tour:
    """From the first page to removing everything, as a person would go."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._browser = Browser(SignInStandin(os.environ[_SIGNIN]))
        webbrowser.register("pictures", None, self._browser, preferred=True)
        self._side = session.shell.amazon
        self._dialog: SettingsDialog = session.shell.show_settings("amazon")

    def run(self) -> None:
        self._sign_in()
        self._set_up()
        self._live_with_it()
        self._leave()
        self._dialog.close()

    def _sign_in(self) -> None:
        self._take("01-start", "start")
        self._press("primary")
        self._take("02-sign-in", "sign-in")
        self._page().nothing_happened_ms = 0
        self._press("primary")
        self._session.until(self._page().copy.isEnabled)
        self._take("03-sign-in-waiting", "sign-in")
        self._press("no_account")
        self._take("04-no-account", "no-account")
        self._press("primary")
        self._press("other_ways")
        self._session.until(self._page().use_profile.isEnabled)
        self._take("05-other-ways", "other-ways")
        QApplication.clipboard().setText("buy bread")
        self._press("paste")
        self._session.until(self._page().error_box.isVisible)
        self._take("06-wrong-key", "other-ways")

    def _set_up(self) -> None:
        self._browser.is_there = True
        self._side.account.sign_in_for("set-up")
        self._press("primary")
        self._session.until(lambda: self._side.account.page == "account")
        self._session.until(self._page().primary.isEnabled)
        self._take("07-account", "account")
        self._press("details")
        (details,) = self._dialog.findChildren(QWidget, "details")
        self._session.take_dialog("amazon-08-details", details)
        details.close()
        emulator = Emulator(os.environ[_EMULATOR], {}, Path())
        with emulator.taking_its_time(0.5):
            self._press("primary")
            self._session.until(lambda: self._page().lines.finished >= 5)
            self._take("09-progress", "progress")
        self._session.until(lambda: self._side.account.page == "ready")
        self._session.until(self._page().labels.isVisible)
        self._take("10-ready", "ready")

    def _live_with_it(self) -> None:
        self._side.account.home()
        self._session.until(lambda: self._page().is_known)
        self._take("11-connected", "connected")
        self._press("doctor")
        self._session.until(self._page().primary.isEnabled)
        self._take("12-doctor", "doctor")
        self._side.account.home()
        self._press("computer")
        self._press("primary")
        self._session.until(lambda: self._side.account.page == "computer")
        self._take("13-computer", "computer")
        self._side.account.go("connection-file")
        self._take("14-connection-file", "connection-file")

    def _leave(self) -> None:
        self._side.account.home()
        self._press("forget")
        self._take("15-forget", "forget")
        self._side.account.sign_in_for("remove")
        self._take("16-removal", "removal")
        self._press("delete_button")
        self._session.until(self._page().on_button.isVisible)
        self._take("17-removed", "start")
        self._press("primary")

    def _page(self) -> Any:
        """The page to be seen; each has parts of its own."""
        pages = self._dialog.findChild(AmazonPage)
        assert pages is not None
        return pages.page

    def _press(self, name: str) -> None:
        button = getattr(self._page(), name)
        assert isinstance(button, QPushButton), name
        self._session.until(button.isEnabled)
        button.click()

    def _take(self, name: str, page: str) -> None:
        self._session.until(lambda: self._side.account.page == page)
        for width, height in SIZES:
            self._dialog.resize(width, height)
            self._session.take_dialog(f"amazon-{name}-{width}", self._dialog)
