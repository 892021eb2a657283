"""The guard around every test looks at the log of each of its phases."""

from __future__ import annotations

from pathlib import Path

from tests.rig.processes import run_python

TESTS = """
import logging
import pytest

log = logging.getLogger("poll")
expects = pytest.mark.expects_log


@pytest.fixture
def at_the_start():
    log.error("bad")


@pytest.fixture
def at_the_end():
    yield
    log.error("bad")


def test_nothing(): log.info("bad")
def test_start(at_the_start): pass
def test_call(): log.error("bad")
def test_end(at_the_end): pass
@expects("^bad$")
def test_foreseen_start(at_the_start): pass
@expects("^bad$")
def test_foreseen_call(): log.error("bad")
@expects("^bad$")
def test_foreseen_end(at_the_end): pass
@expects("poll")
def test_name_of_the_logger(): log.error("bad")
@expects("bad")
def test_never_came(): pass
@expects("bad", always=False)
def test_may_come(): pass
@expects("bad: ValueError")
def test_exception():
    try:
        raise ValueError("worse")
    except ValueError:
        log.exception("bad")
"""
ENDS = {
    "nothing": "PASSED",
    "start": "ERROR",
    "call": "FAILED",
    "end": "PASSED ERROR",
    "foreseen_start": "PASSED",
    "foreseen_call": "PASSED",
    "foreseen_end": "PASSED",
    "name_of_the_logger": "FAILED",
    "never_came": "PASSED ERROR",
    "may_come": "PASSED",
    "exception": "PASSED",
}


def test_a_warning_fails_a_test_in_every_phase_and_so_does_one_that_never_came(
    tmp_path: Path,
) -> None:
    path, plugins = tmp_path / "test_phases.py", ("-p", "tests.rig.log_guard")
    path.write_text(TESTS)
    done = run_python("-m", "pytest", "-q", "-rA", "--tb=no", *plugins, path, code=1)
    ends: dict[str, list[str]] = {}
    for line in done.stdout.splitlines():
        end, _, rest = line.partition(" ")
        if end in {"PASSED", "FAILED", "ERROR"}:
            ends.setdefault(rest.split("::test_")[1].split()[0], []).append(end)
    assert {name: " ".join(each) for name, each in ends.items()} == ENDS
