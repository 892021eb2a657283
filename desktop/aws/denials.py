"""What Amazon forbids, in words: who forbids it, and the permission or the limit it is about."""

from __future__ import annotations

import json
import re

from ..core.errors import AppError, CredentialsError, Remedy
from ..core.texts import Text

_ACTION = re.compile(
    r"not authorized to perform:? (?P<a>[a-z0-9-]+:\w+)|API: (?P<b>[a-z0-9-]+:\w+) Access ?Denied"
)
_RESOURCE = re.compile(r"on resource:? \"?(arn:[^\s\",]+)")
_ORGANISATION = re.compile(
    r"(?:service|resource) control polic|permissions boundar|VPC endpoint polic"
)
_LIMITED = {
    re.compile(words, re.IGNORECASE): what
    for words, what in {
        "access ?key": Text("keys for one user"),
        "bucket": Text("storage places"),
        "stack": Text("stacks"),
        "table": Text("tables"),
        "log ?group": Text("logs"),
        "function|code storage": Text("functions"),
        "role": Text("roles"),
        "user": Text("users"),
    }.items()
}
"""What a limit is about, by Amazon's words for it; the first that fits."""


def explain_denial(message: str, act: Text, *, is_app: bool = False) -> CredentialsError:
    """Who forbids it, and which permission is missing where AWS names it.

    `is_app`: it was the app's own key that was refused, which nobody has to give permissions to.
    """
    found = _ACTION.search(message)
    permission = (found["a"] or found["b"]) if found else ""
    if _ORGANISATION.search(message):
        return CredentialsError(
            "Your company does not allow this",
            "Its rules for Amazon accounts do not allow you to {act}. Ask your IT department.",
            remedy=Remedy.COPY_FOR_IT,
            detail=(
                "Tagdrop, a program that labels photos through our own Amazon account, was not"
                " allowed to {act}. A rule of our organisation forbids it, so no permission in"
                " the account can help. Amazon says: {reason}"
            ),
            act=act,
            reason=message,
        )
    if is_app:
        return CredentialsError(
            "This computer's key may not {act}",
            "Something was changed in the Amazon account. Repair the labelling service; your labels"
            " are safe.",
            remedy=Remedy.REPAIR,
            act=act,
        )
    if permission:
        return CredentialsError(
            "This user may not {act}",
            "Sign in as the account's owner, or ask for the permission. The missing permission is"
            " {permission}.",
            remedy=Remedy.COPY_PERMISSION,
            detail="{statement}",
            act=act,
            permission=permission,
            statement=_statement(permission, message),
        )
    return CredentialsError(
        "This user may not {act}",
        "Sign in as the account's owner, or ask for the permission.",
        remedy=Remedy.SIGN_IN,
        act=act,
    )


def explain_limit(reason: str, subject: str) -> AppError:
    """Which limit of the account is reached. `subject` is what was to be made, in AWS's words."""
    reason = reason.rstrip(".")
    for words, what in _LIMITED.items():
        if words.search(f"{reason} {subject}"):
            return AppError(
                "The account has reached its limit of {what}",
                "Delete some that are no longer needed, or ask Amazon for more. Amazon says:"
                " {reason}.",
                remedy=Remedy.RAISE_QUOTA,
                what=what,
                reason=reason,
            )
    return AppError(
        "The account has reached a limit",
        "Amazon says: {reason}.",
        remedy=Remedy.RAISE_QUOTA,
        reason=reason,
    )


def _statement(permission: str, message: str) -> str:
    """A policy that allows what was refused, and nothing else."""
    resource = _RESOURCE.search(message)
    statement = {
        "Effect": "Allow",
        "Action": permission,
        "Resource": resource[1] if resource else "*",
    }
    return json.dumps({"Version": "2012-10-17", "Statement": [statement]}, indent=2)
