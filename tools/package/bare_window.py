"""The least that a frozen Qt program can be: bar 1 is measured against it."""

from __future__ import annotations

import time

from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QApplication, QWidget


class Bare(QWidget):
    """Says when it was painted, and ends."""

    def paintEvent(self, event: QPaintEvent) -> None:
        print(f"painted {time.monotonic()}", flush=True)
        QApplication.quit()


application = QApplication([])
window = Bare()
window.resize(1000, 700)
window.show()
application.exec()
