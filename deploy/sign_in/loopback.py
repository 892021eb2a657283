"""Where the browser comes back to after a sign-in: a listener on this computer, for one answer.

The address that the browser opens holds the code which stands for the person's consent. So it is
neither logged nor shown, and what reaches the listener without our state changes nothing.
"""

from __future__ import annotations

import hashlib
import hmac
import logging
import re
import secrets
import socket
import socketserver
import sys
import threading
import uuid
from collections.abc import Callable
from concurrent.futures import Future, InvalidStateError
from http.server import BaseHTTPRequestHandler
from typing import Any, cast
from urllib.parse import parse_qs, urlsplit

from desktop.core.errors import AppError, CredentialsError, Remedy

from ..cancellable import await_answer
from .dpop import base64_url

log = logging.getLogger(__name__)

PATH = "/oauth/callback"
LIMIT_S = 600.0
_POLL_S = 0.1
_IDLE_S = 10.0

_PAGE = """<!doctype html><html lang="en"><meta charset="utf-8"><title>Tagdrop</title>
<meta name="viewport" content="width=device-width"><meta name="color-scheme" content="light dark">
<style>body{{font:1.1rem/1.5 system-ui,sans-serif;max-width:32rem;margin:20vh auto;padding:0 1rem}}
</style><h1>{title}</h1><p>{message}</p></html>"""


class Loopback:
    """Listens from the start; close() it in any case. A thread of its own serves the browser."""

    def __init__(self) -> None:
        self.state = str(uuid.uuid4())
        self.is_browser_open: bool | None = None  # None until it is known
        self._answer: Future[str] = Future()
        self._closed = threading.Event()
        try:
            server = _Server(self._take)
        except OSError as error:
            raise AppError(
                "The browser cannot reach Tagdrop",
                "This computer does not allow connections to itself (127.0.0.1): {reason}. Sign"
                " in another way.",
                remedy=Remedy.TRY_AGAIN,
                reason=error.strerror or str(error),
            ) from error
        self.redirect_uri = f"http://127.0.0.1:{server.server_address[1]}{PATH}"
        threading.Thread(target=self._serve, args=(server,), name="sign-in", daemon=True).start()

    def show(self, url: str, open_browser: Callable[[str], bool]) -> None:
        """Open the page, in a thread: some browsers are waited for until they are closed."""

        def run() -> None:
            try:
                self.is_browser_open = bool(open_browser(url))
            except Exception as error:  # noqa: BLE001 - whatever it is, there is the link
                log.info("no browser was opened: %s", type(error).__name__)
                self.is_browser_open = False

        threading.Thread(target=run, name="open-browser", daemon=True).start()

    def wait(self, cancel: threading.Event, limit_s: float = LIMIT_S) -> str:
        """The code that the browser brings.

        Raises CredentialsError when Amazon or the person refused, AppError when nobody came in
        `limit_s`, Cancelled when cancelled or closed.
        """
        try:
            return await_answer(self._answer, cancel, limit_s)
        except TimeoutError as error:
            raise AppError(
                "No answer came from the browser",
                "Tagdrop waited for {minutes} minutes. Try again, or sign in another way.",
                remedy=Remedy.SIGN_IN,
                minutes=round(limit_s / 60),
            ) from error

    def close(self) -> None:
        """Stop listening. Returns at once; the port is free a moment later."""
        self._answer.cancel()
        self._closed.set()

    def _serve(self, server: _Server) -> None:
        with server:
            while not self._closed.is_set():
                server.handle_request()

    def _take(self, path: str) -> tuple[int, str, str]:
        """What to answer to a GET of `path`: status, title, message."""
        parts = urlsplit(path)
        if parts.path != PATH:
            return 404, "Nothing here", "This address has nothing to show."
        try:
            query = parse_qs(parts.query, max_num_fields=20)
        except ValueError:
            query = {}
        if not self._is_ours(query):
            return 400, "Not the sign-in Tagdrop waits for", "Go back to Tagdrop and start again."
        if "error" in query:
            self._settle(_refusal(query["error"][0]))
            return 200, "Not signed in", "Amazon did not sign you in. Go back to Tagdrop."
        if not self._settle(query["code"][0]):
            return 200, "Already done", "Tagdrop has its answer. You can close this page."
        return 200, "Done here", "You can close this page and go back to Tagdrop."

    def _is_ours(self, query: dict[str, list[str]]) -> bool:
        """Whether it is one answer to our question. A refusal may come without the state."""
        if any(len(values) != 1 for values in query.values()):
            return False
        if len({"code", "error"} & set(query)) != 1:
            return False
        (state,) = query.get("state", [""])
        if not state and "error" in query:
            return True
        return hmac.compare_digest(state.encode(), self.state.encode())

    def _settle(self, answer: str | AppError) -> bool:
        """Whether this was the first answer."""
        try:
            if isinstance(answer, AppError):
                self._answer.set_exception(answer)
            else:
                self._answer.set_result(answer)
        except InvalidStateError:
            return False
        return True


def make_verifier() -> tuple[str, str]:
    """PKCE (RFC 7636): a secret of 64 characters, and what may be shown of it beforehand."""
    verifier = secrets.token_urlsafe(48)
    return verifier, base64_url(hashlib.sha256(verifier.encode()).digest())


def _refusal(code: str) -> CredentialsError:
    if code == "access_denied":
        return CredentialsError(
            "The sign-in was not allowed",
            "Choose Allow on Amazon's page, or sign in another way.",
            remedy=Remedy.SIGN_IN,
        )
    return CredentialsError(
        "Amazon did not sign you in",
        "Try again, or sign in another way. Amazon says: {reason}",
        remedy=Remedy.SIGN_IN,
        reason=re.sub(r"[^\w .-]", "", code)[:60],
    )


class _Server(socketserver.ThreadingTCPServer):
    # A browser opens connections that it does not use: each has a thread, so none is in the way.
    # Not an HTTPServer, which asks the DNS for its own name: seconds on a computer without one.
    daemon_threads = True
    timeout = _POLL_S

    def __init__(self, take: Callable[[str], tuple[int, str, str]]) -> None:
        self.take = take
        super().__init__(("127.0.0.1", 0), _Handler)

    def server_bind(self) -> None:
        exclusive = getattr(socket, "SO_EXCLUSIVEADDRUSE", None)
        if exclusive is not None:  # Windows lets another program take over a port otherwise
            self.socket.setsockopt(socket.SOL_SOCKET, exclusive, 1)
        super().server_bind()

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Without the default's traceback on the terminal: a browser may hang up at any time."""
        log.info("a browser's request failed: %s", type(sys.exc_info()[1]).__name__)


class _Handler(BaseHTTPRequestHandler):
    timeout = _IDLE_S
    server_version, sys_version = "Tagdrop", ""

    def do_GET(self) -> None:
        status, title, message = cast(_Server, self.server).take(self.path)
        data = _PAGE.format(title=title, message=message).encode()
        self.send_response(status)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(data)))
        self.send_header("Cache-Control", "no-store")
        self.send_header("Referrer-Policy", "no-referrer")
        self.send_header("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'")
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *_args: object) -> None:
        """Stay silent: the address holds the code."""
