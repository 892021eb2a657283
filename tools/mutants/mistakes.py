"""Find the small mistakes that can be made in a module, and write the module with each of them."""

from __future__ import annotations

import ast
import re
from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple, TypeGuard, TypeVar

from tools import core_texts

Each = TypeVar("Each")

_COMPARED: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
}
_CALCULATED: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.Div,
    ast.Div: ast.Mult,
    ast.FloorDiv: ast.Mult,
    ast.Mod: ast.Mult,
    ast.Pow: ast.Mult,
    ast.BitOr: ast.BitAnd,
    ast.BitAnd: ast.BitOr,
}
_SQL = re.compile(r"\b(SELECT|INSERT|UPDATE|DELETE|PRAGMA|BEGIN|CREATE|WHERE|AND)\b")
_IN_SQL = {
    r"\bAND\b": "OR",
    r"\bOR\b(?! (IGNORE|REPLACE))": "AND",
    r"\bOR IGNORE\b": "OR REPLACE",
    r"\bNOT (?!NULL)": "",
    r"\bIS NULL\b": "IS NOT NULL",
    r"\bDESC\b": "ASC",
    r"\bFULL\b": "OFF",
    r"\bNORMAL\b": "OFF",
    r"\bWAL\b": "MEMORY",
    r"\bIMMEDIATE\b": "DEFERRED",
    r"\bUNIQUE\b": "",
    r"\bmin\(": "max(",
    r"\bmax\(": "min(",
    r"<=": "<",
    r">=": ">",
    r"(?<![<>!=-])<(?![=>])": "<=",
    r"(?<![<>!=-])>(?![=>])": ">=",
    r"(?<![<>!=])=": "!=",
    r"\+ 1\b": "",
}
_LOGGED = {"debug", "info", "warning", "error", "exception", "critical"}
_SAID = {*core_texts.TEXTS, *_LOGGED, "AssertionError", "TypeError", "TypeVar", "ValueError"}
"""What is called with words for people; that they are right is for people to see."""
_THREADS = {"Thread": {"name"}, "ThreadPoolExecutor": {"thread_name_prefix"}}
"""What names a thread, for people too."""

_LEFT_ALONE = "cancel=threading.Event()"
"""How a call is made that goes to its end whether or not a person cancels."""


class Mistake(NamedTuple):
    """What was made wrong, said by where it is and how; and the module with it.

    Who runs one of `lines` meets it, and nobody else; unless `is_wide`, for what runs when the
    module is imported: then everybody may, and certainly who runs a line with its name.
    """

    name: str
    source: str
    lines: frozenset[int]
    is_wide: bool


class _Edit(NamedTuple):
    """A node of the tree, what its fields get, how to say that, and which part is made other."""

    node: ast.AST
    values: dict[str, object]
    said: str
    part: ast.AST


class _Place(NamedTuple):
    """The function or class, by its name, and the line of its statement, if in a function.

    Else the names that its statement gives to what it calculates.
    """

    name: str = ""
    line: int | None = None
    given: frozenset[str] = frozenset()


def mistakes(source: str) -> Iterator[Mistake]:
    """Every mistake of the kinds known here, one at a time, named alike from run to run."""
    tree = ast.parse(source)
    seen: Counter[str] = Counter()
    for place, edit in list(_edits_below(tree, _Place())):
        before = {name: getattr(edit.node, name) for name in edit.values}
        for name, value in edit.values.items():
            setattr(edit.node, name, value)
        mistaken = ast.unparse(ast.fix_missing_locations(tree))
        for name, value in before.items():
            setattr(edit.node, name, value)
        said = f"{place.name or 'module'}: {edit.said}"
        seen[said] += 1
        name = said if seen[said] == 1 else f"{said} ({seen[said]})"
        lines = _lines(place, edit)
        if lines is None:
            yield Mistake(name, mistaken, _lines_with(tree, place.given), is_wide=True)
        else:
            yield Mistake(name, mistaken, lines, is_wide=False)


def _lines(place: _Place, edit: _Edit) -> frozenset[int] | None:
    part = edit.part
    first = getattr(part, "lineno", place.line)
    lines = range(first, getattr(part, "end_lineno", first) + 1) if first else ()
    if isinstance(part, ast.stmt) and (place.line is not None or _is_function(edit.node)):
        return frozenset(lines)
    return None if place.line is None else frozenset([place.line, *lines])


def _lines_with(tree: ast.AST, names: frozenset[str]) -> frozenset[int]:
    found = (node for node in ast.walk(tree) if isinstance(node, ast.Name) and node.id in names)
    return frozenset(node.lineno for node in found)


def _edits_below(node: ast.AST, place: _Place) -> Iterator[tuple[_Place, _Edit]]:
    """Of a node and all within, but not of types, decorators, docstrings and words for people."""
    if isinstance(node, ast.stmt) and place.line is not None:
        place = place._replace(line=node.lineno)
    if isinstance(node, ast.Assign | ast.AnnAssign):
        targets = node.targets if isinstance(node, ast.Assign) else [node.target]
        given = (name for target in targets for name in ast.walk(target))
        place = place._replace(
            given=frozenset(name.id for name in given if isinstance(name, ast.Name))
        )
    if isinstance(node, ast.FunctionDef | ast.ClassDef):
        place = place._replace(name=f"{place.name}.{node.name}".lstrip("."))
    if isinstance(node, ast.Call) and core_texts.called(node) in _SAID:
        return
    for edit in _edits(node):
        yield place, edit
    for field, value in ast.iter_fields(node):
        if field in ("annotation", "returns", "decorator_list", "bases", "type_comment"):
            continue
        if field == "body" and _is_function(node):
            place = place._replace(line=node.lineno)
        for each in value if isinstance(value, list) else [value]:
            if isinstance(each, ast.keyword) and each.arg in _names(node):
                continue
            if isinstance(each, ast.AST) and not _is_only_said(each):
                yield from _edits_below(each, place)


def _is_function(node: ast.AST) -> TypeGuard[ast.FunctionDef]:
    return isinstance(node, ast.FunctionDef)


def _is_only_said(node: ast.AST) -> bool:
    is_docstring = isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    return (
        is_docstring
        or isinstance(node, ast.Import | ast.ImportFrom | ast.JoinedStr)
        or (isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING")
    )


def _names(node: ast.AST) -> set[str]:
    return _THREADS.get(core_texts.called(node), set()) if isinstance(node, ast.Call) else set()


def _edits(node: ast.AST) -> Iterator[_Edit]:
    for values in _other_values(node):
        before = ast.unparse(node)
        kept = {name: getattr(node, name) for name in values}
        for name, value in values.items():
            setattr(node, name, value)
        after = ast.unparse(ast.fix_missing_locations(node))
        for name, value in kept.items():
            setattr(node, name, value)
        yield _Edit(node, values, f"{_short(before)} -> {_short(after)}", node)
    if isinstance(node, ast.Call):
        yield from _other_keywords(node)
    if isinstance(node, ast.Dict) and len(node.keys) > 1:
        pairs = list(zip(node.keys, node.values, strict=True))
        for (key, _), rest in _each_left_out(pairs):
            keys, values_left = map(list, zip(*rest, strict=True))
            said = f"dict without {_short(ast.unparse(key) if key else '**')}"
            yield _Edit(node, {"keys": keys, "values": values_left}, said, node)
    for block in ("body", "orelse", "finalbody"):
        found = getattr(node, block, None)
        statements: list[ast.stmt] = found if isinstance(found, list) else []  # a lambda has one
        for place, statement in enumerate(statements):
            if _can_be_left_out(statement):
                left = [*statements[:place], ast.Pass(), *statements[place + 1 :]]
                yield _Edit(
                    node, {block: left}, f"without {_short(ast.unparse(statement))}", statement
                )


def _other_keywords(call: ast.Call) -> Iterator[_Edit]:
    called = ast.unparse(call.func)
    for keyword, others in _each_left_out(call.keywords):
        if keyword.arg in _names(call):
            continue
        said = f"{called} without {_short(ast.unparse(keyword))}"
        yield _Edit(call, {"keywords": others}, said, call)
        if ast.unparse(keyword) == _LEFT_ALONE:
            keywords = [*others, ast.keyword("cancel", ast.Name("cancel"))]
            yield _Edit(call, {"keywords": keywords}, f"{called} that can be cancelled", call)


def _other_values(node: ast.AST) -> Iterator[dict[str, object]]:
    match node:
        case ast.Compare(ops=ops):
            for place, op in enumerate(ops):
                yield {"ops": [*ops[:place], _COMPARED[type(op)](), *ops[place + 1 :]]}
        case ast.BoolOp(op=op):
            yield {"op": ast.Or() if isinstance(op, ast.And) else ast.And()}
        case ast.BinOp(op=op) | ast.AugAssign(op=op) if type(op) in _CALCULATED:
            yield {"op": _CALCULATED[type(op)]()}
        case ast.UnaryOp(op=ast.Not(), operand=operand):
            yield {"operand": ast.UnaryOp(ast.Not(), operand)}
        case ast.If(test=test) | ast.While(test=test) | ast.IfExp(test=test) if isinstance(
            test, ast.Name | ast.Attribute | ast.Call | ast.NamedExpr
        ):
            yield {"test": ast.UnaryOp(ast.Not(), test)}
        case ast.Return(value=value) if value and ast.unparse(value) != "None":
            yield {"value": ast.Constant(None)}
        case ast.Constant(value=bool(value)):
            yield {"value": not value}
        case ast.Constant(value=int(value) | float(value)):
            yield {"value": value + 1}
        case ast.Constant(value=str(value)):
            for other in _other_texts(value):
                yield {"value": other}


def _other_texts(text: str) -> Iterator[str]:
    if not _SQL.search(text):
        yield "" if len(text) == 1 else f"{text}x"
        return
    for wanted, other in _IN_SQL.items():
        for found in re.finditer(wanted, text):
            yield text[: found.start()] + other + text[found.end() :]


def _can_be_left_out(statement: ast.stmt) -> bool:
    """A local name that is not set is an error at once, and teaches nothing."""
    match statement:
        case ast.Expr(value=ast.Constant()):
            return False
        case ast.Expr(value=ast.Call() as call):
            return core_texts.called(call) not in _SAID
        case ast.Assign(targets=[ast.Attribute() | ast.Subscript()]):
            return True
        case ast.Raise(exc=ast.Call(func=ast.Name("AssertionError"))):
            return False  # nobody comes there
    return isinstance(statement, ast.Expr | ast.AugAssign | ast.Raise | ast.Delete | ast.Break)


def _each_left_out(entries: list[Each]) -> Iterator[tuple[Each, list[Each]]]:
    for place, entry in enumerate(entries):
        yield entry, [*entries[:place], *entries[place + 1 :]]


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= 70 else f"{line[:34]} … {line[-33:]}"
