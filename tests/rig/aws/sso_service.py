"""What SSO profiles need beside the sign-in: IAM Identity Center's tokens and its roles' keys."""

from __future__ import annotations

import time
from typing import Any

from .dpop_check import unb64
from .signin_service import REDIRECT, Refusal, SignIn, check_fields

SCOPE = "sso:account:access"
REGISTERED_REDIRECT = "http://127.0.0.1/oauth/callback"


class Sso:
    """RegisterClient, the page, CreateToken and GetRoleCredentials. One person, any role."""

    def __init__(self, signin: SignIn) -> None:
        self._signin = signin
        self._clients: dict[str, str] = {}  # id -> secret
        self._tokens: dict[str, float] = {}  # access token -> its end
        self._refresh: dict[str, str] = {}  # refresh token -> client id

    def register(self, body: dict[str, Any]) -> dict[str, Any]:
        """RegisterClient for the authorization code with PKCE."""
        expected = {
            "clientType": "public",
            "grantTypes": ["authorization_code", "refresh_token"],
            "redirectUris": [REGISTERED_REDIRECT],
            "scopes": [SCOPE],
        }
        for name, value in expected.items():
            if body.get(name) != value:
                raise _refused("invalid_request", f"{name}: {body.get(name)}")
        if not str(body.get("issuerUrl", "")).startswith("https://"):
            raise _refused("invalid_request", "the issuer is no address")
        with self._signin.lock:
            client_id = f"client-{len(self._clients)}"
            self._clients[client_id] = self._signin.new_secret("", 120)
            now = int(time.time())
            return {
                "clientId": client_id,
                "clientSecret": self._clients[client_id],
                "clientIdIssuedAt": now,
                "clientSecretExpiresAt": now + 90 * 86_400,
            }

    def authorize(self, query: dict[str, str]) -> tuple[int, str]:
        """The page at which the person allows it."""
        with self._signin.lock:
            self._signin.log.pages += 1
            names = {"response_type", "client_id", "redirect_uri", "state", "scopes"}
            if set(query) != names | {"code_challenge_method", "code_challenge"}:
                raise _refused("invalid_request", f"parameters: {sorted(query)}")
            fixed = (query["response_type"], query["code_challenge_method"], query["scopes"])
            if fixed != ("code", "S256", SCOPE) or query["client_id"] not in self._clients:
                raise _refused("invalid_request", f"{fixed} of {query['client_id']}")
            if not REDIRECT.fullmatch(query["redirect_uri"]):
                raise _refused("invalid_request", "the redirect URI is not allowed")
            if len(unb64(query["code_challenge"])) != 32:
                raise _refused("invalid_request", "the challenge is no SHA-256")
            return self._signin.ask_person(query)

    def token(self, body: dict[str, str]) -> dict[str, Any]:
        """CreateToken."""
        with self._signin.lock:
            if error := self._signin.settings.fail.get("sso"):
                raise _refused(error, f"The stand-in says {error}")
            if self._clients.get(body.get("clientId", "")) != body.get("clientSecret"):
                raise _refused("invalid_client", "the client is unknown")
            if body.get("grantType") == "refresh_token":
                check_fields(body, {"clientId", "clientSecret", "grantType", "refreshToken"})
                if self._refresh.pop(body["refreshToken"], None) != body["clientId"]:
                    raise _refused("invalid_grant", "the refresh token is unknown")
            else:
                names = {"clientId", "clientSecret", "grantType"}
                check_fields(body, names | {"code", "codeVerifier", "redirectUri"})
                self._signin.use_code(body)
            return self._new_token(body["clientId"])

    def _new_token(self, client_id: str) -> dict[str, Any]:
        settings = self._signin.settings
        token = self._signin.new_secret("", 180)
        self._tokens[token] = time.monotonic() + settings.sso_expires_in_s
        answer = {
            "accessToken": token,
            "tokenType": "Bearer",
            "expiresIn": settings.sso_expires_in_s,
        }
        if settings.sso_refreshes:
            answer["refreshToken"] = self._signin.new_secret("", 180)
            self._refresh[answer["refreshToken"]] = client_id
        tokens = self._signin.log.tokens
        tokens["sso"] = tokens.get("sso", 0) + 1
        return answer

    def role_credentials(self, query: dict[str, str], bearer: str) -> dict[str, Any]:
        """GetRoleCredentials."""
        with self._signin.lock:
            if error := self._signin.settings.fail.get("role"):
                raise Refusal("", "No access", 403, error)
            if self._tokens.get(bearer, 0) < time.monotonic():
                raise Refusal(
                    "", "Session token not found or invalid", 401, "UnauthorizedException"
                )
            if not query.get("account_id") or not query.get("role_name"):
                raise Refusal("", "no role", 400, "InvalidRequestException")
            key_id, secret, token = self._signin.new_key()
            return {
                "roleCredentials": {
                    "accessKeyId": key_id,
                    "secretAccessKey": secret,
                    "sessionToken": token,
                    "expiration": int((time.time() + 3600) * 1000),
                }
            }


def _refused(error: str, message: str) -> Refusal:
    kind = "".join(part.capitalize() for part in error.split("_")) + "Exception"
    return Refusal(error, message, 400, kind)
