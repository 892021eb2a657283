"""Why a part of a stack failed, in words: CloudFormation's reasons, which are prose."""

from __future__ import annotations

import re

from ..core.errors import AppError, CredentialsError, Remedy, ThrottledError
from ..core.texts import Text
from .denials import explain_denial, explain_limit

_DENIED = re.compile(r"is not authorized|Access ?Denied|explicit deny|HandlerErrorCode: Access")
_LIMIT = re.compile(
    r"TooManyBuckets|LimitExceeded|more buckets than allowed|(?:quota|limit)\b.*exceeded"
    r"|exceed(?:ed)? (?:the |your |a )?(?:quota|limit)",
    re.IGNORECASE,
)
_NOT_ACTIVE = re.compile(
    r"NotSignedUp|not signed up|OptInRequired|SubscriptionRequired|not subscribed"
    r"|account is (?:currently )?(?:being verified|pending)|pending verification",
    re.IGNORECASE,
)
_PASSING = re.compile(
    r"HandlerErrorCode: (?:Throttling|ServiceInternalError|NetworkFailure|NotStabilized"
    r"|ServiceTimeout|InternalFailure)|Rate exceeded|Too Many Requests|ServiceUnavailable"
)


def explain_reason(reason: str, act: Text, part: str = "") -> AppError:
    """A stack event's reason; in AWS's words where we know no better ones.

    `part` is AWS's name for what was to be made. The error's `text` is one or more sentences that
    may follow others.
    """
    plain = _plain(reason)
    if _NOT_ACTIVE.search(reason):
        return not_active()
    if _DENIED.search(reason):
        return explain_denial(plain, act)
    if _LIMIT.search(reason):
        return explain_limit(plain, part)
    if _PASSING.search(reason):
        return ThrottledError(
            "Amazon was too busy", "Try again in a minute.", remedy=Remedy.TRY_AGAIN
        )
    if not plain:
        return AppError("Amazon gave no reason.", remedy=Remedy.SAVE_REPORT)
    return AppError("Amazon says: {reason}.", remedy=Remedy.SAVE_REPORT, reason=plain)


def not_active() -> CredentialsError:
    """What to say while a new account cannot be used."""
    return CredentialsError(
        "Amazon is still activating the new account",
        "This usually takes minutes, at most a day. Then continue here.",
        remedy=Remedy.CHECK_AGAIN,
    )


def _plain(reason: str) -> str:
    """Without the tail in brackets that only a support engineer can use."""
    tail = r"\s*\((?:Service|RequestToken|SDK|HandlerErrorCode)[^)]*\)?\)*"
    words = re.sub(tail, "", reason).removeprefix("Resource handler returned message: ")
    return words.strip(' ".')
