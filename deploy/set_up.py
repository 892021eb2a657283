"""SetUp: what whoever signed in wants of the labelling service."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from .stack import stack

LEAST_ALARM_DOLLARS = 1.0
"""As the template allows."""


@dataclass(frozen=True, slots=True)
class SetUp:
    """What is to be set up, or changed. None leaves a thing in the account as it is.

    `monthly_analyses`: how many pictures a month the account's function may ask Rekognition about.
    `also_text`, `also_explicit`: whether it asks about these, too, each of which is one more.
    `label_days`: after how many days labels are deleted from the table, 0 for never. `alarm_email`:
    where a monthly budget's alarm goes, "" for none, when it costs more than `alarm_dollars`.
    `with_user`: whether computers have users of their own, with keys. `permissions_boundary`: ARN
    of the policy that bounds them and the function's role, "" for none. `account_bucket`: whether a
    new bucket's name is in the namespace that the account has for itself in its region. `tags` come
    to what there is already. `anew`: whatever is there is removed first. `new_key`: also when the
    kept one works. `make_key` False: labelling will use a person's own AWS credentials.
    """

    stack: str
    region: str
    retention_days: int | None = None
    monthly_analyses: int | None = None
    also_text: bool | None = None
    also_explicit: bool | None = None
    label_days: int | None = None
    alarm_email: str | None = None
    alarm_dollars: float | None = None
    with_user: bool | None = None
    permissions_boundary: str | None = None
    account_bucket: bool = False
    tags: Mapping[str, str] = field(default_factory=dict)
    anew: bool = False
    new_key: bool = False
    make_key: bool = True

    @property
    def parameters(self) -> dict[str, str]:
        """Those of the template's parameters that are given, as CloudFormation takes them."""
        given: dict[str, float | bool | str | None] = {
            "RetentionDays": self.retention_days,
            "MonthlyAnalyses": self.monthly_analyses,
            "AlsoText": self.also_text,
            "AlsoExplicit": self.also_explicit,
            "LabelDays": self.label_days,
            "AlarmEmail": self.alarm_email,
            "AlarmDollars": self._alarm_dollars,
            "WithUser": self.with_user,
            "PermissionsBoundary": self.permissions_boundary,
            stack.NAMESPACE: stack.ACCOUNT_REGIONAL if self.account_bucket else None,
        }
        return {name: _parameter(value) for name, value in given.items() if value is not None}

    @property
    def _alarm_dollars(self) -> float | None:
        dollars = self.alarm_dollars
        return None if dollars is None else max(dollars, LEAST_ALARM_DOLLARS)


def _parameter(value: bool | float | str) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return f"{value:g}"
    return str(value)
