"""OtherWaysPage: signs in by a pasted code, a profile, a key file or a typed key."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QComboBox, QLineEdit, QPushButton, QWidget

from desktop.core.errors import AppError

from ...adding.drops import paths_in
from ...adding.file_dialogs import choose_file
from ...look.page_parts import level, scroll_to, sentence, title
from ...notices.remedies import Actions
from ...words.core_texts import say
from ...work import Stop, Task
from .. import sign_in_calls
from ..account import AmazonAccount
from ..code_box import CodeBox
from ..error_box import ErrorBox
from ..key_help import key_help
from ..layout import busy_bar, buttons, form, heading, lines_above

if TYPE_CHECKING:
    from deploy.sign_in.access import Access
    from deploy.sign_in.profiles import Profile


class OtherWaysPage(QWidget):
    """Whatever is given is used in memory alone; nothing typed, dropped or pasted is kept."""

    def __init__(self, account: AmazonAccount, actions: Actions) -> None:
        super().__init__()
        self._account = account
        self._task: Task | None = None
        self._again: Callable[[], None] | None = None
        self.setAcceptDrops(True)
        self.profiles = QComboBox()
        self.profiles.setAccessibleName(self.tr("Profiles on this computer"))
        self.profiles.setPlaceholderText(self.tr("Looking for profiles…"))
        self.use_profile = QPushButton(self.tr("Use this profile"))
        self.choose = QPushButton(self.tr("Choose the file…"))
        self.paste = QPushButton(self.tr("Paste"))
        self.key_id, self.secret = QLineEdit(), QLineEdit()
        self.key_id.setPlaceholderText("AKIA…")
        self.secret.setEchoMode(QLineEdit.EchoMode.Password)
        self.use_typed = self.primary = QPushButton(self.tr("Use this key"))
        self.code = CodeBox(account, self._on_code)
        self.code.failed.connect(self._on_failed)
        self.cancel = QPushButton(self.tr("Cancel"))
        self._bar = busy_bar(self.tr("Asking Amazon"))
        self._busy = sentence()
        self.error_box = ErrorBox(replace(actions, paste_again=self._paste_again))
        self._back = QPushButton(self.tr("Back"))
        self._lay_out()
        self.use_profile.clicked.connect(self._on_profile)
        self.choose.clicked.connect(self._choose)
        self.paste.clicked.connect(self.paste_key)
        self.use_typed.clicked.connect(self._on_typed)
        self.cancel.clicked.connect(self.stop)
        self._back.clicked.connect(self._go_back)
        for field in (self.key_id, self.secret):
            field.textChanged.connect(self._enable)
        self._set_busy("")
        account.work.run(sign_in_calls.profiles, self._show_profiles, self._on_unreadable)

    def _lay_out(self) -> None:
        lines = lines_above(self, buttons(self._back, last=self.use_typed))
        lines.addWidget(heading(self.tr("Other ways to sign in")))
        lines.addWidget(self.error_box)
        lines.addWidget(self._bar)
        lines.addWidget(self._busy)
        lines.addLayout(buttons(self.cancel))
        lines.addWidget(title(self.tr("A code from Amazon's page")))
        lines.addWidget(self.code)
        lines.addSpacing(8)
        lines.addWidget(title(self.tr("A profile from Amazon's own tools")))
        line = buttons(self.use_profile)
        line.insertWidget(0, self.profiles, 1)
        lines.addLayout(line)
        lines.addSpacing(8)
        lines.addWidget(title(self.tr("A key file from Amazon")))
        lines.addWidget(
            sentence(self.tr("Drop the file here, whatever its name, or paste its text."))
        )
        lines.addLayout(buttons(self.choose, self.paste))
        lines.addWidget(key_help())
        lines.addSpacing(8)
        lines.addWidget(title(self.tr("Typed by hand")))
        fields = form()
        fields.addRow(self.tr("Key id:"), self.key_id)
        fields.addRow(self.tr("Secret:"), self.secret)
        for field, name in ((self.key_id, self.tr("Key id")), (self.secret, self.tr("Secret"))):
            field.setAccessibleName(name)
        lines.addLayout(level(fields))
        lines.addWidget(
            sentence(
                self.tr(
                    "It is used only for this and never saved. Use a user's key, not the root key."
                )
            )
        )
        lines.addStretch(1)

    # What is given

    def take_file(self, path: Path) -> None:
        """Sign in with the key in this file."""
        self._ask(
            lambda stop: sign_in_calls.use_key_file(path, stop),
            self.tr("Asking Amazon whose key this is…"),
            lambda: self.take_file(path),
        )

    def paste_key(self) -> None:
        """Sign in with what was copied: the file, or its text."""
        data = QGuiApplication.clipboard().mimeData()
        if paths := paths_in(data):
            self.take_file(paths[0])
            return
        text = data.text()
        self._ask(
            lambda stop: sign_in_calls.use_key_text(text, stop),
            self.tr("Asking Amazon whose key this is…"),
            self.paste_key,
        )

    def _paste_again(self) -> None:
        """Once more what did not work: type it, or paste what was copied anew."""
        if self._again == self.code.use:
            self.code.code.setFocus()
            self.code.code.selectAll()
        elif self._again == self._on_typed:
            self.key_id.setFocus()
            self.key_id.selectAll()
        else:
            self.paste_key()

    def _on_typed(self) -> None:
        key_id, secret = self.key_id.text(), self.secret.text()
        self._ask(
            lambda stop: sign_in_calls.use_typed_key(key_id, secret, stop),
            self.tr("Asking Amazon whose key this is…"),
            self._on_typed,
        )

    def _on_code(self, who: Callable[[Stop], Access]) -> None:
        self._ask(who, self.tr("Asking Amazon who signed in…"), self.code.use)

    def _on_profile(self) -> None:
        name = self.profiles.currentData()
        self._ask(
            lambda stop: sign_in_calls.use_profile(name, stop),
            self.tr("Signing in with the profile “{0}”… A page may open in your browser.").format(
                name
            ),
            self._on_profile,
        )

    def _ask(self, who: Callable[[Stop], Access], words: str, again: Callable[[], None]) -> None:
        self.stop()
        self.error_box.clear()
        self._again = again
        self._task = self._account.work.run(who, self._on_access, self._on_failed, self.stop)
        self._set_busy(words)
        self.cancel.setFocus()
        scroll_to(self.cancel)

    def stop(self) -> None:
        """Wait no longer."""
        if self._task is not None:
            self._task.drop()
            self._task = None
        self._set_busy("")

    def _on_access(self, access: Access) -> None:
        self.stop()
        self.secret.clear()
        self.key_id.clear()
        try:
            self._account.take_access(access)
        except AppError as error:
            self._on_failed(error)

    def _on_failed(self, error: AppError) -> None:
        self.stop()
        self.error_box.show_error(error, self._again)

    # What is shown

    def _show_profiles(self, profiles: Sequence[Profile]) -> None:
        """Fill the room that was kept for them: nothing moves under a mouse or takes the keys."""
        for profile in profiles:
            self.profiles.addItem(profile.name, profile.name)
        self.profiles.setCurrentIndex(0)
        self.profiles.setPlaceholderText(self.tr("None found"))
        self._enable()

    def _on_unreadable(self, error: AppError) -> None:
        self.profiles.setPlaceholderText(say(error.title_text))
        self.profiles.setToolTip(say(error.message_text))

    def _set_busy(self, words: str) -> None:
        self._busy.setText(words)
        for widget in (self._bar, self._busy, self.cancel):
            widget.setVisible(bool(words))
        self._enable()

    def _enable(self) -> None:
        is_free = self._task is None
        is_typed = bool(self.key_id.text().strip()) and bool(self.secret.text().strip())
        self.code.enable(is_free)
        self.choose.setEnabled(is_free)
        self.paste.setEnabled(is_free)
        self.profiles.setEnabled(is_free and self.profiles.count() > 0)
        self.use_profile.setEnabled(self.profiles.isEnabled())
        self.use_typed.setEnabled(is_free and is_typed)

    def _choose(self) -> None:
        choose_file(self, self.tr("Choose the key file"), self.take_file)

    def _go_back(self) -> None:
        self.stop()
        self._account.go("sign-in")

    # Qt's own events

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Paste):
            self.paste_key()
        else:
            super().keyPressEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if paths_in(event.mimeData()) or event.mimeData().hasText():
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()

    def dropEvent(self, event: QDropEvent) -> None:
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()
        if paths := paths_in(event.mimeData()):
            self.take_file(paths[0])
        else:
            text = event.mimeData().text()
            self._ask(
                lambda stop: sign_in_calls.use_key_text(text, stop),
                self.tr("Asking Amazon whose key this is…"),
                self.stop,
            )
