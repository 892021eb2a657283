"""Amazon's sign-in tokens: a code becomes credentials for 15 minutes, which renew themselves.

The same as `aws login` does: CreateOAuth2Token with a DPoP proof, first with the browser's code,
then with the refresh token, for up to 12 hours.
"""

from __future__ import annotations

import contextlib
import json
from base64 import urlsafe_b64decode
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from botocore import xform_name
from botocore.awsrequest import AWSRequest
from botocore.credentials import RefreshableCredentials
from botocore.exceptions import ClientError

from desktop.aws.errors import aws_errors, clock_error, message_of, signed_out
from desktop.core.errors import AppError, CredentialsError, Remedy
from desktop.core.texts import Text

from .access import UNSIGNED_CONFIG, session_with
from .dpop import ProofKey

if TYPE_CHECKING:
    from types_boto3_signin import SignInServiceClient


SAME_DEVICE = "arn:aws:signin:::devtools/same-device"
CROSS_DEVICE = "arn:aws:signin:::devtools/cross-device"
"""Clients of AWS's own tools: the browser comes back by itself, or shows a code to be pasted."""
RENEW_EARLY_S = 5 * 60
"""How long before its end a token is renewed; botocore's 15 minutes would be all its life."""
RENEW_LATEST_S = 60

_CREATE_TOKEN = xform_name("CreateOAuth2Token")  # botocore has changed how it spells this

_KNOWN: dict[str, Callable[[], AppError]] = {
    "AUTHCODE_EXPIRED": lambda: CredentialsError(
        "The sign-in took too long",
        "Try again, or sign in another way.",
        remedy=Remedy.SIGN_IN,
    ),
    "TOKEN_EXPIRED": signed_out,
    "USER_CREDENTIALS_CHANGED": lambda: CredentialsError(
        "The password of this Amazon user has changed", "Sign in again.", remedy=Remedy.SIGN_IN
    ),
    "INSUFFICIENT_PERMISSIONS": lambda: CredentialsError(
        "This Amazon user is not allowed to sign in to programs",
        "It needs the policy SignInLocalDevelopmentAccess. Sign in as the account's owner, or"
        " another way.",
        remedy=Remedy.COPY_PERMISSION,
        detail="To sign in to programs, this user needs the AWS managed policy"
        " SignInLocalDevelopmentAccess (arn:aws:iam::aws:policy/SignInLocalDevelopmentAccess).",
    ),
}
"""The service's own names for why there is no token."""

Output = Mapping[str, Any]
"""CreateOAuth2Token's `tokenOutput`: accessToken, expiresIn, refreshToken, idToken at first."""


def signin_client(region: str, key: ProofKey) -> SignInServiceClient:
    """A client of the sign-in service that proves with every request that it has `key`."""
    with aws_errors(Text("sign in")):
        session = session_with(None, region)
        client = session.client("signin", config=UNSIGNED_CONFIG)

    def add_proof(request: AWSRequest, **_: object) -> None:
        request.headers["DPoP"] = key.proof(str(request.method), str(request.url))

    # Not before-call, which comes once: a repeated request needs a proof of its own.
    client.meta.events.register("request-created.signin.CreateOAuth2Token", add_proof)
    return client


def page_address(client: SignInServiceClient) -> str:
    """Where the sign-in pages are: the same host as the tokens', whichever that is."""
    with aws_errors(Text("sign in")):
        url = client.generate_presigned_url(
            _CREATE_TOKEN,
            Params={"tokenInput": {"clientId": SAME_DEVICE, "grantType": "authorization_code"}},
        )
    return url.partition("/v1/")[0]


def authorize_url(page: str, client_id: str, redirect_uri: str, state: str, challenge: str) -> str:
    """The address of the page where a person signs in and allows it."""
    question = {
        "response_type": "code",
        "client_id": client_id,
        "state": state,
        "code_challenge_method": "SHA-256",
        "scope": "openid",
        "redirect_uri": redirect_uri,
        "code_challenge": challenge,
    }
    return f"{page}/v1/authorize?{urlencode(question)}"


def redeem(
    client: SignInServiceClient,
    code: str,
    verifier: str,
    redirect_uri: str,
    client_id: str = SAME_DEVICE,
) -> Output:
    """The page's code for tokens; it can be used once. Raises AppError."""
    return _ask(
        client,
        clientId=client_id,
        grantType="authorization_code",
        code=code,
        codeVerifier=verifier,
        redirectUri=redirect_uri,
    )


def lasting_credentials(
    client: SignInServiceClient,
    output: Output,
    *,
    client_id: str = SAME_DEVICE,
    ends_at: str | None = None,
    keep: Callable[[Output], None] = lambda output: None,
) -> RefreshableCredentials:
    """Credentials that renew themselves before they end; `keep` is told of each new output.

    `ends_at` (ISO 8601) is for an output of earlier. A renewal that fails raises AppError out of
    the call that needed it.
    """
    latest = output

    def renew() -> dict[str, str]:
        # botocore holds its lock meanwhile: two renewals never use the same refresh token.
        nonlocal latest
        try:
            latest = _ask(
                client,
                clientId=client_id,
                grantType="refresh_token",
                refreshToken=latest["refreshToken"],
            )
        except CredentialsError as error:
            # Amazon refuses some renewals after ten minutes: github.com/aws/aws-cli/issues/10613
            if _oauth_error(error.__cause__) == "INVALID_REQUEST":
                raise signed_out() from error
            raise
        keep(latest)
        return _metadata(latest, expiry(latest))

    return RefreshableCredentials.create_from_metadata(
        _metadata(output, ends_at or expiry(output)),
        refresh_using=renew,
        method="signin",
        advisory_timeout=RENEW_EARLY_S,
        mandatory_timeout=RENEW_LATEST_S,
    )


def identity(output: Output) -> str:
    """The ARN in the ID token, or an empty text. It came from Amazon itself through TLS."""
    try:
        payload = output["idToken"].split(".")[1]
        arn = json.loads(urlsafe_b64decode(payload + "=" * (-len(payload) % 4)))["sub"]
    except (KeyError, IndexError, ValueError, TypeError, AttributeError):
        return ""
    return arn if isinstance(arn, str) and arn.count(":") >= 5 else ""


def expiry(output: Output) -> str:
    """When these credentials end, as ISO 8601 in UTC, as botocore's caches write it."""
    ends_at = datetime.now(UTC) + timedelta(seconds=int(output["expiresIn"]))
    return ends_at.strftime("%Y-%m-%dT%H:%M:%SZ")


def _metadata(output: Output, ends_at: str) -> dict[str, str]:
    token = output["accessToken"]
    return {
        "access_key": token["accessKeyId"],
        "secret_key": token["secretAccessKey"],
        "token": token["sessionToken"],
        "expiry_time": ends_at,
    }


def _ask(client: SignInServiceClient, **token_input: str) -> Output:
    with signin_errors():
        output: Output = getattr(client, _CREATE_TOKEN)(tokenInput=token_input)["tokenOutput"]
        _metadata(output, expiry(output))  # nothing is missing
        output["refreshToken"]
        return output


@contextlib.contextmanager
def signin_errors() -> Iterator[None]:
    """Turn what goes wrong at a sign-in into AppErrors that name another way."""
    with aws_errors(Text("sign in")):
        try:
            yield
        except ClientError as error:
            raise _explain(error) from error
        except (KeyError, TypeError, ValueError) as error:
            raise AppError(
                "Amazon's sign-in gave an answer that Tagdrop does not understand",
                "Try again, or sign in another way.",
                remedy=Remedy.SIGN_IN,
            ) from error


def _oauth_error(error: BaseException | None) -> str:
    return str(error.response.get("error", "")) if isinstance(error, ClientError) else ""


def _explain(error: ClientError) -> AppError:
    """Why there is no token. The service's own name of it is beside botocore's, not within."""
    status = error.response.get("ResponseMetadata", {}).get("HTTPStatusCode", 0)
    known = _KNOWN.get(_oauth_error(error))
    if known is not None:
        return known()
    clock = clock_error(error)
    if clock is not None:
        return clock
    if status == 429 or status >= 500:
        return AppError(
            "Amazon's sign-in is busy or having problems",
            "Try again in a minute, or sign in another way.",
            remedy=Remedy.SIGN_IN,
        )
    return CredentialsError(
        "Amazon did not sign you in",
        "Try again, or sign in another way. Amazon says: {reason}",
        remedy=Remedy.SIGN_IN,
        reason=str(error.response.get("message", "")) or message_of(error),
    )
