"""The browser sign-in of a company's portal (SSO, IAM Identity Center), as `aws sso login` does it.

A code with PKCE, for older profiles too. The token goes where AWS's own tools keep theirs, so that
they need not ask again, nor do we after them.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from botocore.exceptions import InvalidConfigError
from botocore.utils import JSONFileCache, SSOTokenLoader, validate_region_name

from desktop.core.errors import StorageError

from ..cancellable import call_cancellable
from .access import UNSIGNED_CONFIG, session_with
from .loopback import PATH, Loopback, make_verifier
from .tokens import signin_errors

if TYPE_CHECKING:
    from types_boto3_sso_oidc import SSOOIDCClient
    from types_boto3_sso_oidc.type_defs import (
        CreateTokenResponseTypeDef,
        RegisterClientResponseTypeDef,
    )


SCOPE = "sso:account:access"
REGISTERED_REDIRECT = f"http://127.0.0.1{PATH}"  # the service lets any port follow


@dataclass(frozen=True, slots=True)
class Portal:
    """Where a profile signs in. `session_name` is None for a profile of the older form."""

    start_url: str
    region: str
    scopes: tuple[str, ...]
    session_name: str | None

    @classmethod
    def of(cls, profile: Mapping[str, Any], sso_sessions: Mapping[str, Any]) -> Portal:
        """The portal of a profile. Raises a BotoCoreError when something lacks."""
        name = profile.get("sso_session")
        source = profile if name is None else sso_sessions.get(name)
        if source is None:
            raise InvalidConfigError(error_msg=f'There is no sso-session "{name}".')
        needed = {**source, **profile}
        for wanted in ("sso_start_url", "sso_region", "sso_account_id", "sso_role_name"):
            if not needed.get(wanted):
                raise InvalidConfigError(error_msg=f"{wanted} is missing.")
        validate_region_name(needed["sso_region"])
        given = str(source.get("sso_registration_scopes", SCOPE)).split(",")
        scopes = tuple(scope.strip() for scope in given if scope.strip())
        return cls(needed["sso_start_url"], needed["sso_region"], scopes, name)


def has_token(portal: Portal) -> bool:
    """Whether AWS's tools have a token for it that is good, or that they can renew."""
    try:
        token = SSOTokenLoader(_cache())(portal.start_url, portal.session_name)
        if _is_future(token["expiresAt"]):
            return True
        # botocore renews what belongs to an sso-session, and only that.
        can_renew = portal.session_name is not None and bool(token.get("refreshToken"))
        return can_renew and _is_future(token["registrationExpiresAt"])
    except Exception:  # noqa: BLE001 - other programs write these files: what is odd is no token
        return False


def sign_in(portal: Portal, cancel: threading.Event, open_browser: Callable[[str], bool]) -> None:
    """Open the portal's page and wait for the person; the token is stored. Ten minutes at most.

    Raises AppError, or Cancelled.
    """
    client = session_with(None, portal.region).client("sso-oidc", config=UNSIGNED_CONFIG)
    loopback = Loopback()
    try:
        with signin_errors():
            registration = call_cancellable(lambda: _register(client, portal), cancel)
            verifier, challenge = make_verifier()
            question = {
                "response_type": "code",
                "client_id": registration["clientId"],
                "redirect_uri": loopback.redirect_uri,
                "state": loopback.state,
                "code_challenge_method": "S256",
                "scopes": " ".join(portal.scopes),
                "code_challenge": challenge,
            }
            url = f"{client.meta.endpoint_url}/authorize?{urlencode(question)}"
            loopback.show(url, open_browser)
            code = loopback.wait(cancel)
            answer = call_cancellable(
                lambda: client.create_token(
                    clientId=registration["clientId"],
                    clientSecret=registration["clientSecret"],
                    grantType="authorization_code",
                    code=code,
                    codeVerifier=verifier,
                    redirectUri=loopback.redirect_uri,
                ),
                cancel,
            )
            _store(portal, registration, answer)
    finally:
        loopback.close()
        client.close()


def _register(client: SSOOIDCClient, portal: Portal) -> RegisterClientResponseTypeDef:
    return client.register_client(
        clientName="Tagdrop",
        clientType="public",
        grantTypes=["authorization_code", "refresh_token"],
        redirectUris=[REGISTERED_REDIRECT],
        issuerUrl=portal.start_url,
        scopes=list(portal.scopes),
    )


def _store(
    portal: Portal,
    registration: RegisterClientResponseTypeDef,
    answer: CreateTokenResponseTypeDef,
) -> None:
    """In the form that botocore's SSOTokenProvider reads and renews."""
    ends_at = datetime.now(UTC) + timedelta(seconds=answer["expiresIn"])
    registered_until = datetime.fromtimestamp(registration["clientSecretExpiresAt"], UTC)
    token = {
        "startUrl": portal.start_url,
        "region": portal.region,
        "accessToken": answer["accessToken"],
        "expiresAt": _to_text(ends_at),
        "clientId": registration["clientId"],
        "clientSecret": registration["clientSecret"],
        "registrationExpiresAt": _to_text(registered_until),
    }
    if "refreshToken" in answer:
        token["refreshToken"] = answer["refreshToken"]
    try:
        SSOTokenLoader(_cache()).save_token(portal.start_url, token, portal.session_name)
    except OSError as error:
        raise StorageError(
            "The sign-in cannot be saved for AWS's tools",
            "{path}: {reason}. Is the disk full or write-protected?",
            path=str(_folder()),
            reason=error.strerror or str(error),
        ) from error


def _folder() -> Path:
    return Path.home() / ".aws" / "sso" / "cache"


def _cache() -> JSONFileCache:
    return JSONFileCache(str(_folder()))


def _is_future(time: str) -> bool:
    # Older tools have written UTC for Z. A time without a zone is not comparable: no token.
    return datetime.fromisoformat(time.replace("UTC", "Z")) > datetime.now(UTC)


def _to_text(time: datetime) -> str:
    return time.strftime("%Y-%m-%dT%H:%M:%SZ")
