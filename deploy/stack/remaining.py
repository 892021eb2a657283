"""The template without some of its parts: the first of the two steps that bring lost ones back.

CloudFormation makes a part anew only if the template has lost it in between, and fails where what
stays refers to one that is gone. So what stays refers to the old physical ids by their values: it
compares equal with before, and nothing of it is touched. A drift-aware change set (REVERT_DRIFT)
would be one step, but it resolves references of types with compound identifiers to other values
and then replaces parts that are whole (cloudformation-coverage-roadmap, issue 2505).
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Mapping

from .lost_parts import Damage
from .references import reference_values
from .stack_events import StackState

INSIDE = {
    "Copies": ("CopiesPolicy",),
    "Labeller": ("Trigger", "LabellerRetries", "FailuresSource"),
    "Failures": ("FailuresSource",),
}
"""A part of template.yaml -> those that cannot be without it."""

ALTERABLE = frozenset({"Copies", "Labeller", "LabellerRole", "AppPolicy", "AppUser"})
"""Parts that hold something: where only that was changed, they stay, and it is written again."""


def remaining_template(
    body: str, stack: StackState, ids: Mapping[str, str], damage: Mapping[str, Damage]
) -> str:
    """`body` without what is lost and what is inside of it; `ids` are all parts' physical ids.

    Of a part that stays, what was changed by hand is left out or written a little differently, so
    that the whole template puts it back.
    """
    altered = {part for part, how in damage.items() if how is Damage.CHANGED and part in ALTERABLE}
    lost = set(damage) - altered
    for part in [*lost]:
        lost.update(INSIDE.get(part, ()))
    lost &= set(ids)
    for part in altered - lost:
        body = _alter(body, part)
    for part in lost:
        body = _block(part).sub("", body, count=1)
    return _with_values(body, lost, reference_values(stack, ids))


def _block(part: str) -> re.Pattern[str]:
    """A part's lines in the template, up to the next one's."""
    return re.compile(rf"^  {part}:(?: #.*)?\n(?:(?:    .*| *)\n)*", re.MULTILINE)


def _alter(body: str, part: str) -> str:
    def alter(block: re.Match[str]) -> str:
        if part == "Copies":
            return _NOTIFICATION.sub("", block[0], count=1)
        if part == "Labeller":
            return _PROGRAM.sub(r"\g<0>            # Repaired\n", block[0], count=1)
        return _STATEMENTS.sub(r'\g<0>"Sid": "Repaired", ', block[0])

    return _block(part).sub(alter, body, count=1)


_PROGRAM = re.compile(r"^        ZipFile: \|\n", re.MULTILINE)
_STATEMENTS = re.compile(r'"Statement": \[\s*\{\s*')
_NOTIFICATION = re.compile(r"^      NotificationConfiguration:\n(?:       .*\n)+", re.MULTILINE)


def _with_values(body: str, lost: Collection[str], values: Mapping[str, str]) -> str:
    """The body with values in place of each reference to a lost part."""
    for part in lost:
        body = re.sub(rf"^    DependsOn: {part}\n", "", body, flags=re.MULTILINE)
        body = re.sub(rf"!Ref {part}\b", json.dumps(values[part]), body)
        body = re.sub(
            rf"!GetAtt ({part}\.\w+)\b", lambda reference: json.dumps(values[reference[1]]), body
        )
        body = re.sub(rf"\$\{{({part}(?:\.\w+)?)\}}", lambda reference: values[reference[1]], body)
    return body
