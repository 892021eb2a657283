"""Another program's window, full of photos that can be dragged out of it.

python -m tests.rig.drag_source files X Y FILE...
python -m tests.rig.drag_source browser X Y FILE     a picture of a page, which is no file
"""

from __future__ import annotations

import sys
from pathlib import Path

from PySide6.QtCore import QMimeData, Qt, QUrl
from PySide6.QtGui import QDrag, QMouseEvent
from PySide6.QtWidgets import QApplication, QLabel


class Source(QLabel):
    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        data = QMimeData()
        if sys.argv[1] == "browser":
            address = f"https://example.org/{Path(sys.argv[4]).name}"
            data.setUrls([QUrl(address)])
            data.setHtml(f'<img src="{address}">')
            data.setData("image/png", Path(sys.argv[4]).read_bytes())
        else:
            data.setUrls([QUrl.fromLocalFile(path) for path in sys.argv[4:]])
        drag = QDrag(self)
        drag.setMimeData(data)
        taken = drag.exec(Qt.DropAction.CopyAction | Qt.DropAction.MoveAction)
        print(taken.name, flush=True)


if __name__ == "__main__":
    application = QApplication([])
    source = Source("photos")
    source.setGeometry(int(sys.argv[2]), int(sys.argv[3]), 200, 150)
    source.show()
    print("ready", flush=True)
    application.exec()
