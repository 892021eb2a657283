"""What Amazon's sign-in checks and hands out: the logic of `signin_standin`, without the HTTP.

It refuses whatever the real service refuses, or might: every parameter of the page's address, the
PKCE verifier, the DPoP proof (signature, method, address, time, used twice, another key), a code
or refresh token that was used before. It hands out keys that the emulator accepts.
"""

from __future__ import annotations

import base64
import dataclasses
import hashlib
import json
import re
import secrets
import threading
import time
import uuid
from collections.abc import Mapping
from typing import Any, Literal
from urllib.parse import urlencode

from .dpop_check import ProofError, b64, check_proof, thumbprint, unb64

CLIENT = "arn:aws:signin:::devtools/same-device"
REMOTE = "arn:aws:signin:::devtools/cross-device"
CONFIRMATION = "/v1/sessions/confirmation"
REDIRECT = re.compile(r"http://127\.0\.0\.1:\d{2,5}/oauth/callback")
REDIRECTS = {  # of whom the page may lead where; the second is its own, which shows a code
    CLIENT: REDIRECT,
    REMOTE: re.compile(rf"http://127\.0\.0\.1:\d{{2,5}}{CONFIRMATION}"),
}
STATUS = {  # by the model's documentation of AccessDeniedException
    "TOKEN_EXPIRED": 401,
    "AUTHCODE_EXPIRED": 401,
    "USER_CREDENTIALS_CHANGED": 403,
    "INSUFFICIENT_PERMISSIONS": 403,
}


class Refusal(Exception):
    """An error as the service would answer it; `error` is OAuth's or the service's own code."""

    def __init__(self, error: str, message: str, status: int = 400, kind: str = "") -> None:
        super().__init__(error, message)
        self.error, self.message, self.status = error, message, status
        self.kind = kind or ("AccessDeniedException" if error in STATUS else "ValidationException")


@dataclasses.dataclass
class Settings:
    """What `PUT /_control` may change."""

    arn: str = "arn:aws:iam::000000000000:user/somebody"  # who signs in
    person: Literal["allows", "denies", "decides"] = "allows"  # decides: a page with two links
    fail: dict[str, str] = dataclasses.field(default_factory=dict)  # grant type -> error code
    delay_s: float = 0.0  # before each token
    expires_in_s: int = 900
    code_lives_s: float = 600.0
    session_lives_s: float = 12 * 3600.0
    with_id_token: bool = True
    answers_nothing: bool = False  # a token that is an empty object
    sso_expires_in_s: int = 8 * 3600
    sso_refreshes: bool = True
    clock_off_s: float = 0.0  # the service's clock against this computer's


@dataclasses.dataclass
class Question:
    """What the browser's page was asked."""

    query: dict[str, str]
    asked_at: float
    is_used: bool = False


@dataclasses.dataclass
class Session:
    """A person's sign-in and the key that it is bound to."""

    key: str  # its thumbprint
    started_at: float
    client: str = CLIENT


@dataclasses.dataclass
class Log:
    """What `GET /_control` tells: pages asked, tokens given by grant type, what was refused and
    why, and every secret that was handed out or in."""

    pages: int = 0
    tokens: dict[str, int] = dataclasses.field(default_factory=dict)
    refused: list[str] = dataclasses.field(default_factory=list)
    secrets: list[str] = dataclasses.field(default_factory=list)


class SignIn:
    """The page and the tokens. Thread-safe."""

    def __init__(self) -> None:
        self.lock = threading.RLock()
        self.reset()

    def reset(self) -> None:
        with self.lock:
            self.settings, self.log = Settings(), Log()
            self.codes: dict[str, Question] = {}
            self._asked: dict[str, dict[str, str]] = {}
            self._refresh: dict[str, Session] = {}
            self._proofs: set[str] = set()

    def change(self, changes: dict[str, Any]) -> None:
        with self.lock:
            self.settings = dataclasses.replace(self.settings, **changes)

    def new_secret(self, prefix: str, length: int) -> str:
        """A secret that a test can look for, where it must not be."""
        random = secrets.token_urlsafe(length).replace("-", "/").replace("_", "+")
        secret = (prefix + random)[:length]
        self.log.secrets.append(secret)
        return secret

    def new_key(self) -> tuple[str, str, str]:
        """Key id, secret and session token, as temporary ones look."""
        key_id = "ASIA" + secrets.token_hex(8).upper()
        return key_id, self.new_secret("", 40), self.new_secret("IQoJ", 300)

    def authorize(self, query: dict[str, str]) -> tuple[int, str]:
        """Status and, for 302, where the browser goes; for 200, a page."""
        with self.lock:
            self.log.pages += 1
            _check_question(query)
            return self.ask_person(query)

    def ask_person(self, query: dict[str, str]) -> tuple[int, str]:
        with self.lock:
            if self.settings.person == "decides":
                handle = secrets.token_urlsafe(8)
                self._asked[handle] = query
                links = (
                    f"<a href='/decide?of={handle}&as={answer}'>{answer}</a>"
                    for answer in ("allows", "denies")
                )
                return 200, f"<!doctype html><title>Amazon</title>{' '.join(links)}"
            return 302, self._way_back(query, self.settings.person)

    def decide(self, query: dict[str, str]) -> tuple[int, str]:
        with self.lock:
            return 302, self._way_back(self._asked.pop(query["of"]), query["as"])

    def _way_back(self, query: dict[str, str], person: str) -> str:
        if person == "denies":
            answer = {"error": "access_denied", "state": query["state"]}
        else:
            code = self.new_secret("", 64)
            self.codes[code] = Question(query, time.monotonic())
            answer = {"code": code, "state": query["state"]}
        return f"{query['redirect_uri']}?{urlencode(answer)}"

    def token(self, body: dict[str, str], proof: str, url: str) -> dict[str, Any]:
        """CreateOAuth2Token."""
        with self.lock:
            settings = self.settings
        time.sleep(settings.delay_s)
        with self.lock:
            key = self._check_proof(proof, url)
            if body.get("clientId") not in REDIRECTS:
                raise Refusal("INVALID_REQUEST", "unknown client")
            grant = body.get("grantType", "")
            if error := settings.fail.get(grant):
                raise _told(error)
            if grant == "authorization_code":
                session = self._redeem(body, key)
            elif grant == "refresh_token":
                session = self._renew(body, key)
            else:
                raise Refusal("INVALID_REQUEST", "unknown grant type")
            self.log.tokens[grant] = self.log.tokens.get(grant, 0) + 1
            output = {} if settings.answers_nothing else self._output(session)
            if output and grant == "authorization_code" and settings.with_id_token:
                output["idToken"] = _id_token(settings.arn)
            return output

    def _redeem(self, body: dict[str, str], key: str) -> Session:
        check_fields(body, {"clientId", "grantType", "code", "codeVerifier", "redirectUri"})
        question = self.use_code(body)
        if body["clientId"] != question.query["client_id"]:
            raise Refusal("INVALID_REQUEST", "the code is another client's")
        return Session(key, time.monotonic(), body["clientId"])

    def use_code(self, body: dict[str, str]) -> Question:
        """Check the code, its verifier and where it was sent; it is good for once."""
        question = self.codes.get(body["code"])
        if question is None:
            raise Refusal("INVALID_REQUEST", "unknown code")
        age_s = time.monotonic() - question.asked_at
        if question.is_used or age_s > self.settings.code_lives_s:
            raise _told("AUTHCODE_EXPIRED")
        verifier = body["codeVerifier"]
        self.log.secrets.append(verifier)
        if not re.fullmatch(r"[A-Za-z0-9._~-]{64}", verifier):
            raise Refusal("INVALID_REQUEST", "the verifier has another form")
        if b64(hashlib.sha256(verifier.encode()).digest()) != question.query["code_challenge"]:
            raise Refusal("INVALID_REQUEST", "the verifier does not fit the challenge")
        if body["redirectUri"] != question.query["redirect_uri"]:
            raise Refusal("INVALID_REQUEST", "the redirect URI has changed")
        question.is_used = True
        return question

    def _renew(self, body: dict[str, str], key: str) -> Session:
        check_fields(body, {"clientId", "grantType", "refreshToken"})
        session = self._refresh.pop(body["refreshToken"], None)  # each is good for once
        if session is None or time.monotonic() - session.started_at > self.settings.session_lives_s:
            raise _told("TOKEN_EXPIRED")
        if session.key != key:
            raise Refusal("INVALID_REQUEST", "the proof is another key's")
        if session.client != body["clientId"]:
            raise Refusal("INVALID_REQUEST", "the refresh token is another client's")
        return session

    def _output(self, session: Session) -> dict[str, Any]:
        key_id, secret, token = self.new_key()
        refresh = self.new_secret("ASOR", 200)
        self._refresh[refresh] = session
        return {
            "accessToken": {
                "accessKeyId": key_id,
                "secretAccessKey": secret,
                "sessionToken": token,
            },
            "tokenType": "aws_sigv4",
            "expiresIn": self.settings.expires_in_s,
            "refreshToken": refresh,
        }

    def _check_proof(self, proof: str, url: str) -> str:
        try:
            jti, key = check_proof(proof, url, time.time() + self.settings.clock_off_s)
        except ProofError as error:
            raise Refusal("INVALID_REQUEST", str(error)) from error
        if jti in self._proofs:
            raise Refusal("INVALID_REQUEST", "the proof was used before")
        self._proofs.add(jti)
        return key

    def adopt(self, refresh: str, jwk: Mapping[str, str]) -> None:
        """Know a refresh token of a sign-in that another program made (`aws login`, say)."""
        with self.lock:
            self.log.secrets.append(refresh)
            self._refresh[refresh] = Session(thumbprint(jwk), time.monotonic())


def confirm(query: dict[str, str]) -> tuple[int, str]:
    """The page that shows the code which a person pastes: base64 of state and code."""
    if set(query) != {"state", "code"}:
        return 200, "<!doctype html><title>Amazon</title>Not allowed."
    shown = base64.b64encode(urlencode(query).encode()).decode()
    return 200, f"<!doctype html><title>Amazon</title><code>{shown}</code>"


def _check_question(query: dict[str, str]) -> None:
    fixed = {
        "response_type": "code",
        "code_challenge_method": "SHA-256",
        "scope": "openid",
    }
    if set(query) != {*fixed, "client_id", "state", "redirect_uri", "code_challenge"}:
        raise Refusal("INVALID_REQUEST", f"parameters: {sorted(query)}")
    for name, value in fixed.items():
        if query[name] != value:
            raise Refusal("INVALID_REQUEST", f"{name}={query[name]}")
    try:
        uuid.UUID(query["state"])
        challenge = unb64(query["code_challenge"])
    except ValueError as error:
        raise Refusal("INVALID_REQUEST", f"state or challenge: {error}") from error
    if query["client_id"] not in REDIRECTS:
        raise Refusal("INVALID_REQUEST", f"client_id={query['client_id']}")
    if not REDIRECTS[query["client_id"]].fullmatch(query["redirect_uri"]):
        raise Refusal("INVALID_REQUEST", "the redirect URI is not allowed")
    if len(challenge) != 32:
        raise Refusal("INVALID_REQUEST", "the challenge is no SHA-256")


def check_fields(body: dict[str, str], wanted: set[str]) -> None:
    if set(body) != wanted:
        raise Refusal("INVALID_REQUEST", f"fields: {sorted(body)}")


def _told(error: str) -> Refusal:
    if error == "TOO_MANY":
        return Refusal("INVALID_REQUEST", "Too many requests", 429, "TooManyRequestsError")
    if error == "server_error":
        return Refusal(error, "Internal error", 500, "InternalServerException")
    return Refusal(error, f"The stand-in says {error}", STATUS.get(error, 400))


def _id_token(arn: str) -> str:
    parts = ({"alg": "ES384", "typ": "JWT"}, {"sub": arn, "aud": CLIENT, "iat": int(time.time())})
    return ".".join([*(b64(json.dumps(part).encode()) for part in parts), "c2lnbmVk"])
