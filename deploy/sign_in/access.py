"""Who is signed in to Amazon: in memory, for a set-up, a repair or a removal; never stored."""

from __future__ import annotations

import dataclasses
import threading
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

import botocore.session
from boto3 import Session
from botocore import UNSIGNED
from botocore.config import Config
from botocore.credentials import Credentials

from desktop.aws.errors import aws_errors, is_unknown_key
from desktop.core.credentials import AccessKey
from desktop.core.errors import CredentialsError
from desktop.core.texts import Text

from ..cancellable import call_cancellable

if TYPE_CHECKING:
    from types_boto3_sts.type_defs import GetCallerIdentityResponseTypeDef

Way = Literal["browser", "profile", "key"]
ANY_REGION = "us-east-1"
"""Where to ask who it is when no region was chosen: the answer is the same everywhere."""

CONFIG = Config(connect_timeout=5, read_timeout=15, retries={"mode": "standard"})
"""Every client gives up in time, so that a person is not left waiting for a dead network."""
UNSIGNED_CONFIG = CONFIG.merge(Config(signature_version=UNSIGNED))
"""The same for services that are asked before there is a key."""

ROOT_SIGNED_IN = Text(
    "You are signed in as the account's owner. Tagdrop uses this only for set-up: it creates a"
    " labelling-only key for itself and keeps nothing of the owner's."
)
ROOT_KEY = Text(
    "This is the account owner's key, which can do everything. Tagdrop uses it only for set-up"
    " and does not keep it. Amazon advises against having such a key; you can delete it"
    " afterwards."
)


@dataclass(frozen=True, slots=True)
class Access:
    """A person's own rights in an account. `name` is the profile's, where it was one.

    The session renews its credentials by itself for as long as Amazon allows it.
    """

    way: Way
    session: Session = field(repr=False)
    account: str
    arn: str
    name: str = ""

    @property
    def is_root(self) -> bool:
        """Whether it is the account's owner, who may do everything and whose key is never kept."""
        return self.arn.endswith(":root")

    @property
    def warning(self) -> Text | None:
        """What a person should know about being the account's owner; None for everybody else."""
        if not self.is_root:
            return None
        return ROOT_SIGNED_IN if self.way == "browser" else ROOT_KEY


def identify(session: Session, way: Way, name: str = "") -> Access:
    """Ask Amazon whose session this is: a free call that no policy can forbid.

    No key is known in a location that its account has not switched on; so it is asked elsewhere
    then, and `check_region` has the words for it.
    """

    def ask(region: str) -> GetCallerIdentityResponseTypeDef:
        with aws_errors(Text("look up its own account"), "pasted" if way == "key" else "person"):
            sts = session.client("sts", region_name=region, config=CONFIG)
            answer = sts.get_caller_identity()
            sts.close()
        return answer

    region = session.region_name or ANY_REGION
    try:
        answer = ask(region)
    except CredentialsError as error:
        if region == ANY_REGION or not is_unknown_key(error):
            raise
        answer = ask(ANY_REGION)
    return Access(way, session, answer["Account"], answer["Arn"], name)


def use_key(key: AccessKey, cancel: threading.Event | None = None) -> Access:
    """The access of a key that a person gave. Raises AppError, or Cancelled."""
    session = session_with(Credentials(key.key_id, key.secret), None)
    return call_cancellable(lambda: identify(session, "key"), cancel or threading.Event())


def in_region(access: Access, region: str) -> Access:
    """The same access at another of Amazon's locations; credentials and renewal are shared."""
    with aws_errors(Text("sign in")):
        credentials = access.session.get_credentials()
        profile = (access.name or None) if access.way == "profile" else None
        return dataclasses.replace(access, session=session_with(credentials, region, profile))


def session_with(
    credentials: Credentials | None, region: str | None, profile: str | None = None
) -> Session:
    """A boto3 Session with these credentials: botocore's, which may renew themselves, or None.

    `profile` says whose other settings in ~/.aws count, a company's certificates say.
    """
    session = botocore.session.Session(profile=profile)
    session.register_component("credential_provider", _Given(credentials))
    with aws_errors(Text("sign in")):
        return Session(botocore_session=session, region_name=region)


@dataclass(frozen=True, slots=True)
class _Given:
    """A provider in botocore's sense, of credentials that are there already."""

    credentials: Credentials | None = field(repr=False)

    def load_credentials(self) -> Credentials | None:
        return self.credentials
