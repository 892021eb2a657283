"""A newer version is told in a line with a button; nothing is asked where that was turned off."""

from __future__ import annotations

import pytest

import desktop
from desktop.core.releases import Release
from desktop.core.settings import Settings
from desktop.ui.settings.about_page import AboutPage
from desktop.ui.window import Window
from tests.ui.conftest import Desk, Links

NEWER = Release("9.0", "https://tagdrop.example/9.0")


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The addresses that were asked; each tells of a newer version."""
    asked: list[str] = []

    def tell(url: str, _: str) -> Release:
        asked.append(url)
        return NEWER

    monkeypatch.setattr(desktop, "RELEASES_URL", "https://api.tagdrop.example/latest")
    monkeypatch.setattr("desktop.ui.notices.update_notice.newer_release", tell)
    return asked


def about(window: Window) -> AboutPage:
    page = window.shell.show_settings("about").findChild(AboutPage)
    assert page is not None
    return page


def test_a_newer_version_is_told_and_its_page_opened(
    desk: Desk, asked: list[str], links: Links
) -> None:
    window = desk.start()
    desk.until(window.messages.isVisible)
    assert window.messages.title == "A newer Tagdrop is available: 9.0"
    assert "Nothing is installed automatically" in window.messages.text
    window.messages.press()
    assert links.opened == [NEWER.page]
    assert asked == ["https://api.tagdrop.example/latest"]


def test_it_can_be_turned_off_and_stays_so(desk: Desk, asked: list[str]) -> None:
    box = about(desk.start()).updates
    assert box.isVisible()
    assert box.isChecked()
    box.click()
    desk.close()
    kept = desk.saved[-1]
    assert not kept.tells_of_updates
    asked.clear()
    window = desk.start(kept)
    assert not about(window).updates.isChecked()
    desk.close()
    assert asked == []


def test_without_an_address_nobody_is_asked(
    desk: Desk, asked: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(desktop, "RELEASES_URL", "")
    window = desk.start(Settings())
    assert not about(window).updates.isVisible()
    desk.close()
    assert asked == []
