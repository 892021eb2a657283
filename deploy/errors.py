"""What AWS says, in our words: botocore errors become AppErrors here, once for all callers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from email.utils import parsedate_to_datetime
from time import time
from typing import Any

from botocore import exceptions as aws

from desktop.core.errors import (
    AppError,
    BackendMissingError,
    CredentialsError,
    NetworkError,
    ThrottledError,
)

UNKNOWN_KEY = {"InvalidClientTokenId", "UnrecognizedClientException", "InvalidAccessKeyId"}
WRONG_SECRET = {"SignatureDoesNotMatch", "InvalidSignatureException", "IncompleteSignature"}
WRONG_CLOCK = {"RequestTimeTooSkewed", "RequestExpired", "RequestInTheFuture"}
SIGNED_OUT = {"ExpiredToken", "ExpiredTokenException", "TokenRefreshRequired"}
FORBIDDEN = {"AccessDenied", "AccessDeniedException", "UnauthorizedOperation", "AllAccessDisabled"}
NOT_ACTIVE = {"OptInRequired", "SubscriptionRequiredException", "NotSignedUp"}
LIMITS = {"LimitExceeded", "LimitExceededException", "TooManyBuckets", "ServiceQuotaExceeded"}
GONE = {"NoSuchBucket", "ResourceNotFoundException", "NoSuchEntity"}
BUSY = {
    "Throttling",
    "ThrottlingException",
    "ThrottledException",
    "RequestThrottled",
    "RequestLimitExceeded",
    "TooManyRequestsException",
    "ProvisionedThroughputExceededException",
    "BandwidthLimitExceeded",
    "SlowDown",
    "PriorRequestNotComplete",
    "EC2ThrottledException",
}


@contextmanager
def aws_errors(doing: str) -> Iterator[None]:
    """Turn what botocore raises inside into an AppError.

    `doing` names the act in plain words, to complete "This user may not …": "store a photo".
    """
    try:
        yield
    except (aws.ClientError, aws.BotoCoreError, aws.HTTPClientError) as error:
        raise to_app_error(error, doing) from error


def error_code(error: aws.ClientError) -> str:
    """AWS's name of an error; empty where the answer had none."""
    return str(error.response.get("Error", {}).get("Code", ""))


def to_app_error(error: Exception, doing: str) -> AppError:
    """One botocore error in our words."""
    if isinstance(error, aws.ClientError):
        return _from_answer(error, doing)
    if isinstance(error, aws.NoCredentialsError | aws.PartialCredentialsError):
        return CredentialsError(
            "There is no key for Amazon on this computer",
            "Sign in with the AWS tools, choose a profile, or set the usual AWS variables.",
        )
    if isinstance(error, aws.ProfileNotFound):
        return CredentialsError(
            "This AWS profile does not exist",
            "Choose one that `aws configure list-profiles` shows.",
        )
    if isinstance(error, aws.NoRegionError):
        return CredentialsError("No AWS region is chosen", "Name one, for example eu-central-1.")
    if isinstance(
        error,
        aws.SSOError
        | aws.TokenRetrievalError
        | aws.CredentialRetrievalError
        | aws.UnauthorizedSSOTokenError,
    ):
        return _signed_out()
    # What is left is the way to Amazon: sockets, proxies, certificates, answers cut short.
    return NetworkError(
        "Cannot reach Amazon",
        "Check the internet connection; a company network or a hotel page may be in between."
        " Nothing is lost.",
    )


def _from_answer(error: aws.ClientError, doing: str) -> AppError:
    code = error_code(error)
    message = str(error.response.get("Error", {}).get("Message", ""))
    status = error.response.get("ResponseMetadata", {}).get("HTTPStatusCode", 0)
    if code in BUSY:
        return ThrottledError("Amazon is busy", "Slowed down; nothing is lost.")
    if code in UNKNOWN_KEY:
        return CredentialsError(
            "Amazon does not know this key",
            "It may have been deleted, or a character is missing (a key id has 20 characters and"
            " starts with AKIA).",
        )
    if code in WRONG_CLOCK or "Signature expired" in message or "not yet current" in message:
        return _wrong_clock(error.response)
    if code in WRONG_SECRET:
        return CredentialsError(
            "The secret does not match the key id", "It has 40 characters; check its end."
        )
    if code in SIGNED_OUT:
        return _signed_out()
    if code in FORBIDDEN or status == 403:
        return _forbidden(message, doing)
    if code in NOT_ACTIVE:
        return CredentialsError(
            "Amazon is still activating this account",
            "That usually takes minutes, at most a day. Try again later.",
        )
    if code in LIMITS:
        return AppError(
            "The Amazon account has reached a limit",
            f"It was reached while trying to {doing}. Amazon says: {message}",
        )
    if code in GONE:
        return BackendMissingError(
            "The labelling service was removed from the Amazon account",
            "Your labels are safe here; the photos wait. Set it up again to go on.",
        )
    if status >= 500 or not code:
        return NetworkError("Amazon had a fault of its own", "Try again; nothing is lost.")
    return AppError(f"Amazon refused to {doing}", f"It says: {message or code}")


def _forbidden(message: str, doing: str) -> AppError:
    if "service control policy" in message:
        return CredentialsError(
            "Your company does not allow this",
            f"A rule of the organisation forbids to {doing}. Ask whoever runs its AWS accounts.",
        )
    return CredentialsError(
        f"This AWS user may not {doing}",
        f"Sign in as a user who may, or give the permission. Amazon says: {message or 'no reason'}",
    )


def _wrong_clock(answer: Mapping[str, Any]) -> AppError:
    headers = answer.get("ResponseMetadata", {}).get("HTTPHeaders", {})
    try:
        minutes = round(abs(time() - parsedate_to_datetime(headers["date"]).timestamp()) / 60)
    except (KeyError, ValueError, TypeError):
        minutes = 0
    how_far = f"{minutes} minutes off" if minutes else "off"
    return CredentialsError(
        f"This computer's clock is {how_far}", "Set it in the system's settings and try again."
    )


def _signed_out() -> AppError:
    return CredentialsError("You were signed out for safety", "Sign in again.")
