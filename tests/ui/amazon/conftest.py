"""The settings' page for Amazon in a real window, and a person's browser."""

from __future__ import annotations

import threading
import uuid
import webbrowser
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtWidgets import QLabel, QWidget

from deploy import removal
from deploy.flow import change_flow
from desktop.core.settings import Connection
from desktop.ui.amazon.account import AmazonAccount
from desktop.ui.amazon.error_box import ErrorBox
from desktop.ui.settings_dialog import SettingsDialog
from desktop.ui.window import Window
from tests.aws.rig import Emulator
from tests.aws.signin_rig import SignInStandin
from tests.ui.conftest import Desk

CONNECTION = Connection("123456789012", "eu-central-1", "tagdrop", "my-bucket", "my-table")
P = TypeVar("P", bound=QWidget)


class Browser(webbrowser.BaseBrowser):
    """What opens when a page of Amazon's is to be shown; `visit` is the person in it."""

    def __init__(self) -> None:
        super().__init__("test")
        self.visit: Callable[[str], object] = lambda url: None
        self.opened: list[str] = []

    def open(self, url: str, new: int = 0, autoraise: bool = True) -> bool:
        self.opened.append(url)
        self.visit(url)
        return True


_browser = Browser()
webbrowser.register("test", None, _browser, preferred=True)


@pytest.fixture
def browser() -> Iterator[Browser]:
    _browser.visit = lambda url: None
    _browser.opened.clear()
    yield _browser
    _browser.visit = lambda url: None


class Side:
    """The pages, as a test sees them."""

    def __init__(self, desk: Desk, window: Window) -> None:
        self.desk = desk
        self.window = window
        self.account: AmazonAccount = window.shell.amazon.account
        desk.until(lambda: self.account.is_loaded)

    @property
    def dialog(self) -> SettingsDialog:
        dialog = self.window.findChild(SettingsDialog)
        assert dialog is not None
        return dialog

    def page(self, kind: type[P]) -> P:
        """Wait until a page of this kind is to be seen."""

        def shown() -> list[P]:
            return [page for page in self.window.findChildren(kind) if page.isVisible()]

        self.desk.until(lambda: bool(shown()))
        return shown()[0]

    def words(self) -> str:
        """All that the dialog says now."""
        labels = self.dialog.findChildren(QLabel)
        return "\n".join(label.text() for label in labels if label.isVisible())

    def error(self) -> ErrorBox:
        """Wait until an error is to be seen."""

        def shown() -> list[ErrorBox]:
            return [box for box in self.dialog.findChildren(ErrorBox) if box.isVisible()]

        self.desk.until(lambda: bool(shown()))
        return shown()[0]


@pytest.fixture
def keychain(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    import keyring

    from tests.keychain import VARIABLE, FileKeyring

    path = tmp_path_factory.mktemp("keychain") / "keychain.json"
    before = keyring.get_keyring()
    import os

    os.environ[VARIABLE] = str(path)
    keyring.set_keyring(FileKeyring())
    yield path
    keyring.set_keyring(before)


@pytest.fixture
def stack(desk: Desk, emulator: Emulator, signin: SignInStandin, keychain: Path) -> Iterator[str]:
    """The name of the stack that the program will set up, which is gone when the test ends."""
    name = f"tagdrop-{uuid.uuid4().hex[:8]}"
    change_flow(desk.data_dir, stack=name, region=emulator.region)
    yield name
    emulator.slow_down(0)
    for _ in removal.remove(emulator.session(), name, cancel=threading.Event()):
        pass


@pytest.fixture
def start(desk: Desk) -> Callable[..., Side]:
    """Start the program, and again."""

    def start(*arguments: object, **values: object) -> Side:
        return Side(desk, desk.start(*arguments, **values))  # type: ignore[arg-type]

    return start
