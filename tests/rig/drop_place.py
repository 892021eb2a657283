"""Another program's window into which files can be dropped; it prints a line with their paths.

python -m tests.rig.drop_place X Y
"""

from __future__ import annotations

import json
import sys

from PySide6.QtCore import Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QLabel


class Place(QLabel):
    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802 - Qt's name
        if event.possibleActions() == Qt.DropAction.CopyAction:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802 - Qt's name
        event.acceptProposedAction()
        print(json.dumps([url.toLocalFile() for url in event.mimeData().urls()]), flush=True)


if __name__ == "__main__":
    application = QApplication([])
    place = Place("drop here")
    place.setAcceptDrops(True)
    place.setGeometry(int(sys.argv[1]), int(sys.argv[2]), 200, 150)
    place.show()
    print("ready", flush=True)
    application.exec()
