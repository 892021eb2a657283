"""Fails a test for a warning in the log that nobody foresaw, and for one that was foreseen in vain.

It looks from the first fixture's set-up to the last one's tear-down, where workers end.
"""

import logging
import re
from collections.abc import Generator, Sequence

import pytest

_records = pytest.StashKey[list[str]]()
_passed = pytest.StashKey[bool]()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Generator[None, object, object]:
    """Collect what the root logger gets to see, from WARNING up."""
    lines = item.stash[_records] = []
    handler = logging.Handler(logging.WARNING)
    handler.emit = lambda record: lines.append(_line(record))  # type: ignore[method-assign]
    logging.getLogger().addHandler(handler)
    try:
        return (yield)
    finally:
        logging.getLogger().removeHandler(handler)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_setup(item: pytest.Item) -> Generator[None, object, object]:
    """Look at what the fixtures logged."""
    result = yield
    _fail_for_surprises(item)
    return result


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Generator[None, object, object]:
    """Look at what the test logged."""
    result = yield
    _fail_for_surprises(item)
    item.stash[_passed] = True
    return result


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(item: pytest.Item) -> Generator[None, object, object]:
    """Look at what came at the end, and at what never came."""
    result = yield
    _fail_for_surprises(item)
    if item.stash.get(_passed, False):
        lines = item.stash[_records]
        for mark in item.iter_markers("expects_log"):
            if mark.kwargs.get("always", True) and not _is_any(mark.args, lines):
                pytest.fail(f"never came in the log: {mark.args[0]}", pytrace=False)
    return result


def _line(record: logging.LogRecord) -> str:
    """`message`, or `message: SomeError('of what')`."""
    error = record.exc_info[1] if record.exc_info else None
    return record.getMessage() + (f": {error!r}" if error else "")


def _fail_for_surprises(item: pytest.Item) -> None:
    patterns = [mark.args[0] for mark in item.iter_markers("expects_log")]
    surprises = [line for line in item.stash[_records] if not _is_any(patterns, [line])]
    if surprises:
        item.stash[_records].clear()  # said once
        pytest.fail("unexpected in the log:\n" + "\n".join(surprises), pytrace=False)


def _is_any(patterns: Sequence[str], lines: Sequence[str]) -> bool:
    return any(re.search(pattern, line) for pattern in patterns for line in lines)
