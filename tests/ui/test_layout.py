"""Nothing lies on top of anything and no text is cut: by sizes, states and languages."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QRect, QSize
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QStackedLayout, QWidget

from desktop.ui.languages import speak

from .conftest import Desk

SIZES = [QSize(1280, 800), QSize(900, 600), QSize(760, 520)]


def flaws(root: QWidget) -> list[str]:
    """What lies upon its neighbour or is shown in part only, below this widget."""
    found = []
    for parent in [root, *root.findChildren(QWidget)]:
        if not parent.isVisible() or parent.layout() is None:
            continue
        children = [] if isinstance(parent.layout(), QStackedLayout) else laid_out(parent)
        for number, one in enumerate(children):
            found += [
                f"{name(one)} and {name(other)} overlap"
                for other in children[number + 1 :]
                if one.geometry().intersects(other.geometry())
            ]
            if not parent.rect().contains(one.geometry()):
                found.append(f"{name(one)} reaches out of {name(parent)}")
    for text in [*root.findChildren(QLabel), *root.findChildren(QPushButton)]:
        if text.isVisible() and text.text() and not is_whole(text):
            found.append(f"{name(text)} is cut: {text.text()!r}")
    return found


def laid_out(parent: QWidget) -> list[QWidget]:
    layout = parent.layout()
    assert layout is not None
    return [
        child
        for child in parent.findChildren(QWidget)
        if child.parent() is parent
        and child.isVisible()
        and not child.isWindow()
        and layout.indexOf(child) >= 0
        and child.geometry() != QRect()
    ]


def is_whole(text: QLabel | QPushButton) -> bool:
    if isinstance(text, QLabel) and (text.wordWrap() or "…" in text.text()):
        needed = text.heightForWidth(text.width()) if text.wordWrap() else 0
        return text.height() >= needed
    return text.width() >= text.minimumSizeHint().width()


def name(widget: QWidget) -> str:
    text = getattr(widget, "text", lambda: "")
    said = text() if callable(text) else ""
    return f"{type(widget).__name__}({widget.accessibleName() or said!r})"


@pytest.mark.parametrize("language", ["en", "de"])
@pytest.mark.parametrize("size", SIZES, ids=["large", "small", "least"])
def test_nothing_overlaps_and_no_text_is_cut(
    desk: Desk,
    photos: Path,
    application: QApplication,
    language: str,
    size: QSize,
) -> None:
    speak(application, language)
    (photos / "a name that is far longer than there is room for it anywhere.png").write_bytes(b"")
    window = desk.start()
    window.resize(size)
    assert flaws(window) == []
    window.add([photos])
    desk.until_ended(7)
    desk.until(lambda: bool(window.gallery.view_bar.hidden))
    QApplication.processEvents()
    assert flaws(window) == []
    for place in (0, window.model.rowCount() - 1):
        window.grid.setCurrentIndex(window.model.index(place))
        QApplication.processEvents()
        assert flaws(window) == []
    window.grid.selectAll()
    QApplication.processEvents()
    assert flaws(window) == []
