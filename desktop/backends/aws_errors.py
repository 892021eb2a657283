"""botocore's errors in words for a person: the border to AWS, for set-up and labelling."""

from __future__ import annotations

import contextlib
import email.utils
import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime

from botocore import exceptions
from botocore.exceptions import (
    BotoCoreError,
    ClientError,
    CredentialRetrievalError,
    HTTPClientError,
    IncompleteReadError,
    InvalidRegionError,
    LoginError,
    NoCredentialsError,
    NoRegionError,
    PartialCredentialsError,
    ProfileNotFound,
    SSOError,
    TokenRetrievalError,
)
from botocore.parsers import ResponseParserError

from ..core.errors import (
    AppError,
    BackendMissingError,
    CredentialsError,
    NetworkError,
    ThrottledError,
)
from ..core.texts import Text

_CLOCK = frozenset({"RequestTimeTooSkewed", "RequestExpired"})
_DENIED = frozenset({"AccessDenied", "AccessDeniedException", "UnauthorizedOperation"})
_LIMIT = frozenset({"LimitExceeded", "LimitExceededException", "TooManyBuckets"})

_BY_CODE: dict[frozenset[str], Callable[[], AppError]] = {
    frozenset({"InvalidClientTokenId", "UnrecognizedClientException"}): lambda: CredentialsError(
        "Amazon does not know this key",
        "It may have been deleted, or be incomplete: it has 20 characters and starts with AKIA.",
    ),
    frozenset({"SignatureDoesNotMatch"}): lambda: CredentialsError(
        "The secret does not match the key id", "It has 40 characters; check its end."
    ),
    frozenset({"ExpiredToken", "ExpiredTokenException", "TOKEN_EXPIRED"}): lambda: CredentialsError(
        "You were signed out for safety", "Sign in again."
    ),
    frozenset({"NoSuchBucket", "ResourceNotFoundException"}): lambda: BackendMissingError(
        "The labelling service was removed from the Amazon account",
        "Your labels are safe here; the photos wait. Set it up again to go on.",
    ),
    frozenset({"OptInRequired", "SubscriptionRequiredException", "NotSignedUp"}): lambda: (
        CredentialsError(
            "Amazon is still activating the new account",
            "This takes minutes, at most a day. Try again later.",
        )
    ),
    frozenset(
        {
            "Throttling",
            "ThrottlingException",
            "RequestLimitExceeded",
            "TooManyRequestsException",
            "ProvisionedThroughputExceededException",
            "PriorRequestNotComplete",
            "SlowDown",
            "ServiceUnavailable",
            "InternalFailure",
            "InternalError",
        }
    ): lambda: ThrottledError("Amazon is busy", "Slowed down; nothing is lost."),
}
_PERMISSION = re.compile(r"not authorized to perform:? ([a-z0-9-]+:\w+)")


@contextlib.contextmanager
def aws_errors(act: Text) -> Iterator[None]:
    """Turn botocore's errors into AppErrors. `act` completes "This user may not …"."""
    try:
        yield
    except (ClientError, BotoCoreError) as error:
        raise convert(error, act) from error
    except (ResponseParserError, UnicodeDecodeError) as error:
        raise NetworkError(
            "Amazon's answer was damaged on the way", "Check the connection and try again."
        ) from error


def code_of(error: ClientError) -> str:
    """The service's own name for what went wrong, or an empty text."""
    return str(error.response.get("Error", {}).get("Code", ""))


def message_of(error: ClientError) -> str:
    """The service's own words for what went wrong, or an empty text."""
    return str(error.response.get("Error", {}).get("Message", ""))


def convert(error: ClientError | BotoCoreError, act: Text) -> AppError:
    """The AppError that says what happened and what to do."""
    if isinstance(error, ClientError):
        return _convert_answer(error, act)
    return _convert_failure(error, act)


def _convert_failure(error: BotoCoreError, act: Text) -> AppError:
    """What went wrong before there was an answer."""
    if isinstance(error, ProfileNotFound):
        return CredentialsError(
            "No key for Amazon was found",
            "Sign in, or name a profile that has one. Amazon's tools say: {reason}",
            reason=str(error),
        )
    if isinstance(error, NoCredentialsError | PartialCredentialsError):
        return CredentialsError(
            "No key for Amazon was found", "Sign in, or name a profile that has one."
        )
    if isinstance(error, NoRegionError | InvalidRegionError):
        return AppError("Amazon's location is missing", "Name it with --region, eu-central-1 say.")
    if isinstance(error, SSOError | TokenRetrievalError | CredentialRetrievalError | LoginError):
        return CredentialsError("You were signed out for safety", "Sign in again.")
    if isinstance(error, exceptions.ConnectionError | HTTPClientError | IncompleteReadError):
        return NetworkError("Cannot reach Amazon", "Check the connection and try again.")
    return AppError(
        "Amazon's answer to the attempt to {act} makes no sense",
        "Amazon's tools say: {reason}",
        act=act,
        reason=str(error),
    )


def _convert_answer(error: ClientError, act: Text) -> AppError:
    code, message = code_of(error), message_of(error)
    if code in _CLOCK or (code == "SignatureDoesNotMatch" and "expired" in message.lower()):
        return _wrong_clock(error)
    for codes, known in _BY_CODE.items():
        if code in codes:
            return known()
    status = error.response.get("ResponseMetadata", {}).get("HTTPStatusCode", 0)
    if code in _DENIED or status == 403:
        return explain_denial(message, act)
    if status >= 500:
        return NetworkError("Amazon has a fault of its own", "Try again; nothing is lost.")
    reason = message or code
    if code in _LIMIT:
        return AppError("The account has reached a limit", "Amazon says: {reason}", reason=reason)
    return AppError(
        "Amazon refused the attempt to {act}", "Amazon says: {reason}", act=act, reason=reason
    )


def clock_error(error: ClientError) -> CredentialsError | None:
    """That this computer's clock is wrong, if the answer's date says so; None if it is right."""
    minutes = _minutes_off(error)
    return _wrong_clock(error) if minutes is not None and minutes >= 2 else None


def _wrong_clock(error: ClientError) -> CredentialsError:
    minutes = _minutes_off(error)
    if minutes is None:
        return CredentialsError("This computer's clock is wrong", "Set its time, then try again.")
    return CredentialsError(
        "This computer's clock is {minutes} minutes off",
        "Set its time, then try again.",
        minutes=minutes,
    )


def _minutes_off(error: ClientError) -> int | None:
    headers = error.response.get("ResponseMetadata", {}).get("HTTPHeaders", {})
    try:
        there = email.utils.parsedate_to_datetime(headers.get("date", ""))
    except ValueError:
        return None
    return round(abs((datetime.now(UTC) - there).total_seconds()) / 60)


def explain_denial(message: str, act: Text) -> CredentialsError:
    """Who forbids it, and which permission is missing where AWS names it."""
    if "service control policy" in message:
        return CredentialsError(
            "Your company does not allow this",
            "Its rules for Amazon accounts forbid to {act}. Ask its IT department.",
            act=act,
        )
    if missing := _PERMISSION.search(message):
        return CredentialsError(
            "This user may not {act}",
            "Sign in as the account's owner, or ask for the permission. The missing permission is"
            " {permission}.",
            act=act,
            permission=missing[1],
        )
    return CredentialsError(
        "This user may not {act}",
        "Sign in as the account's owner, or ask for the permission.",
        act=act,
    )


def explain_reason(reason: str, act: Text) -> Text:
    """A stack event's reason in sentences; in AWS's words where we know no better ones."""
    if "is not authorized" in reason or "AccessDenied" in reason or "explicit deny" in reason:
        return explain_denial(reason, act).text
    plain = _plain(reason)
    if not plain:
        return Text("Amazon gave no reason.")
    if "TooManyBuckets" in reason or "LimitExceeded" in reason or "exceeded" in reason.lower():
        return Text("The account has reached a limit. Amazon says: {reason}.", reason=plain)
    return Text("Amazon says: {reason}.", reason=plain)


def _plain(reason: str) -> str:
    """Without the tail in brackets that only a support engineer can use."""
    return re.sub(r"\s*\((?:Service|RequestToken|SDK)[^)]*\)?\)*", "", reason).strip().rstrip(".")
