"""What AWS and its library say, in words for a person, with the button that helps."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import Any

import pytest
from botocore.exceptions import (
    BotoCoreError,
    ClientError,
    ConnectTimeoutError,
    EndpointConnectionError,
    NoCredentialsError,
    NoRegionError,
    ProfileNotFound,
    ProxyConnectionError,
    ReadTimeoutError,
    SSLError,
)
from botocore.parsers import ResponseParserError

from desktop.aws import other_site
from desktop.aws.errors import Signer, aws_errors, convert
from desktop.aws.other_site import OtherSite
from desktop.aws.reasons import explain_reason
from desktop.core.errors import (
    AppError,
    BackendMissingError,
    CredentialsError,
    NetworkError,
    Remedy,
    ThrottledError,
)
from desktop.core.texts import Text

ACT = Text("create the storage")
URL = "https://s3.eu-central-1.amazonaws.com/x"


def answer(
    code: str,
    message: str = "",
    operation: str = "CreateBucket",
    status: int = 400,
    **headers: str,
) -> ClientError:
    metadata: Any = {"HTTPHeaders": headers, "HTTPStatusCode": status}
    error: Any = {"Error": {"Code": code, "Message": message}, "ResponseMetadata": metadata}
    return ClientError(error, operation)


@pytest.fixture
def others(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Decides what the other site does; unit tests have no network."""

    def decide(other: OtherSite) -> None:
        monkeypatch.setattr(other_site, "ask_other_site", lambda: other)

    return decide


@pytest.mark.parametrize(
    ("code", "kind", "says", "remedy"),
    [
        ("InvalidClientTokenId", CredentialsError, "does not know this key", Remedy.SIGN_IN),
        ("UnrecognizedClientException", CredentialsError, "not know this key", Remedy.SIGN_IN),
        ("InvalidAccessKeyId", CredentialsError, "does not know this key", Remedy.SIGN_IN),
        ("SignatureDoesNotMatch", CredentialsError, "does not match the key", Remedy.PASTE_AGAIN),
        ("InvalidSignatureException", CredentialsError, "secret does not", Remedy.PASTE_AGAIN),
        ("ExpiredToken", CredentialsError, "You were signed out for safety", Remedy.SIGN_IN),
        ("OptInRequired", CredentialsError, "still activating", Remedy.CHECK_AGAIN),
        ("SubscriptionRequiredException", CredentialsError, "activating", Remedy.CHECK_AGAIN),
        ("NotSignedUp", CredentialsError, "still activating", Remedy.CHECK_AGAIN),
        ("NoSuchBucket", BackendMissingError, "was removed from the Amazon", Remedy.REPAIR),
        ("ResourceNotFoundException", BackendMissingError, "was removed", Remedy.REPAIR),
        ("Throttling", ThrottledError, "Amazon is busy", None),
        ("SlowDown", ThrottledError, "Amazon is busy", None),
        ("ThrottledException", ThrottledError, "Amazon is busy", None),
        ("RequestThrottled", ThrottledError, "Amazon is busy", None),
        ("OperationAborted", ThrottledError, "Amazon is busy", None),
        ("RequestTimeout", NetworkError, "reached Amazon damaged", Remedy.TRY_AGAIN),
        ("RequestTimeoutException", NetworkError, "reached Amazon damaged", Remedy.TRY_AGAIN),
        ("IncompleteBody", NetworkError, "reached Amazon damaged", Remedy.TRY_AGAIN),
        ("BadDigest", NetworkError, "reached Amazon damaged", Remedy.TRY_AGAIN),
        ("XAmzContentChecksumMismatch", NetworkError, "reached Amazon damaged", Remedy.TRY_AGAIN),
        ("XAmzContentSHA256Mismatch", NetworkError, "reached Amazon damaged", Remedy.TRY_AGAIN),
        ("AccessDenied", CredentialsError, "This user may not create the", Remedy.SIGN_IN),
        ("SomethingNew", AppError, "refused the attempt to create the", Remedy.SAVE_REPORT),
    ],
)
def test_a_refusal_is_said_in_plain_words(
    code: str, kind: type[AppError], says: str, remedy: Remedy | None
) -> None:
    error = convert(answer(code, "what AWS wrote"), ACT)
    assert type(error) is kind
    assert says in error.title
    assert error.remedy is remedy


@pytest.mark.parametrize(
    ("signer", "code", "remedy"),
    [
        ("pasted", "InvalidClientTokenId", Remedy.PASTE_AGAIN),
        ("pasted", "SignatureDoesNotMatch", Remedy.PASTE_AGAIN),
        ("app", "InvalidClientTokenId", Remedy.SIGN_IN),
        ("app", "SignatureDoesNotMatch", Remedy.SIGN_IN),
        ("app", "AccessDenied", Remedy.REPAIR),
    ],
)
def test_what_helps_depends_on_whose_key_it_was(signer: Signer, code: str, remedy: Remedy) -> None:
    assert convert(answer(code), ACT, signer).remedy is remedy


@pytest.mark.parametrize("code", ["", "403", "Forbidden", "ForbiddenException", "AccessDenied"])
def test_a_403_that_says_no_more_is_a_denial(code: str) -> None:
    assert convert(answer(code, status=403), ACT, "app").remedy is Remedy.REPAIR
    assert "may not create the storage" in convert(answer(code, status=403), ACT).title


@pytest.mark.parametrize("signer", ["person", "app"])
@pytest.mark.parametrize(
    ("code", "says", "remedy"),
    [
        ("AccountProblem", "something is wrong with the Amazon account", Remedy.TRY_AGAIN),
        ("AllAccessDisabled", "something is wrong with the Amazon account", Remedy.TRY_AGAIN),
        ("RegionDisabledException", "refused the attempt", Remedy.SAVE_REPORT),
    ],
)
def test_what_is_no_denial_is_never_repaired_and_stops_the_job(
    code: str, says: str, remedy: Remedy, signer: Signer
) -> None:
    error = convert(answer(code, "There is a problem with it", status=403), ACT, signer)
    assert says in error.title[0].lower() + error.title[1:]
    assert "There is a problem with it" in error.message
    assert error.remedy is remedy
    assert error.fatal


def test_a_stack_that_is_gone_is_said_like_a_bucket_that_is_gone() -> None:
    error = convert(answer("ValidationError", "Stack with id tagdrop does not exist"), ACT)
    assert type(error) is BackendMissingError
    assert error.remedy is Remedy.REPAIR


@pytest.mark.parametrize(
    ("code", "message"),
    [
        ("RequestTimeTooSkewed", "The difference between the request time and …"),
        ("SignatureDoesNotMatch", "Signature expired: 2026 is now earlier than 2026"),
        ("InvalidSignatureException", "Signature not yet current: 2026 is still later than 2026"),
    ],
)
def test_a_wrong_clock_is_told_in_minutes(code: str, message: str) -> None:
    there = datetime.now(UTC) + timedelta(minutes=12)
    error = convert(answer(code, message, date=format_datetime(there, usegmt=True)), ACT)
    assert error.title == "This computer's clock is 12 minutes off"
    assert error.remedy is Remedy.CLOCK


def test_a_wrong_clock_is_told_even_without_amazons_time() -> None:
    error = convert(answer("RequestTimeTooSkewed"), ACT)
    assert error.title == "This computer's clock is wrong"


def test_the_missing_permission_can_be_copied() -> None:
    message = (
        "User: arn:aws:iam::1:user/x is not authorized to perform: s3:CreateBucket on resource:"
        ' "arn:aws:s3:::tagdrop-1" because no identity-based policy allows the s3:CreateBucket'
        " action"
    )
    error = convert(answer("AccessDenied", message), ACT)
    assert "s3:CreateBucket" in error.message
    assert error.remedy is Remedy.COPY_PERMISSION
    (statement,) = json.loads(error.detail)["Statement"]
    assert statement == {
        "Effect": "Allow",
        "Action": "s3:CreateBucket",
        "Resource": "arn:aws:s3:::tagdrop-1",
    }


@pytest.mark.parametrize(
    "rule",
    [
        "with an explicit deny in a service control policy",
        "because no service control policy allows the s3:CreateBucket action",
        "with an explicit deny in a resource control policy",
        "because no permissions boundary allows the s3:CreateBucket action",
    ],
)
def test_a_companys_rule_is_told_from_a_missing_permission(rule: str) -> None:
    message = f"User: x is not authorized to perform: s3:CreateBucket {rule}"
    error = convert(answer("AccessDeniedException", message), ACT)
    assert error.title == "Your company does not allow this"
    assert error.remedy is Remedy.COPY_FOR_IT
    assert "create the storage" in error.detail
    assert message in error.detail


@pytest.mark.parametrize(
    ("code", "operation", "message", "what"),
    [
        ("TooManyBuckets", "CreateBucket", "You have attempted to create more", "storage places"),
        (
            "LimitExceeded",
            "CreateAccessKey",
            "Cannot exceed quota for AccessKeysPerUser: 2",
            "keys",
        ),
        ("LimitExceeded", "CreateUser", "Cannot exceed quota for UsersPerAccount: 5000", "users"),
        ("LimitExceededException", "CreateStack", "Limit has been exceeded", "stacks"),
    ],
)
def test_a_limit_of_the_account_is_named(
    code: str, operation: str, message: str, what: str
) -> None:
    error = convert(answer(code, message, operation), ACT)
    assert error.title.startswith(f"The account has reached its limit of {what}")
    assert message in error.message
    assert error.remedy is Remedy.RAISE_QUOTA


@pytest.mark.parametrize(
    ("error", "kind", "remedy"),
    [
        (NoCredentialsError(), CredentialsError, Remedy.SIGN_IN),
        (ProfileNotFound(profile="x"), CredentialsError, Remedy.SIGN_IN),
        (NoRegionError(), AppError, None),
        (BotoCoreError(), AppError, Remedy.SAVE_REPORT),
    ],
)
def test_what_fails_before_anything_is_sent_is_said_in_plain_words(
    error: BotoCoreError, kind: type[AppError], remedy: Remedy | None
) -> None:
    said = convert(error, ACT)
    assert type(said) is kind
    assert "Error" not in said.title
    assert said.remedy is remedy


@pytest.mark.parametrize(
    ("other", "says"),
    [
        (OtherSite.ANSWERS, "Other sites answer"),
        (OtherSite.SILENT, "this computer seems to be offline"),
        (OtherSite.REPLACED, "This network wants you to sign in first"),
    ],
)
@pytest.mark.parametrize(
    "error",
    [
        EndpointConnectionError(endpoint_url=URL, error="Name or service not known"),
        ConnectTimeoutError(endpoint_url=URL, error="timed out"),
        ReadTimeoutError(endpoint_url=URL, error="timed out"),
        SSLError(endpoint_url=URL, error="[SSL: WRONG_VERSION_NUMBER] wrong version number"),
    ],
    ids=lambda error: type(error).__name__,
)
def test_no_answer_says_whether_other_sites_answer(
    error: BotoCoreError, other: OtherSite, says: str, others: Any
) -> None:
    others(other)
    said = convert(error, ACT)
    assert type(said) is NetworkError
    assert says in str(said)
    assert said.remedy is Remedy.TRY_AGAIN


def test_an_emulator_that_is_silent_makes_nobody_ask_elsewhere(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(other_site, "ask_other_site", None)  # a call would fail
    said = convert(EndpointConnectionError(endpoint_url="http://127.0.0.1:1/"), ACT)
    assert said.title == "Cannot reach Amazon"


def test_who_opens_the_encryption_is_told_from_a_sign_in_page(others: Any) -> None:
    error = SSLError(
        endpoint_url=URL,
        error="[SSL: CERTIFICATE_VERIFY_FAILED] certificate verify failed: self-signed certificate"
        " in certificate chain",
    )
    others(OtherSite.ANSWERS)
    said = convert(error, ACT)
    assert "intercepting the encrypted connection" in said.title
    assert said.remedy is Remedy.COPY_FOR_IT
    assert "s3.eu-central-1.amazonaws.com" in said.detail
    others(OtherSite.REPLACED)
    assert "wants you to sign in" in convert(error, ACT).title


def test_a_certificate_that_seems_out_of_date_means_a_wrong_clock() -> None:
    error = SSLError(
        endpoint_url=URL,
        error="certificate verify failed: certificate is not yet valid (_ssl.c:1006)",
    )
    assert convert(error, ACT).remedy is Remedy.CLOCK


@pytest.mark.parametrize(
    ("reason", "says", "remedy"),
    [
        ("Cannot connect to proxy", "does not answer", Remedy.TRY_AGAIN),
        ("Tunnel connection failed: 407 Proxy Authentication", "not let", Remedy.COPY_FOR_IT),
    ],
)
def test_a_proxy_is_named_without_its_password(reason: str, says: str, remedy: Remedy) -> None:
    error = ProxyConnectionError(proxy_url="http://me:hunter2@proxy.example:3128", error=reason)
    said = convert(error, ACT)
    assert "proxy.example:3128" in said.title
    assert says in said.title
    assert said.remedy is remedy
    assert "hunter2" not in f"{said} {said.detail}"


@pytest.mark.parametrize("form", ["an answer", "what cannot be parsed"])
def test_a_web_page_in_amazons_place_is_noticed(form: str, others: Any) -> None:
    page = "Unable to parse response, invalid XML received: b'<HTML><body>Blocked'"
    html = {"content-type": "text/html; charset=utf-8"}
    error = answer("403", "Forbidden", **html) if form == "an answer" else ResponseParserError(page)
    for other, says in (
        (OtherSite.ANSWERS, "Something else answered in Amazon's place"),
        (OtherSite.REPLACED, "This network wants you to sign in first"),
    ):
        others(other)
        with pytest.raises(NetworkError, match=says), aws_errors(ACT):
            raise error


@pytest.mark.parametrize(
    "error",
    [
        ResponseParserError("invalid XML received: b'<Lis'"),
        UnicodeDecodeError("utf-8", b"\xff", 0, 1, "invalid start byte"),
        json.JSONDecodeError("Unterminated string", '{"Statement', 1),
    ],
    ids=lambda error: type(error).__name__,
)
def test_a_damaged_answer_can_be_asked_for_again(error: Exception) -> None:
    with pytest.raises(NetworkError) as caught, aws_errors(ACT):
        raise error
    assert caught.value.remedy is Remedy.TRY_AGAIN


@pytest.mark.parametrize(
    ("reason", "part", "says", "remedy"),
    [
        (
            'Resource handler returned message: "Name is not valid (Service: S3, Request ID: 1)"',
            "Copies",
            "Amazon says: Name is not valid.",
            Remedy.SAVE_REPORT,
        ),
        (
            "more buckets than allowed (Service: S3)",
            "Copies",
            "limit of storage",
            Remedy.RAISE_QUOTA,
        ),
        ("Code storage limit exceeded.", "Labeller", "limit of functions", Remedy.RAISE_QUOTA),
        ("Limit exceeded for resource", "X", "has reached a limit", Remedy.RAISE_QUOTA),
        (
            "API: s3:CreateBucket Access Denied",
            "Copies",
            "The missing permission is s3:CreateBucket.",
            Remedy.COPY_PERMISSION,
        ),
        (
            'Resource handler returned message: "API: s3:PutBucketPolicy Access Denied" (SDK)',
            "CopiesPolicy",
            "The missing permission is s3:PutBucketPolicy.",
            Remedy.COPY_PERMISSION,
        ),
        ("Access Denied (Service: S3, Status Code: 403)", "Copies", "may not", Remedy.SIGN_IN),
        (
            "x is not authorized to perform: iam:CreateUser on resource: arn:aws:iam::1:user/y",
            "AppUser",
            "iam:CreateUser",
            Remedy.COPY_PERMISSION,
        ),
        (
            "not authorized to perform: x:Y with an explicit deny in a service control policy",
            "AppUser",
            "Your company does not allow this",
            Remedy.COPY_FOR_IT,
        ),
        (
            "Your account is not signed up for the S3 service (Service: S3, Status Code: 403)",
            "Copies",
            "still activating",
            Remedy.CHECK_AGAIN,
        ),
        (
            "Rate exceeded (Service: Lambda) (RequestToken: 1, HandlerErrorCode: Throttling)",
            "Labeller",
            "Amazon was too busy",
            Remedy.TRY_AGAIN,
        ),
        ("", "Labeller", "Amazon gave no reason.", Remedy.SAVE_REPORT),
    ],
)
def test_the_reason_of_a_failed_part_is_told(
    reason: str, part: str, says: str, remedy: Remedy
) -> None:
    cause = explain_reason(reason, ACT, part)
    assert says in str(cause.text)
    assert str(cause.text).endswith(".")
    assert cause.remedy is remedy
