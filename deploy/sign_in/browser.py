"""Browser sign-in to AWS, as `aws login` does it: an OAuth code with PKCE, for this computer.

AWS has not promised this way to other programs than its own, so every failure names another way.
"""

from __future__ import annotations

import threading
import webbrowser
from collections.abc import Callable
from typing import TYPE_CHECKING

from ..cancellable import call_cancellable
from .access import Access, identify, session_with
from .dpop import ProofKey
from .loopback import LIMIT_S, Loopback, make_verifier
from .tokens import (
    SAME_DEVICE,
    Output,
    authorize_url,
    identity,
    lasting_credentials,
    page_address,
    redeem,
    signin_client,
)

if TYPE_CHECKING:
    from types_boto3_signin import SignInServiceClient


class BrowserSignIn:
    """One sign-in: made, shown to a person by its `url`, awaited, closed. Loads boto3: in a worker.

    `region` is where the person signs in; the access works in every other one too (`in_region`).
    `open_browser` is called in a thread of its own (so Qt's must be asked by a signal) and tells
    whether it worked.
    """

    def __init__(
        self,
        region: str,
        open_browser: Callable[[str], bool] = webbrowser.open,
        *,
        limit_s: float = LIMIT_S,
    ) -> None:
        self._region = region
        self._open_browser = open_browser
        self._limit_s = limit_s
        self._client = signin_client(region, ProofKey.new())
        page = page_address(self._client)
        self._verifier, challenge = make_verifier()
        self._loopback = Loopback()
        self.url = authorize_url(
            page, SAME_DEVICE, self._loopback.redirect_uri, self._loopback.state, challenge
        )
        """The page to sign in at; for "Copy the link". Good for this sign-in alone."""

    @property
    def is_browser_open(self) -> bool | None:
        """None until it is known; False: the person has to open the link by hand."""
        return self._loopback.is_browser_open

    def wait(self, cancel: threading.Event) -> Access:
        """Open the browser and wait for the person, ten minutes at most; closes in any case.

        Raises AppError with words that end in another way, or Cancelled.
        """
        try:
            self._loopback.show(self.url, self._open_browser)
            code = self._loopback.wait(cancel, self._limit_s)
            return call_cancellable(lambda: self._redeem(code), cancel)
        finally:
            self.close()

    def close(self) -> None:
        """Give up; a wait() in another thread ends with Cancelled."""
        self._loopback.close()

    def _redeem(self, code: str) -> Access:
        output = redeem(self._client, code, self._verifier, self._loopback.redirect_uri)
        return access_of(self._client, output, self._region, SAME_DEVICE)


def access_of(client: SignInServiceClient, output: Output, region: str, client_id: str) -> Access:
    """Who has signed in, by the tokens."""
    credentials = lasting_credentials(client, output, client_id=client_id)
    session = session_with(credentials, region)
    arn = identity(output)
    if arn:
        return Access("browser", session, arn.split(":")[4], arn)
    return identify(session, "browser")
