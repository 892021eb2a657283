"""botocore's errors in words for a person: the border to AWS, for set-up and labelling."""

from __future__ import annotations

import contextlib
import email.utils
import re
from collections.abc import Iterator
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

from desktop.core.errors import (
    AppError,
    BackendMissingError,
    CredentialsError,
    NetworkError,
    ThrottledError,
)

_CLOCK = frozenset({"RequestTimeTooSkewed", "RequestExpired"})
_DENIED = frozenset({"AccessDenied", "AccessDeniedException", "UnauthorizedOperation"})
_LIMIT = frozenset({"LimitExceeded", "LimitExceededException", "TooManyBuckets"})

_BY_CODE: dict[frozenset[str], tuple[type[AppError], str, str]] = {
    frozenset({"InvalidClientTokenId", "UnrecognizedClientException"}): (
        CredentialsError,
        "Amazon does not know this key",
        "It may have been deleted, or be incomplete: it has 20 characters and starts with AKIA.",
    ),
    frozenset({"SignatureDoesNotMatch"}): (
        CredentialsError,
        "The secret does not match the key id",
        "It has 40 characters; check its end.",
    ),
    frozenset({"ExpiredToken", "ExpiredTokenException", "TOKEN_EXPIRED"}): (
        CredentialsError,
        "You were signed out for safety",
        "Sign in again.",
    ),
    frozenset({"NoSuchBucket", "ResourceNotFoundException"}): (
        BackendMissingError,
        "The labelling service was removed from the Amazon account",
        "Your labels are safe here; the photos wait. Set it up again to go on.",
    ),
    frozenset({"OptInRequired", "SubscriptionRequiredException", "NotSignedUp"}): (
        CredentialsError,
        "Amazon is still activating the new account",
        "This takes minutes, at most a day. Try again later.",
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
    ): (ThrottledError, "Amazon is busy", "Slowed down; nothing is lost."),
}
_PERMISSION = re.compile(r"not authorized to perform:? ([a-z0-9-]+:\w+)")


@contextlib.contextmanager
def aws_errors(act: str) -> Iterator[None]:
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


def convert(error: ClientError | BotoCoreError, act: str) -> AppError:
    """The AppError that says what happened and what to do."""
    if isinstance(error, ClientError):
        return _convert_answer(error, act)
    if isinstance(error, NoCredentialsError | PartialCredentialsError | ProfileNotFound):
        detail = str(error) if isinstance(error, ProfileNotFound) else ""
        return CredentialsError(
            "No key for Amazon was found",
            f"Sign in, or name a profile that has one. {detail}".strip(),
        )
    if isinstance(error, NoRegionError | InvalidRegionError):
        return AppError("Amazon's location is missing", "Name it with --region, eu-central-1 say.")
    if isinstance(error, SSOError | TokenRetrievalError | CredentialRetrievalError | LoginError):
        return CredentialsError("You were signed out for safety", "Sign in again.")
    if isinstance(error, exceptions.ConnectionError | HTTPClientError | IncompleteReadError):
        return NetworkError("Cannot reach Amazon", "Check the connection and try again.")
    return AppError(f"Amazon's answer to the attempt to {act} makes no sense", str(error))


def _convert_answer(error: ClientError, act: str) -> AppError:
    code, message = code_of(error), message_of(error)
    if code in _CLOCK or (code == "SignatureDoesNotMatch" and "expired" in message.lower()):
        return CredentialsError(
            f"This computer's clock is {_clock_error(error)}", "Set its time, then try again."
        )
    for codes, (kind, title, advice) in _BY_CODE.items():
        if code in codes:
            return kind(title, advice)
    status = error.response.get("ResponseMetadata", {}).get("HTTPStatusCode", 0)
    if code in _DENIED or status == 403:
        return explain_denial(message, act)
    if status >= 500:
        return NetworkError("Amazon has a fault of its own", "Try again; nothing is lost.")
    limit = "The account has reached a limit" if code in _LIMIT else ""
    return AppError(limit or f"Amazon refused the attempt to {act}", message or code)


def _clock_error(error: ClientError) -> str:
    headers = error.response.get("ResponseMetadata", {}).get("HTTPHeaders", {})
    try:
        there = email.utils.parsedate_to_datetime(headers.get("date", ""))
    except ValueError:
        return "wrong"
    minutes = round(abs((datetime.now(UTC) - there).total_seconds()) / 60)
    return f"{minutes} minutes off"


def explain_denial(message: str, act: str) -> CredentialsError:
    """Who forbids it, and which permission is missing where AWS names it."""
    if "service control policy" in message:
        return CredentialsError(
            "Your company does not allow this",
            f"Its rules for Amazon accounts forbid to {act}. Ask its IT department.",
        )
    missing = _PERMISSION.search(message)
    permission = f" The missing permission is {missing[1]}." if missing else ""
    return CredentialsError(
        f"This user may not {act}",
        f"Sign in as the account's owner, or ask for the permission.{permission}",
    )


def explain_reason(reason: str, act: str) -> str:
    """A stack event's reason in words; what AWS wrote where we know no better ones."""
    if "is not authorized" in reason or "AccessDenied" in reason or "explicit deny" in reason:
        return str(explain_denial(reason, act))
    if "TooManyBuckets" in reason or "LimitExceeded" in reason or "exceeded" in reason.lower():
        return f"the account has reached a limit ({_plain(reason)})"
    return _plain(reason) or "Amazon gave no reason"


def _plain(reason: str) -> str:
    """Without the tail in brackets that only a support engineer can use."""
    return re.sub(r"\s*\((?:Service|RequestToken|SDK)[^)]*\)?\)*", "", reason).strip().rstrip(".")
