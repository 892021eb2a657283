"""The template as it is sent to AWS: with the function's source, the policies and a version."""

from __future__ import annotations

import functools
import json
import re
import textwrap
from dataclasses import dataclass
from pathlib import Path

from .policies import Policy, app_policy, function_policy, trust_policy

TEMPLATE_VERSION = 2
"""Goes up when a release sends another body than the one before; a test keeps watch."""

MAX_BODY_BYTES = 51_200
"""Longest TemplateBody of CreateStack and UpdateStack, by CloudFormation's API reference."""

_TEMPLATE = Path(__file__).with_name("template.yaml")
_HANDLER = Path(__file__).parents[2] / "backend_lambda" / "handler.py"
_INDENT = " " * 12  # deeper than the keys whose values are replaced


@dataclass(frozen=True, slots=True)
class Template:
    """A template ready to be sent; `version` is what its output of that name says."""

    body: str
    version: str


@functools.cache
def render_template() -> Template:
    """Put template.yaml, handler.py and the policies together."""
    body, version = _TEMPLATE.read_text(encoding="utf-8"), str(TEMPLATE_VERSION)
    for mark, text in {
        "            # @handler@\n": textwrap.indent(handler_source(), _INDENT),
        '"@trust-policy@"': _to_yaml(trust_policy()),
        '"@app-policy@"': _to_yaml(app_policy()),
        '"@function-policy@"': _to_yaml(function_policy()),
        "@version@": version,
    }.items():
        body = body.replace(mark, text)
    return Template(body, version)


def handler_source() -> str:
    """The function's one file."""
    return _HANDLER.read_text(encoding="utf-8")


def is_older(version: str) -> bool:
    """Whether a stack whose output Version says this lacks what this program would set up."""
    return _number(version) < TEMPLATE_VERSION


def is_newer(version: str) -> bool:
    """Whether a newer program set the stack up: this one must leave it as it is."""
    return _number(version) > TEMPLATE_VERSION


def _number(version: str) -> int:
    """0 for anything else: before there were numbers, the version was a part of a hash."""
    return int(version) if re.fullmatch(r"[1-9]\d{0,5}", version) else 0


def _to_yaml(policy: Policy) -> str:
    """JSON, which is YAML as well when it is deeper than the key before it."""
    return textwrap.indent(json.dumps(policy, indent=2), _INDENT).lstrip()
