"""What a set-up is asked for, as the template's parameters."""

from __future__ import annotations

from deploy.set_up import SetUp


def test_what_is_not_given_is_left_as_it_is() -> None:
    assert SetUp("tagdrop", "eu-central-1").parameters == {}


def test_what_is_given_becomes_the_templates_parameters() -> None:
    wanted = SetUp(
        "tagdrop",
        "eu-central-1",
        retention_days=3,
        monthly_analyses=0,
        also_text=True,
        also_explicit=False,
        label_days=0,
        alarm_email="",
        alarm_dollars=0.5,
    )
    assert wanted.parameters == {
        "RetentionDays": "3",
        "MonthlyAnalyses": "0",
        "AlsoText": "yes",
        "AlsoExplicit": "no",
        "LabelDays": "0",
        "AlarmEmail": "",
        "AlarmDollars": "1",
    }
