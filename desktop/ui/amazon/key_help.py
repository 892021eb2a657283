"""How to get a key file from Amazon's console, click by click; shown when it is asked for."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from ..look.page_parts import sentence
from .layout import buttons

CONSOLE_URL = "https://console.aws.amazon.com/iam/home#/users/create"


def key_help() -> QWidget:
    """A button, and the way below it once it was pressed."""
    translate = QCoreApplication.translate
    steps = (
        translate("KeyHelp", "Open the console and sign in."),
        translate("KeyHelp", "Type a name for the user, such as “tagdrop-setup”, and choose Next."),
        translate(
            "KeyHelp",
            "Choose “Attach policies directly”, tick “AdministratorAccess”, and choose Next, then"
            " Create user.",
        ),
        translate("KeyHelp", "Open the new user and its tab “Security credentials”."),
        translate("KeyHelp", "Choose “Create access key”, then “Other”, Next, Create access key."),
        translate("KeyHelp", "Choose “Download .csv file” and drop the file here."),
        translate(
            "KeyHelp",
            "Once Tagdrop is set up, it has a labelling-only key of its own: delete this user"
            " again.",
        ),
    )
    box = QWidget()
    toggle = QPushButton(translate("KeyHelp", "How to get one"))
    toggle.setCheckable(True)
    console = QPushButton(translate("KeyHelp", "Open the console"))
    console.clicked.connect(lambda: QDesktopServices.openUrl(QUrl(CONSOLE_URL)))
    text = sentence("\n".join(f"{number}. {step}" for number, step in enumerate(steps, 1)))
    lines = QVBoxLayout(box)
    lines.setContentsMargins(0, 0, 0, 0)
    lines.setSpacing(8)
    lines.addLayout(buttons(toggle, console))
    lines.addWidget(text)
    for widget in (text, console):
        widget.hide()
        toggle.toggled.connect(widget.setVisible)
    return box
