"""From choosing Amazon to being signed in, by each of the ways; and back to the same place."""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QPushButton

from deploy.sign_in import profiles
from desktop.core.errors import Remedy
from desktop.ui.amazon.pages.account_page import AccountPage
from desktop.ui.amazon.pages.no_account_page import NoAccountPage
from desktop.ui.amazon.pages.other_ways_page import OtherWaysPage
from desktop.ui.amazon.pages.sign_in_page import SignInPage
from desktop.ui.amazon.pages.start_page import StartPage
from tests.rig.aws.signin_fixtures import SignInStandin, read
from tests.ui.conftest import Desk, Links, drag_onto, drop_onto, mime_of

from .conftest import Browser, Side

pytestmark = pytest.mark.aws
Start = Callable[..., Side]

KEY_ID, SECRET = "AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"
KEY_CSV = f"Access key ID,Secret access key\n{KEY_ID},{SECRET}\n"


def choose_amazon(side: Side) -> SignInPage:
    side.window.top_bar.backend_chosen.emit("aws")
    return side.page(SignInPage)


def make_profile(home: Path) -> None:
    (home / ".aws").mkdir()
    (home / ".aws" / "credentials").write_text(
        f"[work]\naws_access_key_id={KEY_ID}\naws_secret_access_key={SECRET}\n"
    )


def drop(side: Side, path: Path) -> None:
    data = mime_of(path)
    drag_onto(side.window, data)
    drop_onto(side.window, data)


def test_choosing_amazon_leads_to_the_sign_in_and_the_browser_does_the_rest(
    start: Start, signin: SignInStandin, browser: Browser
) -> None:
    browser.visit = signin.visit
    side = start()
    page = choose_amazon(side)
    assert side.window.top_bar.backends.currentText() == "On this computer"
    assert side.dialog.page == "amazon"
    assert "We never see your password." in side.words()
    page.primary.click()
    side.page(AccountPage)
    assert "Signed in to account 0000-0000-0000" in side.words()
    assert len(browser.opened) == 1


def test_while_nothing_happens_the_link_and_the_other_ways_are_offered(
    start: Start, signin: SignInStandin, browser: Browser
) -> None:
    side = start()
    page = choose_amazon(side)
    page.nothing_happened_ms = 50
    page.primary.click()
    side.desk.until(page.copy.isEnabled)
    assert not page.primary.isEnabled()
    side.desk.until(lambda: "Nothing happened, or" in side.words())
    page.copy.click()
    link = QApplication.clipboard().text()
    side.desk.until(lambda: browser.opened[:1] == [link])
    page.cancel.click()
    assert not page.is_waiting
    assert "Nothing happened, or" not in side.words()
    page.primary.click()
    side.desk.until(lambda: len(browser.opened) == 2)
    page.other_ways.click()
    side.page(OtherWaysPage)
    assert not page.is_waiting


def test_a_page_of_amazon_that_only_fails_is_foreseen(
    start: Start, signin: SignInStandin, links: Links
) -> None:
    side = start()
    page = choose_amazon(side)
    assert "Sign in to the console in this browser first" in side.words()
    page.console.click()
    assert links.opened == ["https://console.aws.amazon.com/"]
    page.nothing_happened_ms = 50
    page.primary.click()
    side.desk.until(lambda: "only an error (400)" in side.words())
    assert page.other_ways.isEnabled()


def test_a_code_that_amazons_page_shows_signs_in(
    start: Start, signin: SignInStandin, links: Links
) -> None:
    side = start()
    choose_amazon(side).other_ways.click()
    box = side.page(OtherWaysPage).code
    assert not box.code.isEnabled()
    box.open.click()
    side.desk.until(box.code.isEnabled)
    (link,) = links.opened
    box.copy.click()
    assert QApplication.clipboard().text() == link
    box.code.setText("not this")
    box.primary.click()
    assert side.error().error.title == "This is not the code that Amazon's page shows"
    side.click("Paste again")
    assert box.code.selectedText() == "not this"
    found = re.search("<code>(.*)</code>", read(link)[1])
    assert found is not None
    box.code.setText(found[1])
    box.primary.click()
    side.page(AccountPage)
    assert "Signed in to account 0000-0000-0000" in side.words()


def test_a_refusal_is_said_with_a_button_and_another_way(
    start: Start, signin: SignInStandin, browser: Browser
) -> None:
    browser.visit = signin.visit
    signin.change(person="denies")
    side = start()
    page = choose_amazon(side)
    page.primary.click()
    box = side.error()
    assert box.error is not None
    assert page.primary.isEnabled()
    signin.change(person="allows")
    (again,) = [b for b in box.findChildren(QPushButton) if "again" in b.text().lower()]
    again.click()
    side.page(AccountPage)


def test_the_first_page_and_the_way_back(start: Start) -> None:
    side = start()
    side.window.shell.show_settings("amazon")
    page = side.page(StartPage)
    assert "in your own Amazon Web Services account" in side.words()
    page.primary.click()
    sign_in = side.page(SignInPage)
    back = next(b for b in sign_in.findChildren(QPushButton) if b.text() == "Back")
    back.click()
    side.page(StartPage)


def test_without_an_account_the_page_waits_over_a_restart(
    start: Start, desk: Desk, links: Links
) -> None:
    side = start()
    choose_amazon(side).no_account.click()
    page = side.page(NoAccountPage)
    for word in ("email", "phone", "card", "shopping"):
        assert word in side.words()
    page.open.click()
    assert links.opened == ["https://portal.aws.amazon.com/billing/signup"]
    desk.close()
    side = start()
    side.window.shell.show_settings("amazon")
    page = side.page(NoAccountPage)
    page.primary.click()
    side.page(SignInPage)


def test_the_other_ways_wait_over_a_restart(start: Start, desk: Desk) -> None:
    side = start()
    choose_amazon(side).other_ways.click()
    side.page(OtherWaysPage)
    desk.close()
    side = start()
    side.window.shell.show_settings("amazon")
    side.page(OtherWaysPage)


def test_a_key_that_is_typed_signs_in_and_is_kept_nowhere(
    start: Start, signin: SignInStandin, desk: Desk
) -> None:
    side = start()
    choose_amazon(side).other_ways.click()
    page = side.page(OtherWaysPage)
    assert not page.use_typed.isEnabled()
    page.key_id.setText(f" {KEY_ID} ")
    page.secret.setText(f'"{SECRET}"')
    page.use_typed.click()
    side.page(AccountPage)
    assert page.secret.text() == ""
    desk.close()
    for path in desk.data_dir.rglob("*"):
        if path.is_file():
            assert SECRET.encode() not in path.read_bytes()
    assert json.loads((desk.data_dir / "amazon.json").read_text())["page"] == "account"


@pytest.mark.parametrize("name", ["rootkey.csv.txt", "key", "accessKeys (1).CSV"])
def test_a_key_file_of_any_name_signs_in(
    start: Start, signin: SignInStandin, tmp_path: Path, name: str
) -> None:
    path = tmp_path / name
    path.write_bytes(b"\xef\xbb\xbf" + KEY_CSV.replace(",", ";").encode())
    side = start()
    choose_amazon(side).other_ways.click()
    side.page(OtherWaysPage).take_file(path)
    side.page(AccountPage)


def test_a_pasted_key_signs_in(start: Start, signin: SignInStandin) -> None:
    side = start()
    choose_amazon(side).other_ways.click()
    page = side.page(OtherWaysPage)
    QApplication.clipboard().setText(KEY_CSV)
    side.dialog.activateWindow()
    side.desk.until(side.dialog.isActiveWindow)
    side.desk.qtbot.keyClick(page, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    side.page(AccountPage)


def test_a_key_file_dropped_on_the_window_signs_in_at_once(
    start: Start, signin: SignInStandin, tmp_path: Path
) -> None:
    path = tmp_path / "accessKeys.csv"
    path.write_text(KEY_CSV)
    side = start()
    drop(side, path)
    side.page(AccountPage)
    assert side.dialog.page == "amazon"


def test_another_text_dropped_on_the_window_is_no_key(start: Start, tmp_path: Path) -> None:
    path = tmp_path / "notes.txt"
    path.write_text("buy bread")
    side = start()
    drop(side, path)
    side.desk.until(lambda: side.window.progress.text != "")
    assert side.window.findChildren(OtherWaysPage) == []


def test_a_wrong_key_file_says_so_and_asks_again(
    start: Start, signin: SignInStandin, tmp_path: Path
) -> None:
    path = tmp_path / "notes.txt"
    path.write_text("buy bread")
    side = start()
    choose_amazon(side).other_ways.click()
    page = side.page(OtherWaysPage)
    page.take_file(path)
    box = side.error()
    assert box.error is not None
    assert box.error.remedy is Remedy.PASTE_AGAIN


def test_a_profile_signs_in(start: Start, signin: SignInStandin, home: Path) -> None:
    make_profile(home)
    side = start()
    choose_amazon(side).other_ways.click()
    page = side.page(OtherWaysPage)
    side.desk.until(page.use_profile.isEnabled)
    assert page.profiles.currentText() == "work"
    page.use_profile.click()
    account = side.page(AccountPage)
    assert side.account.flow.profile == "work"
    assert side.account.access.way == "profile"
    assert "A key for Tagdrop" in side.words()
    account.no_users.click()
    assert "No key: your profile “work” labels the photos" in side.words()
    assert side.account.order(side.account.access).wanted().with_user is False
    account.no_users.click()
    assert side.account.order(side.account.access).wanted().with_user is None


def test_profiles_that_are_found_move_nothing_and_take_no_keys(
    start: Start, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_profile(home)
    read, looks = profiles.list_profiles, threading.Event()
    monkeypatch.setattr(profiles, "list_profiles", lambda: (looks.wait(20), read())[1])
    side = start()
    choose_amazon(side).other_ways.click()
    page = side.page(OtherWaysPage)
    side.dialog.activateWindow()
    side.desk.until(side.dialog.isActiveWindow)
    page.choose.setFocus()
    QApplication.processEvents()
    below = [page.choose, page.paste, page.key_id, page.secret, page.use_typed]
    before = [part.mapTo(side.dialog, QPoint()) for part in below]
    looks.set()
    side.desk.until(page.use_profile.isEnabled)
    QApplication.processEvents()
    assert [part.mapTo(side.dialog, QPoint()) for part in below] == before
    assert page.choose.hasFocus()


@pytest.mark.parametrize(
    ("text", "said"),
    [("", "None found"), ("nonsense", "cannot be read")],
    ids=["none", "broken"],
)
def test_where_no_profile_is_found_it_says_so(
    start: Start, home: Path, text: str, said: str
) -> None:
    (home / ".aws").mkdir()
    (home / ".aws" / "credentials").write_text(text)
    side = start()
    choose_amazon(side).other_ways.click()
    page = side.page(OtherWaysPage)
    side.desk.until(lambda: said in page.profiles.placeholderText())
    assert not page.use_profile.isEnabled()
