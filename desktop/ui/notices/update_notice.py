"""UpdateNotice: says that a newer Tagdrop was published, and shows its page on a click."""

from __future__ import annotations

from PySide6.QtCore import QObject, QUrl
from PySide6.QtGui import QDesktopServices

from desktop import __version__
from desktop.core.releases import Release, newer_release

from ..live_settings import LiveSettings
from ..work import Work
from .acts import Act
from .messages import MessageLine


class UpdateNotice(QObject):
    """Asks once, at a start, unless it was turned off or there is nobody to ask."""

    def __init__(
        self, settings: LiveSettings, messages: MessageLine, work: Work, url: str, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._settings = settings
        self._messages = messages
        self._work = work
        self._url = url

    def look(self) -> None:
        """Ask, in another thread."""
        if self._url and self._settings.now.tells_of_updates:
            self._work.run(lambda _: newer_release(self._url, __version__), self._tell)

    def _tell(self, release: Release | None) -> None:
        if release is None or self._messages.isVisible():  # what else is to be said comes first
            return
        self._messages.show_message(
            self.tr("A newer Tagdrop is available: {0}").format(release.version),
            self.tr("You have version {0}. Nothing is installed automatically.").format(
                __version__
            ),
            Act(self.tr("Show it"), lambda: QDesktopServices.openUrl(QUrl(release.page))),
        )
