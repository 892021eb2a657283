"""What `aws login` has left in ~/.aws, used and renewed.

botocore can do this with a C library of Amazon's (awscrt), which is not part of this program.
"""

from __future__ import annotations

import contextlib

from botocore.credentials import Credentials
from botocore.utils import JSONFileCache, LoginTokenLoader, get_login_token_cache_directory

from desktop.core.errors import CredentialsError

from .dpop import ProofKey
from .tokens import Output, expiry, lasting_credentials, signin_client

_ACCESS = ("accessKeyId", "secretAccessKey", "sessionToken")


def load_login_session(session_name: str, region: str) -> Credentials | None:
    """Credentials that renew themselves, or None when the person has to sign in again.

    A renewal is written back, or `aws login` would have to be repeated after ours.
    """
    loader = LoginTokenLoader(JSONFileCache(get_login_token_cache_directory()))
    token = loader.load_token(session_name)
    try:
        key = ProofKey.from_pem(token["dpopKey"])
        known = {name: token["accessToken"][name] for name in _ACCESS}
        account, ends_at = token["accessToken"]["accountId"], token["accessToken"]["expiresAt"]
        client_id, refresh_token = token["clientId"], token["refreshToken"]
    except (KeyError, TypeError, ValueError, AttributeError):
        return None

    def keep(output: Output) -> None:
        access = {name: output["accessToken"][name] for name in _ACCESS}
        access |= {"accountId": account, "expiresAt": expiry(output)}
        with contextlib.suppress(OSError):  # then it is lost for AWS's tools alone
            loader.save_token(
                session_name,
                {**token, "accessToken": access, "refreshToken": output["refreshToken"]},
            )

    credentials = lasting_credentials(
        signin_client(region, key),
        {"accessToken": known, "refreshToken": refresh_token},
        client_id=client_id,
        keep=keep,
        ends_at=ends_at,
    )
    try:
        credentials.get_frozen_credentials()
    except CredentialsError:
        return None
    return credentials
