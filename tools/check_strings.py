"""Find texts for a person that no translator would ever see; part of `tools.translations`.

A text handed to a widget must go through tr() or QCoreApplication.translate(), and these must get
their texts literally: lupdate reads the source and runs nothing. The same holds for AppErrors and
Texts of the parts without Qt (`core_texts.py`).
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from . import core_texts
from .core_texts import called as _name

NAMES = frozenset({"Tagdrop", "AKIA…"})
"""What is called the same in every language."""
SHOWING = frozenset(
    [
        "Act",
        "QAction",
        "QCheckBox",
        "QDockWidget",
        "QFileDialog",
        "QGroupBox",
        "QLabel",
        "QMenu",
        "QMessageBox",
        "QPushButton",
        "QRadioButton",
        "QTreeWidgetItem",
        "QListWidgetItem",
        "QStandardItem",
        "addAction",
        "addButton",
        "addItem",
        "addMenu",
        "addRow",
        "addTab",
        "drawText",
        "insertItem",
        "setAccessibleDescription",
        "setAccessibleName",
        "setButtonText",
        "setDetailedText",
        "setInformativeText",
        "setItemText",
        "setLabelText",
        "setNameFilters",
        "setPlaceholderText",
        "setPlainText",
        "setPrefix",
        "setSpecialValueText",
        "setStatusTip",
        "setSuffix",
        "setTabText",
        "setText",
        "setTitle",
        "setToolTip",
        "setWhatsThis",
        "setWindowTitle",
        "show_message",
        "showMessage",
    ]
)
"""Functions and classes that show the texts they are given."""
FIRST_ONLY = frozenset({"addItem", "insertItem"})
"""Of these, texts behind the first one are data and are not shown."""
WORD = re.compile(r"[^\W\d_]{2,}")


def all_faults() -> list[str]:
    """What is wrong in all of desktop and deploy, as "file:line: what"."""
    return [
        f"{file.relative_to(core_texts.ROOT)}:{fault}"
        for file in core_texts.sources()
        for fault in faults(file.read_text("utf-8"))
    ]


def faults(source: str) -> list[str]:
    """What is wrong in a file, as "line: what"."""
    tree = ast.parse(source)
    found = list(core_texts.faults(tree))
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            found += [*_untranslated(node), *_not_literal(node)]
    return [f"{line}: {what}" for line, what in sorted(found)]


def _untranslated(call: ast.Call) -> Iterator[tuple[int, str]]:
    name = _name(call)
    if name not in SHOWING:
        return
    values = [*call.args, *(keyword.value for keyword in call.keywords)]
    for value in values:
        texts = list(_texts(value))
        for text in texts:
            if WORD.search(text) and text.strip() not in NAMES:
                yield value.lineno, f"{name} shows a text without tr(): {text!r}"
        if name in FIRST_ONLY and (texts or _is_translation(value)):
            return


def _not_literal(call: ast.Call) -> Iterator[tuple[int, str]]:
    if not _is_translation(call):
        return
    texts = call.args[:2] if _name(call) == "translate" else call.args[:1]
    if texts and ast.unparse(texts[0]) == repr(core_texts.CONTEXT):
        return  # these are found where they are written
    for value in texts:
        if not (isinstance(value, ast.Constant) and isinstance(value.value, str)):
            yield value.lineno, f"{_name(call)}() needs its text literally: {ast.unparse(value)}"


def _is_translation(node: ast.AST) -> bool:
    if not isinstance(node, ast.Call):
        return False
    if _name(node) == "translate":  # QPainter has a translate() of its own
        return isinstance(node.func, ast.Name) or (
            isinstance(node.func, ast.Attribute)
            and ast.unparse(node.func.value).endswith("Application")
        )
    return _name(node) == "tr"


def _texts(value: ast.expr) -> Iterator[str]:
    """The texts that an expression may have as its value, as far as they stand in it."""
    if isinstance(value, ast.Constant) and isinstance(value.value, str):
        yield value.value
    elif isinstance(value, ast.JoinedStr):
        parts = [part.value for part in value.values if isinstance(part, ast.Constant)]
        yield "".join(str(part) for part in parts)
    elif isinstance(value, ast.BinOp):
        yield from (*_texts(value.left), *_texts(value.right))
    elif isinstance(value, ast.IfExp):
        yield from (*_texts(value.body), *_texts(value.orelse))
    elif isinstance(value, ast.BoolOp):
        for each in value.values:
            yield from _texts(each)
    elif isinstance(value, (ast.List, ast.Tuple)):
        for each in value.elts:
            yield from _texts(each)
    elif isinstance(value, ast.Call) and _name(value) == "format":
        yield from _texts(value.func.value)  # type: ignore[attr-defined]
