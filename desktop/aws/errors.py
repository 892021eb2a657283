"""botocore's errors in words for a person: the border to AWS, for set-up and labelling."""

from __future__ import annotations

import contextlib
import email.utils
import json
import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Literal

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
    Remedy,
    ThrottledError,
)
from ..core.texts import Text
from .denials import explain_denial, explain_limit
from .reasons import not_active
from .unreachable import explain_foreign_answer, explain_unreachable, wrong_clock

_DAMAGED = (ResponseParserError, UnicodeDecodeError, json.JSONDecodeError)
CALL_ERRORS = (ClientError, BotoCoreError, *_DAMAGED)
"""What boto3 raises where a call was refused, not answered, or its answer damaged on the way; for
whoever goes on without the answer. Everybody else uses `aws_errors`."""

Signer = Literal["person", "pasted", "app"]
"""Whose key a request is signed with: of a person who has signed in, one that was just given by
hand, or the app's own, which can do nothing but label."""

_CLOCK = frozenset({"RequestTimeTooSkewed", "RequestExpired", "RequestInTheFuture"})
_UNKNOWN_KEY = frozenset(
    {"InvalidClientTokenId", "UnrecognizedClientException", "InvalidAccessKeyId"}
)
_WRONG_SECRET = frozenset({"SignatureDoesNotMatch", "InvalidSignatureException"})
_UNUSABLE_PROFILE = (
    ProfileNotFound,
    exceptions.ConfigParseError,
    exceptions.InfiniteLoopConfigError,
    exceptions.InvalidConfigError,
    exceptions.MissingDependencyException,
    exceptions.UnknownCredentialError,
)
"""What is wrong with the files of Amazon's tools on this computer."""
_NO_KEY = (NoCredentialsError, PartialCredentialsError)
_DENIED = frozenset(
    {"AccessDenied", "AccessDeniedException", "ForbiddenException", "UnauthorizedOperation"}
)
_NO_MORE_SAID = frozenset({"", "403", "Forbidden"})
_ACCOUNT = frozenset({"AccountProblem", "AllAccessDisabled"})
_LIMIT = frozenset(
    {"LimitExceeded", "LimitExceededException", "TooManyBuckets", "ServiceQuotaExceededException"}
)
_BUSY = (
    "Throttling ThrottlingException RequestLimitExceeded TooManyRequestsException SlowDown"
    " ProvisionedThroughputExceededException PriorRequestNotComplete ServiceUnavailable"
    " InternalFailure InternalError ThrottledException RequestThrottled RequestThrottledException"
    " OperationAborted ConditionalRequestConflict"
)
_NOT_WHOLE = (
    "RequestTimeout RequestTimeoutException IncompleteBody BadDigest XAmzContentChecksumMismatch"
    " XAmzContentSHA256Mismatch"
)


@contextlib.contextmanager
def aws_errors(act: Text, signer: Signer = "person") -> Iterator[None]:
    """Turn botocore's errors into AppErrors. `act` completes "This user may not …"."""
    try:
        yield
    except (ClientError, BotoCoreError) as error:
        raise convert(error, act, signer) from error
    except _DAMAGED as error:
        if "<html" in str(error).lower():
            raise explain_foreign_answer() from error
        raise NetworkError(
            "Amazon's answer was damaged on the way",
            "Check the connection and try again.",
            remedy=Remedy.TRY_AGAIN,
        ) from error


def code_of(error: ClientError) -> str:
    """The service's own name for what went wrong, or an empty text."""
    return str(error.response.get("Error", {}).get("Code", ""))


def message_of(error: ClientError) -> str:
    """The service's own words for what went wrong, or an empty text."""
    return str(error.response.get("Error", {}).get("Message", ""))


def convert(error: ClientError | BotoCoreError, act: Text, signer: Signer = "person") -> AppError:
    """The AppError that says what happened and what to do."""
    if isinstance(error, ClientError):
        return _convert_answer(error, act, signer)
    return _convert_failure(error, act)


def is_unknown_key(error: AppError) -> bool:
    """Whether Amazon does not know the key that a request was signed with."""
    return isinstance(error.__cause__, ClientError) and code_of(error.__cause__) in _UNKNOWN_KEY


def clock_error(error: ClientError) -> CredentialsError | None:
    """That this computer's clock is wrong, if the answer's date says so; None if it is right."""
    there = _time_there(error)
    is_off = there is not None and abs(datetime.now(UTC) - there) >= timedelta(minutes=1.5)
    return wrong_clock(there) if is_off else None


def removed() -> BackendMissingError:
    """What to say when the bucket, the table or the stack is not there any more."""
    return BackendMissingError(
        "The labelling service was removed from the Amazon account",
        "Your labels are safe here, and the photos are waiting. Set it up again to continue.",
        remedy=Remedy.REPAIR,
    )


def not_set_up() -> BackendMissingError:
    """What to say where this computer knows of no labelling service."""
    return BackendMissingError(
        "Amazon is not set up yet",
        "Connect your own Amazon account in the settings (in a terminal: tagdrop aws setup), or"
        " label on this computer.",
        remedy=Remedy.SET_UP,
    )


def busy() -> ThrottledError:
    """What to say when Amazon asks for a slower pace."""
    return ThrottledError("Amazon is busy", "Slowed down; nothing is lost.")


def signed_out() -> CredentialsError:
    """What to say when a sign-in has ended."""
    return CredentialsError(
        "You were signed out for safety", "Sign in again.", remedy=Remedy.SIGN_IN
    )


def _convert_failure(error: BotoCoreError, act: Text) -> AppError:
    """What went wrong before there was an answer."""
    if isinstance(error, (*_UNUSABLE_PROFILE, *_NO_KEY)):
        return _no_key(error)
    if isinstance(error, NoRegionError | InvalidRegionError):
        return AppError(
            "Amazon's location is missing", "Name it with --region, for example eu-central-1."
        )
    if isinstance(error, SSOError | TokenRetrievalError | CredentialRetrievalError | LoginError):
        return signed_out()
    if isinstance(error, exceptions.ConnectionError | HTTPClientError | IncompleteReadError):
        return explain_unreachable(error)
    return AppError(
        "Amazon's answer to the attempt to {act} makes no sense",
        "Amazon's tools say: {reason}",
        remedy=Remedy.SAVE_REPORT,
        act=act,
        reason=str(error),
    )


def _no_key(error: BotoCoreError) -> CredentialsError:
    if isinstance(error, exceptions.MissingDependencyException):  # a C library, for aws login alone
        return CredentialsError(
            'A profile of "aws login" cannot be used for this',
            "Choose a profile that has a key, SSO or a role of its own. In a terminal: tagdrop aws"
            " join --profile NAME.",
            remedy=Remedy.SIGN_IN,
        )
    if isinstance(error, _UNUSABLE_PROFILE):
        return CredentialsError(
            "No key for Amazon was found",
            "Sign in, or name a profile that has one. Amazon's tools say: {reason}",
            remedy=Remedy.SIGN_IN,
            reason=str(error),
        )
    return CredentialsError(
        "No key for Amazon was found",
        "Sign in, or name a profile that has one.",
        remedy=Remedy.SIGN_IN,
    )


def _convert_answer(error: ClientError, act: Text, signer: Signer) -> AppError:
    code, message = code_of(error), message_of(error)
    status = error.response.get("ResponseMetadata", {}).get("HTTPStatusCode", 0)
    if _is_web_page(error):
        return explain_foreign_answer()
    if code in _CLOCK or (code in _WRONG_SECRET and _is_about_time(message)):
        return wrong_clock(_time_there(error))
    if code == "ValidationError" and re.search("Stack .*does not exist", message):
        return removed()
    if code in _BY_CODE:
        return _BY_CODE[code](signer)
    if code in _DENIED or (status == 403 and code in _NO_MORE_SAID):
        return explain_denial(message, act, is_app=signer == "app")
    return _convert_rest(error, act, status)


def _convert_rest(error: ClientError, act: Text, status: int) -> AppError:
    """What is nobody's fault here, or what we know no better words for."""
    if status >= 500:
        return NetworkError(
            "Amazon is having problems",
            "Try again; nothing is lost.",
            remedy=Remedy.TRY_AGAIN,
        )
    reason = message_of(error) or code_of(error)
    if code_of(error) in _LIMIT:
        return explain_limit(reason, error.operation_name)
    if code_of(error) in _ACCOUNT:
        return CredentialsError(
            "Something is wrong with the Amazon account",
            "Amazon has blocked it, for example because of an unpaid bill. Sign in on Amazon's"
            " own page to see what it needs. Amazon says: {reason}",
            remedy=Remedy.TRY_AGAIN,
            reason=reason,
        )
    refused = AppError(
        "Amazon refused the attempt to {act}",
        "Amazon says: {reason}",
        remedy=Remedy.SAVE_REPORT,
        act=act,
        reason=reason,
    )
    refused.fatal = status == 403  # such an answer is never about one photo
    return refused


def _unknown_key(signer: Signer) -> AppError:
    return CredentialsError(
        "Amazon does not know this key",
        "It may have been deleted, or a character may be missing: a key id has 20 characters"
        " and starts with AKIA.",
        remedy=Remedy.PASTE_AGAIN if signer == "pasted" else Remedy.SIGN_IN,
    )


def _not_whole(_: Signer) -> AppError:
    return NetworkError(
        "What was sent reached Amazon damaged",
        "Check the connection and try again.",
        remedy=Remedy.TRY_AGAIN,
    )


def _wrong_secret(signer: Signer) -> AppError:
    return CredentialsError(
        "The secret does not match the key id",
        "It has 40 characters; check its end.",
        remedy=Remedy.SIGN_IN if signer == "app" else Remedy.PASTE_AGAIN,
    )


_BY_CODE: dict[str, Callable[[Signer], AppError]] = {
    code: say
    for codes, say in (
        (" ".join(_UNKNOWN_KEY), _unknown_key),
        (" ".join(_WRONG_SECRET), _wrong_secret),
        (
            "ExpiredToken ExpiredTokenException TokenRefreshRequired TOKEN_EXPIRED",
            lambda _: signed_out(),
        ),
        ("NoSuchBucket ResourceNotFoundException", lambda _: removed()),
        ("OptInRequired SubscriptionRequiredException NotSignedUp", lambda _: not_active()),
        (_BUSY, lambda _: busy()),
        (_NOT_WHOLE, _not_whole),
    )
    for code in codes.split()
}
"""What the code alone says, where it does."""


def _is_about_time(message: str) -> bool:
    return "expired" in message.lower() or "not yet current" in message.lower()


def _is_web_page(error: ClientError) -> bool:
    """Whether the answer is a page for people, as a firewall or a Wi-Fi gives it."""
    return _headers(error).get("content-type", "").startswith("text/html")


def _time_there(error: ClientError) -> datetime | None:
    try:
        return email.utils.parsedate_to_datetime(_headers(error).get("date", ""))
    except ValueError:
        return None


def _headers(error: ClientError) -> dict[str, str]:
    headers: dict[str, str] = error.response.get("ResponseMetadata", {}).get("HTTPHeaders", {})
    return headers
