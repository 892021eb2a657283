"""The parts of the stack in plain words."""

from __future__ import annotations

PARTS = {
    "Copies": "Storage for copies",
    "CopiesPolicy": "Rule that copies travel encrypted",
    "Labels": "Table for the labels",
    "Labeller": "Program that labels",
    "LabellerLog": "Log of the program",
    "LabellerRole": "Permissions of the program",
    "LabellerRetries": "Second try for the program",
    "Failures": "List of failed tries",
    "Trigger": "Start of the program by a new copy",
    "AppUser": "User that can do nothing but label",
}
"""Logical id in template.yaml -> what a person reads."""


def part_name(logical_id: str, stack_name: str) -> str:
    """What a person reads for a stack event's subject."""
    if logical_id == stack_name:
        return "Everything"
    return PARTS.get(logical_id, logical_id)
