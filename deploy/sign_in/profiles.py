"""Profiles of ~/.aws: what AWS's own tools are set up with, SSO and `aws login` too."""

from __future__ import annotations

import contextlib
import dataclasses
import threading
import webbrowser
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

import botocore.session
from boto3 import Session
from botocore.credentials import Credentials
from botocore.exceptions import (
    ConfigParseError,
    CredentialRetrievalError,
    InfiniteLoopConfigError,
    InvalidConfigError,
    InvalidRegionError,
    MissingDependencyException,
    PartialCredentialsError,
    ProfileNotFound,
    SSOError,
    TokenRetrievalError,
    UnknownCredentialError,
)
from botocore.utils import validate_region_name

from desktop.aws.errors import aws_errors, signed_out
from desktop.core.errors import CredentialsError, Remedy
from desktop.core.texts import Text

from ..cancellable import call_cancellable
from . import sso
from .access import ANY_REGION, Access, identify, session_with
from .browser import BrowserSignIn
from .login_session import load_login_session

Kind = Literal["key", "sso", "role", "login", "process"]
_MARKS: tuple[tuple[str, Kind], ...] = (
    ("role_arn", "role"),
    ("sso_account_id", "sso"),
    ("sso_role_name", "sso"),
    ("login_session", "login"),
    ("aws_access_key_id", "key"),
    ("credential_process", "process"),
)
"""What tells a profile's kind, in the order in which botocore looks."""

_BROKEN = (
    InfiniteLoopConfigError,
    InvalidConfigError,
    InvalidRegionError,
    PartialCredentialsError,
    ProfileNotFound,
    UnknownCredentialError,
)


@dataclass(frozen=True, slots=True)
class Profile:
    """A profile that gives credentials; `region` as it says itself."""

    name: str
    kind: Kind
    region: str | None


def list_profiles() -> list[Profile]:
    """All profiles with credentials, the default one first. Raises CredentialsError.

    Loads botocore and reads two files: in a worker.
    """
    profiles, _ = _read_config()
    found = [
        Profile(name, kind, profile.get("region"))
        for name, profile in profiles.items()
        if (kind := _kind(profile)) is not None
    ]
    return sorted(found, key=lambda profile: profile.name != "default")


def use_profile(
    name: str,
    cancel: threading.Event,
    open_url: Callable[[str], bool] = webbrowser.open,
) -> Access:
    """The access of a profile; where a sign-in is missing or over, through the browser.

    `open_url` is called in a thread of its own and tells whether it worked. A profile that wants
    the code of a device is refused. Raises AppError, or Cancelled.
    """
    profiles, sso_sessions = _read_config()
    chain = list(_chain(profiles, name))
    if not chain:
        raise CredentialsError(
            'There is no profile "{name}"',
            "Choose another profile, or sign in another way.",
            remedy=Remedy.SIGN_IN,
            name=name,
        )
    if any("mfa_serial" in profile for profile in chain):
        raise CredentialsError(
            'The profile "{name}" needs a code from your device',
            "That works only in a terminal. Sign in with the browser instead.",
            remedy=Remedy.SIGN_IN,
            name=name,
        )
    if _kind(chain[0]) == "login":
        return _use_login(name, chain[0], cancel, open_url)
    with _profile_errors(name):
        portals = [sso.Portal.of(p, sso_sessions) for p in chain if _kind(p) == "sso"]
    for portal in portals:
        if not sso.has_token(portal):
            sso.sign_in(portal, cancel, open_url)
    access = call_cancellable(lambda: _open(name), cancel)
    if access is None:
        for portal in portals:
            sso.sign_in(portal, cancel, open_url)
        access = call_cancellable(lambda: _open(name), cancel)
    if access is None:
        raise signed_out()
    return access


def open_session(name: str | None, region: str | None) -> Session:
    """A boto3 Session for a terminal: of a profile, or with what Amazon's tools would use.

    It may ask there for the code of a device, and opens no browser. Raises AppError.
    """
    profiles, _ = _read_config()
    used = name or botocore.session.Session(profile=None).profile or "default"
    with _profile_errors(used):
        session = Session(profile_name=name, region_name=region)
        try:
            session.get_credentials()
        except MissingDependencyException:
            profile = profiles.get(used, {})
            if _kind(profile) != "login":
                raise
            credentials = _login_credentials(profile)
            if credentials is None:
                raise signed_out() from None
            session = session_with(credentials, region or profile.get("region"), used)
    return session


def _open(name: str) -> Access | None:
    """None when a portal does not know its token any more, though its time may not be over."""
    with _profile_errors(name):
        session = Session(profile_name=name)
        if session.region_name is not None:
            validate_region_name(session.region_name)
        credentials = session.get_credentials()
        if credentials is None:
            raise InvalidConfigError(error_msg="It holds no credentials.")
        try:
            credentials.get_frozen_credentials()
        except (SSOError, TokenRetrievalError):
            return None
    return identify(session, "profile", name)


def _use_login(
    name: str,
    profile: Mapping[str, Any],
    cancel: threading.Event,
    open_url: Callable[[str], bool],
) -> Access:
    """What `aws login` has left, or the same sign-in anew."""
    with _profile_errors(name):
        credentials = call_cancellable(lambda: _login_credentials(profile), cancel)
    if credentials is None:
        region = profile.get("region") or ANY_REGION
        access = BrowserSignIn(region, open_browser=open_url).wait(cancel)
        return dataclasses.replace(access, way="profile", name=name)
    session = session_with(credentials, profile.get("region"), name)
    return call_cancellable(lambda: identify(session, "profile", name), cancel)


def _login_credentials(profile: Mapping[str, Any]) -> Credentials | None:
    region = profile.get("region") or ANY_REGION
    validate_region_name(region)
    return load_login_session(profile["login_session"], region)


def _read_config() -> tuple[dict[str, Any], dict[str, Any]]:
    """The profiles and the sso-sessions of both files."""
    try:
        config = botocore.session.Session(profile=None).full_config
    except ConfigParseError as error:
        raise CredentialsError(
            "A settings file of AWS's tools cannot be read",
            "{path} has the wrong format. Fix it, or sign in another way.",
            remedy=Remedy.SIGN_IN,
            path=str(error.kwargs.get("path", "~/.aws")),
        ) from error
    return config.get("profiles", {}), config.get("sso_sessions", {})


def _kind(profile: Mapping[str, Any]) -> Kind | None:
    return next((kind for mark, kind in _MARKS if mark in profile), None)


def _chain(profiles: Mapping[str, Any], name: str) -> Iterator[Mapping[str, Any]]:
    """The profile, the one its role is assumed with, and so on; each once."""
    seen = set()
    while name in profiles and name not in seen:
        seen.add(name)
        yield profiles[name]
        name = str(profiles[name].get("source_profile", ""))


@contextlib.contextmanager
def _profile_errors(name: str) -> Iterator[None]:
    with aws_errors(Text("use this profile")):
        try:
            yield
        except _BROKEN as error:
            raise _unusable(name, str(error)) from error
        except CredentialRetrievalError as error:
            raise _no_key_from_program(name, str(error.kwargs.get("error_msg", ""))) from error
        except (OSError, ValueError, TypeError, AttributeError) as error:
            # A program that is not there, or whose answer has a form in which botocore does not
            # find its way. What it has answered may hold the secret, so it is not shown.
            reason = error.strerror if isinstance(error, OSError) else None
            raise _no_key_from_program(name, reason or type(error).__name__) from error


def _unusable(name: str, reason: str) -> CredentialsError:
    return CredentialsError(
        'The profile "{name}" cannot be used',
        "Fix it, or sign in another way. Amazon's tools say: {reason}",
        remedy=Remedy.SIGN_IN,
        name=name,
        reason=reason,
    )


def _no_key_from_program(name: str, reason: str) -> CredentialsError:
    return CredentialsError(
        'The program named in the profile "{name}" returned no key',
        "Fix it, or sign in another way. The program says: {reason}",
        remedy=Remedy.SIGN_IN,
        name=name,
        reason=" ".join(reason.split())[:300],
    )
