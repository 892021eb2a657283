"""PartLines: what is made or removed at Amazon, a line for each part, ticked when it is done."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QVBoxLayout, QWidget

from deploy.stack.parts import PARTS, STEPS, part_name
from desktop.core.texts import Text

from ..look.page_parts import Point
from ..words.core_texts import say

WAITING, WORKING, DONE, FAILED = "○", "…", "✓", "✗"


class PartLines(QWidget):
    """Shows stack events as they come; a part never gets a second line."""

    def __init__(self) -> None:
        super().__init__()
        self._lines: dict[str, Point] = {}
        self._signs: dict[str, str] = {}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(4)

    @property
    def total(self) -> int:
        """How many parts there are to be done, as far as is known."""
        return len(self._lines)

    @property
    def finished(self) -> int:
        """How many are done."""
        return sum(sign == DONE for sign in self._signs.values())

    def begin(self, *, all_parts: bool) -> None:
        """Nothing is done yet; with `all_parts` each has its line from the start."""
        for line in self._lines.values():
            self._column.removeWidget(line)
            line.deleteLater()
        self._lines.clear()
        self._signs.clear()
        for part, name in (PARTS | STEPS).items() if all_parts else ():
            self._show(part, name, WAITING)

    def show_event(self, event: Any) -> None:
        """Take a StackEvent in."""
        name = part_name(event.part, "")
        if not isinstance(name, Text):  # the stack itself; its parts say it better
            return
        if event.status.endswith("_FAILED"):
            sign = FAILED
        else:
            sign = DONE if event.status.endswith(("_COMPLETE", "_SKIPPED")) else WORKING
        self._show(event.part, name, sign)

    def _show(self, part: str, name: Text, sign: str) -> None:
        line = self._lines.get(part)
        if line is None:
            line = self._lines[part] = Point()
            self._column.addWidget(line)
        self._signs[part] = sign
        said = {
            WAITING: QCoreApplication.translate("PartLines", "waiting"),
            WORKING: QCoreApplication.translate("PartLines", "in progress"),
            DONE: QCoreApplication.translate("PartLines", "done"),
            FAILED: QCoreApplication.translate("PartLines", "failed"),
        }[sign]
        line.show_sign(sign)
        line.say(say(name), f"{say(name)}: {said}")
