"""The settings' page for Amazon in a real window, and a person's browser."""

from __future__ import annotations

import threading
import uuid
import webbrowser
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtWidgets import QLabel, QPushButton, QWidget

from deploy import connect
from deploy.flow import change_flow
from deploy.set_up import SetUp
from deploy.sign_in.access import Access
from deploy.stack import removal
from deploy.stack.stack import StackState, status
from desktop.app import Core
from desktop.core.backend import Backend, BackendName
from desktop.core.settings import Connection, Settings, load_settings
from desktop.ui.amazon.account import AmazonAccount
from desktop.ui.amazon.error_box import ErrorBox
from desktop.ui.settings.settings_dialog import SettingsDialog
from desktop.ui.window import Window
from tests.rig.aws.account import keys_of
from tests.rig.aws.controls import Emulator
from tests.rig.aws.signin_fixtures import SignInStandin
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

    def click(self, text: str) -> None:
        """Press the button of that text, as soon as it is there and can be pressed."""

        def found() -> list[QPushButton]:
            buttons = self.dialog.findChildren(QPushButton)
            return [b for b in buttons if b.isVisible() and b.isEnabled() and b.text() == text]

        self.desk.until(lambda: bool(found()))
        found()[0].click()

    def says(self, words: str) -> None:
        """Wait until the dialog says that."""
        self.desk.until(lambda: words in self.words())

    def error(self) -> ErrorBox:
        """Wait until an error is to be seen, all of it."""

        def shown() -> list[ErrorBox]:
            boxes = self.dialog.findChildren(ErrorBox)
            return [box for box in boxes if box.visibleRegion().contains(box.rect())]

        self.desk.until(lambda: bool(shown()))
        return shown()[0]


@dataclass(frozen=True, slots=True)
class Amazon:
    """What stands behind the program: the account, the sign-in, and a person in the browser."""

    emulator: Emulator
    signin: SignInStandin
    browser: Browser
    name: str
    """Of the stack that the program sets up; it is gone when the test ends."""

    def stack(self) -> StackState | None:
        """How it stands."""
        return status(self.emulator.session(), self.name)

    def parts(self) -> dict[str, str]:
        """Logical id -> physical id."""
        cloudformation = self.emulator.client("cloudformation")
        answer = cloudformation.describe_stack_resources(StackName=self.name)
        return {r["LogicalResourceId"]: r["PhysicalResourceId"] for r in answer["StackResources"]}

    def key_ids(self) -> set[str]:
        """The keys of all computers."""
        return set(keys_of(self.emulator, self.name))


@pytest.fixture
def amazon(
    desk: Desk, emulator: Emulator, signin: SignInStandin, browser: Browser, keychain: Path
) -> Iterator[Amazon]:
    """An account of which the program knows nothing yet but the name of its stack to be."""
    name = f"tagdrop-{uuid.uuid4().hex[:8]}"
    change_flow(desk.data_dir, stack=name, region=emulator.region)
    browser.visit = signin.visit

    def make_backend(kind: BackendName) -> Backend:
        assert desk.library is not None
        core = Core(desk.data_dir, Settings(), desk.library, desk.recognisers)
        return core.make_backend(kind) if kind == "aws" else desk.backend

    desk.make_backend = make_backend
    yield Amazon(emulator, signin, browser, name)
    desk.close()  # what its threads still ask for would come after the removal
    for _ in removal.remove(emulator.session(), name, cancel=threading.Event()):
        pass


@pytest.fixture
def service(desk: Desk, amazon: Amazon) -> Settings:
    """A service that is set up, with this computer connected; the settings that say so."""
    arn = f"arn:aws:iam::{amazon.emulator.account}:user/owner"
    owner = Access("key", amazon.emulator.session(), amazon.emulator.account, arn)
    wanted = SetUp(amazon.name, amazon.emulator.region)
    for _ in connect.set_up(owner, wanted, desk.data_dir, threading.Event()):
        pass
    return replace(load_settings(desk.data_dir), backend="aws")


@pytest.fixture
def start(desk: Desk) -> Callable[..., Side]:
    """Start the program, and again."""

    def start(*arguments: object, **values: object) -> Side:
        return Side(desk, desk.start(*arguments, **values))  # type: ignore[arg-type]

    return start
