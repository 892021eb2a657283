"""Find what the parts without Qt have to say: the texts of AppErrors, and every Text.

Both are written literally, with a value for each field, so that reading the source finds them all:

    raise StorageError("The library is damaged", "{path} cannot be read.", path=str(path))

A call with `**values` hands on a text that was written elsewhere.
"""

from __future__ import annotations

import ast
import re
import string
from collections.abc import Iterator
from pathlib import Path

from desktop.core import errors

ROOT = Path(__file__).parents[1]
FOLDERS = (ROOT / "desktop", ROOT / "deploy")
CONTEXT = "Core"
"""Where the translations hold these texts, as `desktop/ui/words/core_texts.py` asks for them."""
KINDS = frozenset(
    name
    for name, thing in vars(errors).items()
    if isinstance(thing, type) and issubclass(thing, errors.AppError)
)
TEXTS = {"Text": 1, **dict.fromkeys(KINDS, 2)}
"""What is called with texts, and how many of its arguments are such."""
_FIELD = re.compile(r"\{\w+\}")


def sources() -> list[Path]:
    """Every file of ours whose texts a person may see."""
    return sorted(path for folder in FOLDERS for path in folder.rglob("*.py"))


def literal_texts(source: str) -> Iterator[str]:
    """Every text of a file that is to be translated."""
    for _, texts in _calls(ast.parse(source)):
        for text in texts:
            said = text.value if isinstance(text, ast.Constant) else None
            if isinstance(said, str) and _FIELD.sub("", said):  # fields alone say nothing
                yield said


def error_titles(source: str) -> Iterator[str]:
    """What a file's errors say has happened."""
    for call, texts in _calls(ast.parse(source)):
        if called(call) in KINDS and texts and isinstance(texts[0], ast.Constant):
            yield str(texts[0].value)


def faults(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """What no translator would see, or nobody could fill in: (line, what)."""
    for call, texts in _calls(tree):
        for fault in _faults_of(call, texts):
            yield call.lineno, f"{called(call)} {fault}"
    for node in ast.walk(tree):
        if not isinstance(node, ast.ClassDef) or node.name in KINDS:
            continue
        if any(ast.unparse(base).rpartition(".")[2] in KINDS for base in node.bases):
            yield node.lineno, f"{node.name} belongs to its family in core/errors.py"


def _faults_of(call: ast.Call, texts: list[ast.expr]) -> Iterator[str]:
    given = {str(keyword.arg) for keyword in call.keywords} - _named(call)
    wanted: set[str] = set()
    for text in texts:
        if not (isinstance(text, ast.Constant) and isinstance(text.value, str)):
            yield f"needs its text literally: {ast.unparse(text)}"
            return
        try:
            wanted.update(_fields(text.value, is_filled=bool(given)))
        except ValueError as error:
            yield f"has a text that cannot be filled in: {error}"
            return
    yield from (f"has no value for {{{field}}}" for field in sorted(wanted - given))
    yield from (f"has no {{{field}}} in its text" for field in sorted(given - wanted))


def called(call: ast.Call) -> str:
    """The last part of the name of what is called."""
    if isinstance(call.func, ast.Attribute):
        return call.func.attr
    return call.func.id if isinstance(call.func, ast.Name) else ""


def _calls(tree: ast.AST) -> Iterator[tuple[ast.Call, list[ast.expr]]]:
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        count = TEXTS.get(called(node), 0)
        if count and all(keyword.arg for keyword in node.keywords):
            named = [k.value for k in node.keywords if k.arg in {"detail"} & _named(node)]
            yield node, [*node.args[:count], *named]


def _named(call: ast.Call) -> set[str]:
    """The arguments that are no values for fields."""
    return {"remedy", "detail"} if called(call) in KINDS else set()


def _fields(text: str, *, is_filled: bool) -> Iterator[str]:
    if not is_filled:  # braces are only braces, unless somebody forgot a value
        yield from (field[1:-1] for field in _FIELD.findall(text))
        return
    for _, field, form, conversion in string.Formatter().parse(text):
        if field is not None:
            if form or conversion or not field.isidentifier():
                raise ValueError(f"a field has a name and nothing else: {text}")
            yield field
