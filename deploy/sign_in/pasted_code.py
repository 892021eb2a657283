"""Sign-in with a code that Amazon's page shows, as `aws login --remote` does it.

For when the browser cannot come back to this computer, or is on another one.
"""

from __future__ import annotations

import base64
import hmac
import re
import threading
import uuid
from urllib.parse import parse_qs

from desktop.core.errors import CredentialsError, Remedy

from ..cancellable import call_cancellable
from .access import Access
from .browser import access_of
from .dpop import ProofKey
from .loopback import make_verifier
from .tokens import CROSS_DEVICE, authorize_url, page_address, redeem, signin_client

PATH = "/v1/sessions/confirmation"
"""Amazon's page that shows the code."""


class CodeSignIn:
    """One sign-in: made, shown to a person by its `url`, redeemed. Loads boto3: in a worker."""

    def __init__(self, region: str) -> None:
        self._region = region
        self._client = signin_client(region, ProofKey.new())
        page = page_address(self._client)
        self._state = str(uuid.uuid4())
        self._verifier, challenge = make_verifier()
        self._redirect_uri = page + PATH
        self.url = authorize_url(page, CROSS_DEVICE, self._redirect_uri, self._state, challenge)
        """The page to sign in at, in any browser. Good for this sign-in alone."""

    def redeem(self, pasted: str, cancel: threading.Event) -> Access:
        """The access of whoever got this code. Raises AppError, or Cancelled."""
        code, state = _parse(pasted)
        if not hmac.compare_digest(state.encode(), self._state.encode()):
            raise CredentialsError(
                "This code is from another attempt",
                "Open Amazon's page again and paste the code that it shows then.",
                remedy=Remedy.PASTE_AGAIN,
            )
        return call_cancellable(lambda: self._redeem(code), cancel)

    def close(self) -> None:
        """Give up."""
        self._client.close()

    def _redeem(self, code: str) -> Access:
        output = redeem(self._client, code, self._verifier, self._redirect_uri, CROSS_DEVICE)
        return access_of(self._client, output, self._region, CROSS_DEVICE)


def _parse(pasted: str) -> tuple[str, str]:
    """Code and state in what the page shows: base64 of "state=…&code=…"."""
    text = re.sub(r"\s", "", pasted)
    try:
        query = base64.b64decode(text + "=" * (-len(text) % 4), validate=True).decode()
        found = parse_qs(query, max_num_fields=20)
        return found["code"][0], found["state"][0]
    except (ValueError, KeyError) as error:
        raise CredentialsError(
            "This is not the code that Amazon's page shows",
            "Copy all of it, from its first to its last character.",
            remedy=Remedy.PASTE_AGAIN,
        ) from error
