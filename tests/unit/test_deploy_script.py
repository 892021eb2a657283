"""The deploy script's own words and exit codes, without Amazon."""

from __future__ import annotations

import pytest

from deploy.stack.render import render_template
from tests.rig.processes import run_python

VERBS = ("setup", "status", "update", "doctor", "remove", "join", "policy", "template")


@pytest.mark.parametrize("verb", [(), *((verb,) for verb in VERBS)], ids=" ".join)
def test_help_says_what_the_exit_codes_mean(verb: tuple[str, ...]) -> None:
    said = run_python("-m", "deploy", *verb, "--help", code=0).stdout
    assert "Exit status: 0 done" in said


def test_the_template_is_printed_as_it_is_sent() -> None:
    """Without any key, and nothing else on standard output."""
    done = run_python("-m", "deploy", "template", code=0)
    assert done.stdout == render_template().body
    assert "aws cloudformation deploy" in done.stderr
