"""The parts of the stack, the steps after it and the doctor's checks, in plain words."""

from __future__ import annotations

from desktop.core.texts import Text

PARTS = {
    "Copies": Text("Storage for copies"),
    "CopiesPolicy": Text("Encrypted-transfer rule"),
    "Labels": Text("Table for the labels"),
    "Labeller": Text("Labelling program"),
    "LabellerLog": Text("Program log"),
    "LabellerRole": Text("Program permissions"),
    "LabellerRetries": Text("Automatic retry"),
    "Failures": Text("List of failed attempts"),
    "FailuresSource": Text("Repetition of failed attempts"),
    "DeadLetters": Text("List of photos given up"),
    "DeadLettersAlarm": Text("Alarm for photos given up"),
    "AlarmMail": Text("Mail of that alarm"),
    "CostAlarm": Text("Alarm for the costs"),
    "Trigger": Text("Trigger for new photos"),
    "AppPolicy": Text("Labelling-only permissions"),
    "AppUser": Text("Labelling-only user"),
}
"""Logical id in template.yaml -> what a person reads."""

KEY, CHECK = "AppKey", "Check"
STEPS = {
    KEY: Text("Labelling-only key"),
    CHECK: Text("Check with this key"),
}
"""What is done beside CloudFormation, told as events of the same form."""

CHECKS = {
    "network": Text("Connection to Amazon"),
    "clock": Text("This computer's clock"),
    "key": Text("Key for Amazon"),
    "account": Text("Amazon account"),
    "region": Text("Amazon's location"),
    "stack": Text("Labelling service as a whole"),
    "bucket": PARTS["Copies"],
    "table": PARTS["Labels"],
    "trigger": PARTS["Trigger"],
    "function": PARTS["Labeller"],
    "failures": PARTS["Failures"],
    "photo": Text("One test photo, start to finish"),
}
"""What the doctor looks at -> what a person reads."""


def part_name(logical_id: str, stack_name: str) -> Text | str:
    """What a person reads for a stack event's subject; its id where we have no words for it."""
    if logical_id == stack_name:
        return Text("Everything")
    return (PARTS | STEPS).get(logical_id, logical_id)
