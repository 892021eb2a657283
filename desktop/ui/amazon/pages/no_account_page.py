"""NoAccountPage: what whoever has no Amazon account needs, and a place to come back to."""

from __future__ import annotations

from PySide6.QtCore import QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QPushButton, QWidget

from ...look.page_parts import sentence
from ..layout import buttons, heading, lines_above

SIGN_UP_URL = "https://portal.aws.amazon.com/billing/signup"


class NoAccountPage(QWidget):
    """Stays the page that is shown, also after a restart, until the person has an account."""

    back_asked = Signal()
    ready = Signal()
    """The person has an account now."""

    def __init__(self) -> None:
        super().__init__()
        self.open = QPushButton(self.tr("Open Amazon's sign-up page"))
        self.primary = QPushButton(self.tr("I have an account now"))
        back = QPushButton(self.tr("Back"))
        lines = lines_above(self, buttons(back, last=self.primary))
        lines.addWidget(heading(self.tr("A new Amazon account")))
        for text in (
            self.tr(
                "This is an Amazon Web Services (AWS) account. An Amazon shopping account is"
                " separate and does not work here."
            ),
            self.tr(
                "You need an email address, a phone that can receive a call or a text message,"
                " and a credit or debit card. Choose the free plan or “Basic support”. It takes"
                " about ten minutes; Amazon may need up to a day to activate the account."
            ),
            self.tr(
                "The account itself costs nothing. Labelling costs about $1 for 1,000 photos, and"
                " Tagdrop stops at the monthly limit that you set."
            ),
            self.tr("Take your time: this page is still here when you come back."),
        ):
            lines.addWidget(sentence(text))
        lines.addLayout(buttons(self.open))
        lines.addStretch(1)
        self.open.clicked.connect(lambda: QDesktopServices.openUrl(QUrl(SIGN_UP_URL)))
        self.primary.clicked.connect(self.ready)
        back.clicked.connect(self.back_asked)
