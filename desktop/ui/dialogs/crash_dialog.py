"""CrashReporter: an unexpected error goes into the log and into one dialog, never a cascade."""

from __future__ import annotations

import logging
import sys
import threading
import traceback
from collections import Counter
from types import TracebackType

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QWidget,
)

from desktop import __version__
from desktop.core.diagnostics import remove_private

from .report_text import ReportText, lay_out_report

log = logging.getLogger(__name__)

LOGGED = 5
"""So often the same error is logged: one in a paint event would fill the log."""


class CrashDialog(QDialog):
    """What went wrong, to be copied; then to go on or to quit."""

    def __init__(self, text: str, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Something went wrong"))
        self.resize(640, 400)
        words = self.tr(
            "This is a bug in Tagdrop. Your photos and labels are safe. You can continue; if"
            " the window behaves strangely, quit and start again."
        )
        self.text = ReportText(self.tr("Error details"), text)
        self.text.setReadOnly(True)
        self.more = QLabel()
        self.more.hide()
        self._others = 0
        self.copy_button = self.text.make_copy_button()
        self.quit_button = QPushButton(self.tr("Quit"))
        self.go_on_button = QPushButton(self.tr("Continue"))
        self.go_on_button.clicked.connect(self.accept)
        self.quit_button.clicked.connect(QApplication.quit)
        buttons = QWidget()  # QDialogButtonBox would leave one of these out of Tab's way
        line = QHBoxLayout(buttons)
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(self.copy_button)
        line.addStretch()
        line.addWidget(self.quit_button)
        line.addWidget(self.go_on_button)
        lay_out_report(self, words, self.text, self.more, buttons)
        self.go_on_button.setDefault(True)

    def count_another(self) -> None:
        """One more error came while this is shown; the log has it."""
        self._others += 1
        self.more.setText(self.tr("%n more since then; the log has them.", "", self._others))
        self.more.show()


class CrashReporter(QObject):
    """Lives in the GUI thread; errors may come from any thread."""

    _crashed = Signal(str, str)

    def __init__(self, window: QWidget | None = None) -> None:
        super().__init__(window)
        self._window = window
        self._times: Counter[str] = Counter()
        self.dialog: CrashDialog | None = None
        self._crashed.connect(self._show)

    def install(self) -> None:
        """From here on take what nobody else does."""
        sys.excepthook = self.take
        threading.excepthook = lambda args: (
            self.take(args.exc_type, args.exc_value, args.exc_traceback)
            if args.exc_value is not None
            else None
        )

    def uninstall(self) -> None:
        """Leave it to Python again."""
        sys.excepthook = sys.__excepthook__
        threading.excepthook = threading.__excepthook__

    def take(
        self,
        kind: type[BaseException],
        error: BaseException,
        trace: TracebackType | None,
    ) -> None:
        """Log an error and show it, unless the same was shown before. For any thread."""
        if issubclass(kind, SystemExit | KeyboardInterrupt):
            return
        frames = traceback.extract_tb(trace)
        where = f"{frames[-1].filename}:{frames[-1].lineno}" if frames else ""
        same = f"{kind.__name__} {where}"
        self._times[same] += 1
        if self._times[same] <= LOGGED:
            log.critical("unexpected", exc_info=(kind, error, trace))
        text = "".join(traceback.format_exception(kind, error, trace))
        if self._times[same] == 1 or self.dialog is not None:
            self._crashed.emit(same, f"Tagdrop {__version__}\n{remove_private(text)}")

    def _show(self, same: str, text: str) -> None:
        if self.dialog is not None:
            self.dialog.count_another()
            return
        self.dialog = CrashDialog(text, self._window)
        self.dialog.finished.connect(self._on_closed)
        self.dialog.show()
        self.dialog.activateWindow()

    def _on_closed(self) -> None:
        if self.dialog is not None:
            self.dialog.deleteLater()
            self.dialog = None
