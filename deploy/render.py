"""The template as it is sent to AWS: with the function's source and a version in it."""

from __future__ import annotations

import functools
import hashlib
import textwrap
from dataclasses import dataclass
from pathlib import Path

MAX_BODY_BYTES = 51_200
"""Longest TemplateBody of CreateStack and UpdateStack, by CloudFormation's API reference."""

_TEMPLATE = Path(__file__).with_name("template.yaml")
_HANDLER = Path(__file__).parents[1] / "backend_lambda" / "handler.py"
_HANDLER_MARK = "          # @handler@\n"
_VERSION_MARK = "@version@"


@dataclass(frozen=True, slots=True)
class Template:
    """A template ready to be sent; `version` is different for every different body."""

    body: str
    version: str


@functools.cache
def render_template() -> Template:
    """Put template.yaml and handler.py together."""
    text = _TEMPLATE.read_text(encoding="utf-8")
    source = _HANDLER.read_text(encoding="utf-8")
    body = text.replace(_HANDLER_MARK, textwrap.indent(source, " " * 10))
    version = hashlib.sha256(body.encode()).hexdigest()[:12]
    return Template(body.replace(_VERSION_MARK, version), version)
