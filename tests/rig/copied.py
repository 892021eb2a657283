"""Another program, in which somebody has copied a text: it serves it as long as it runs.

python -m tests.rig.copied TEXT
"""

from __future__ import annotations

import sys

from PySide6.QtWidgets import QApplication

if __name__ == "__main__":
    application = QApplication([])
    application.clipboard().setText(sys.argv[1])
    print("ready", flush=True)
    application.exec()
