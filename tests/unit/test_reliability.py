"""Every fault and every threat has its row in the documents, and every row tests that exist."""

from __future__ import annotations

import ast
import re
from functools import cache

import pytest

from tests.faults.matrix import FAULTS, RELIABILITY, ROOT, SECURITY, THREATS, Row, rows
from tools import core_texts


def test_each_fault_has_its_row() -> None:
    listed = [(heading, fault) for heading, faults in FAULTS.items() for fault in faults]
    assert [(row.heading, row.name) for row in rows(RELIABILITY)] == listed


def test_each_threat_has_its_row() -> None:
    assert tuple(row.name for row in rows(SECURITY)) == THREATS


@pytest.mark.parametrize("row", rows(RELIABILITY) + rows(SECURITY), ids=lambda row: row.name)
def test_a_row_says_all_and_names_tests_that_exist(row: Row) -> None:
    assert row.second
    assert row.third
    assert row.tests
    for test in row.tests:
        file, name, parameter = re.fullmatch(r"(.+?)::(\w+)(?:\[(.+)\])?", test).groups()  # type: ignore[union-attr]
        tests, words = inside(file)
        assert name in tests, test
        assert parameter is None or parameter in words, test


@cache
def inside(file: str) -> tuple[set[str], set[str]]:
    """The tests in a file, and the words that may be a parameter's id."""
    nodes = list(ast.walk(ast.parse((ROOT / file).read_text(encoding="utf-8"))))
    tests = {n.name for n in nodes if isinstance(n, ast.FunctionDef) and n.name.startswith("test_")}
    words = {n.value for n in nodes if isinstance(n, ast.Constant) and isinstance(n.value, str)}
    words |= {n.name for n in nodes if isinstance(n, ast.FunctionDef)}
    return tests, words | {n.attr for n in nodes if isinstance(n, ast.Attribute)}


def test_the_messages_are_the_programs() -> None:
    known = {
        title
        for source in core_texts.sources()
        for title in core_texts.error_titles(source.read_text(encoding="utf-8"))
    }
    said = {title for row in rows(RELIABILITY) for title in re.findall(r'"([^"]+)"', row.third)}
    assert len(said) > 15
    assert said - known == set()
