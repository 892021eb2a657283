"""PrivacyPage: what leaves this computer, where it goes and for how long, and how it goes away."""

from __future__ import annotations

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QCheckBox, QPushButton, QVBoxLayout, QWidget

from desktop.core.money.copies import Copies
from desktop.core.money.upload_log import OPT_OUT_URL

from ..adding.web_pictures import folder_for_pictures
from ..grid.feed import Feed
from ..live_settings import LiveSettings
from ..look.direction import isolated
from ..look.page_parts import sentence, title
from ..work import Work
from .retention_box import RetentionBox
from .sent_box import SentBox


class PrivacyPage(QWidget):
    """A page of the settings."""

    retention_asked = Signal(int)
    """The person wants Amazon to delete copies after so many days; the owner has to sign in."""

    def __init__(self, copies: Copies, settings: LiveSettings, feed: Feed, work: Work) -> None:
        super().__init__()
        self._settings = settings
        self.sent = SentBox(copies, work)
        self.retention = RetentionBox(copies, settings, work)
        self.retention.asked.connect(self.retention_asked)
        self._others = sentence(
            self.tr(
                "As you chose, Amazon also reads text in the copies or flags explicit content."
                " What it finds is kept with the labels in your account's table."
            )
        )
        self._retention_title = title(self.tr("How long copies stay with Amazon"))
        self.deletes = QCheckBox(self.tr("Delete each copy as soon as its labels are here"))
        self.deletes.toggled.connect(lambda on: settings.change(deletes_copies=on))
        self.opt_out = QPushButton(self.tr("How to opt out"))
        self.opt_out.clicked.connect(lambda: QDesktopServices.openUrl(QUrl(OPT_OUT_URL)))
        self._lay_out()
        feed.job_ended.connect(self._on_job_ended)
        settings.changed.connect(self._show)
        self._show()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 0, 8, 0)
        column.setSpacing(8)
        column.addWidget(title(self.tr("What leaves this computer")))
        column.addWidget(
            sentence(
                self.tr(
                    "Labelling on this computer: nothing, and Tagdrop itself reports to no one."
                    " Labelling with Amazon: while a job runs, a copy of each photo goes to"
                    " your own account, shrunk to about 2016 pixels on its long edge and"
                    " stripped of location, date, camera and all other metadata; its name"
                    " contains the file's name. That name and the labels stay in a table in your"
                    " account until you delete everything there, or for as many days as the Amazon"
                    " page says; the name of a photo whose labels were late stays in a list of"
                    " attempts for up to 4 days, and of one that was given up, 14."
                )
            )
        )
        column.addWidget(self._others)
        column.addWidget(self.sent)
        column.addSpacing(8)
        column.addWidget(self._retention_title)
        column.addWidget(self.deletes)
        column.addWidget(self.retention)
        column.addSpacing(8)
        column.addWidget(title(self.tr("What Amazon itself may keep")))
        column.addWidget(
            sentence(
                self.tr(
                    "Amazon may keep pictures it has analysed to improve its service, also in"
                    " another region, unless the account opts out, which needs AWS Organizations"
                    " (an account on its own can set up one). Deleting the copies does not affect"
                    " these."
                )
            )
        )
        column.addWidget(self.opt_out, 0, Qt.AlignmentFlag.AlignLeft)
        column.addSpacing(8)
        column.addWidget(title(self.tr("Pictures from a browser")))
        column.addWidget(
            sentence(
                self.tr(
                    "A picture that you drag or copy from a browser is saved as a file in {0}."
                    " If the browser does not supply it, it is fetched once from its website"
                    " and nowhere else."
                ).format(isolated(str(folder_for_pictures())))
            )
        )
        column.addSpacing(8)
        column.addWidget(title(self.tr("What stays here")))
        column.addWidget(
            sentence(
                self.tr(
                    "Labelling never changes a photo. Labels, thumbnails, settings and a"
                    " log are kept in Tagdrop's own folder on this computer. An Amazon key is"
                    " kept in the system's keychain."
                )
            )
        )
        column.addStretch(1)

    def _show(self) -> None:
        is_connected = self._settings.now.connection is not None
        self._others.setVisible(is_connected and self._settings.now.analyses > 1)
        self._retention_title.setVisible(is_connected)
        self.deletes.setVisible(is_connected)
        self.deletes.setChecked(self._settings.now.deletes_copies)
        self.retention.setVisible(is_connected)

    def _on_job_ended(self, *_: object) -> None:
        if self.sent.isVisible():
            self.sent.read()
