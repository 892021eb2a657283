"""WebFile: a file's bytes over an encrypted way, from where they were cut off last time."""

from __future__ import annotations

import http.client
import queue
import re
import ssl
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from typing import IO, Any
from urllib.parse import urlsplit

from ..errors import AppError, Cancelled, NetworkError, Remedy
from ..web_address import is_safe

CHUNK_BYTES = 1 << 16
SILENCE_S = 30.0
"""A server that sends nothing for so long is given up."""
_TICK_S = 0.1
_AHEAD = 64
"""Chunks that are read before somebody writes them: 4 MB."""
_BUNDLES = (
    "/etc/pki/tls/certs/ca-bundle.crt",  # Fedora, Red Hat
    "/etc/ssl/ca-bundle.pem",  # openSUSE
    "/etc/ssl/cert.pem",  # Alpine, Arch
)
_RANGE = re.compile(r"bytes (\d+)-\d+/(\d+|\*)")


class _Left(BaseException):
    """Nobody listens any more."""


class WrongSizeError(Exception):
    """The server has a file of another size."""


class _SafeRedirects(urllib.request.HTTPRedirectHandler):
    """Follows to encrypted addresses only, and from there to no other."""

    def redirect_request(  # noqa: PLR0917 - urllib's
        self,
        req: urllib.request.Request,
        fp: IO[bytes],
        code: int,
        msg: str,
        headers: http.client.HTTPMessage,
        newurl: str,
    ) -> urllib.request.Request | None:
        left = urlsplit(req.full_url).scheme == "https" and urlsplit(newurl).scheme != "https"
        if left or not is_safe(newurl):
            fp.close()
            raise _unsafe(newurl)
        return super().redirect_request(req, fp, code, msg, headers, newurl)


@dataclass(slots=True)
class WebFile:
    """One request: what is left of a file of `size_bytes` after its first `start` bytes.

    With the `etag` of these bytes, a server that has another file by now sends all of that instead:
    then `start` is 0 after `open`.
    """

    url: str
    size_bytes: int
    start: int = 0
    etag: str = ""
    silence_s: float = field(default_factory=lambda: SILENCE_S)
    _queue: queue.Queue[Any] = field(default_factory=lambda: queue.Queue(_AHEAD))
    _left: threading.Event = field(default_factory=threading.Event)

    def open(self, cancel: threading.Event) -> None:
        """Ask, and wait for the answer's beginning.

        Raises WrongSizeError, NetworkError (retryable: the way may be better soon), AppError for
        what a second try does not change, and Cancelled. A thread of its own asks, so that a cancel
        never waits for a server. Proxies are those of the environment and the system.
        """
        threading.Thread(target=self._run, name="download", daemon=True).start()
        answer = self._next(cancel)
        self.start, self.etag = answer

    def chunks(self, cancel: threading.Event) -> Iterator[bytes]:
        """The bytes, to the end. Raises as `open` does; NetworkError also for an early end."""
        came = self.start
        while chunk := self._next(cancel):
            came += len(chunk)
            if came > self.size_bytes:
                raise WrongSizeError
            yield chunk
        if came < self.size_bytes:
            raise interrupted(self.url)

    def close(self) -> None:
        """Hear no more of it."""
        self._left.set()

    def _next(self, cancel: threading.Event) -> Any:
        until = time.monotonic() + self.silence_s
        while True:
            if cancel.is_set():
                raise Cancelled
            with suppress(queue.Empty):
                came = self._queue.get(timeout=_TICK_S)
                if isinstance(came, BaseException):
                    raise _in_words(came, self.url) from came
                return came
            if time.monotonic() > until:
                raise _silent(self.url)

    # In a thread of its own

    def _run(self) -> None:
        with suppress(_Left):
            try:
                with self._ask() as answer:
                    self._put((self._begin(answer), _strong(answer.headers.get("ETag"))))
                    while chunk := answer.read(CHUNK_BYTES):
                        self._put(chunk)
                self._put(b"")
            except http.client.IncompleteRead:
                self._put(b"")
            except Exception as error:  # noqa: BLE001 - whatever it is, the other thread is told
                self._put(error)

    def _put(self, what: object) -> None:
        while not self._left.is_set():
            with suppress(queue.Full):
                self._queue.put(what, timeout=_TICK_S)
                return
        raise _Left

    def _ask(self) -> http.client.HTTPResponse:
        if not is_safe(self.url):
            raise _unsafe(self.url)
        headers = {"User-Agent": "Tagdrop", "Accept-Encoding": "identity"}
        if self.start:
            headers["Range"] = f"bytes={self.start}-"
            if self.etag:
                headers["If-Range"] = self.etag
        request = urllib.request.Request(self.url, headers=headers)  # noqa: S310 - see is_safe
        encrypted = urllib.request.HTTPSHandler(context=_trusting())
        opener = urllib.request.build_opener(_SafeRedirects, encrypted)
        answer: http.client.HTTPResponse = opener.open(request, timeout=self.silence_s)
        return answer

    def _begin(self, answer: http.client.HTTPResponse) -> int:
        """Where the answer begins in the file."""
        if answer.status == http.HTTPStatus.PARTIAL_CONTENT:
            found = _RANGE.fullmatch(answer.headers.get("Content-Range", ""))
            if found is None or int(found[1]) != self.start:
                raise WrongSizeError
            if found[2] not in ("*", str(self.size_bytes)):
                raise WrongSizeError
            return self.start
        if answer.status != http.HTTPStatus.OK:
            raise WrongSizeError
        length = answer.headers.get("Content-Length")
        if length is not None and length != str(self.size_bytes):
            raise WrongSizeError
        return 0


def _trusting() -> ssl.SSLContext:
    """Whom the system trusts; what was built on another Linux looks in the wrong place for it."""
    context = ssl.create_default_context()
    known = ssl.get_default_verify_paths()
    if not (known.cafile or known.capath):
        for bundle in _BUNDLES:
            with suppress(OSError):
                context.load_verify_locations(bundle)
    return context


def _strong(etag: str | None) -> str:
    """An ETag that is good for If-Range; weak ones are not."""
    return etag if etag and etag.startswith('"') else ""


def _in_words(error: BaseException, url: str) -> BaseException:
    match error:
        case urllib.error.HTTPError():
            error.close()
            return _refused(url, error.code)
        case urllib.error.URLError(reason=ssl.SSLCertVerificationError()):
            return NetworkError(
                "The connection to {host} is not safe",
                "Something in between opens the encryption, a company's proxy or a virus scanner."
                " Ask IT, or download the model elsewhere and use `tagdrop model add`.",
                remedy=Remedy.TRY_AGAIN,
                host=_host(url),
            )
        case TimeoutError() | urllib.error.URLError(reason=TimeoutError()):
            return _silent(url)
        case OSError() | http.client.HTTPException() | ValueError():
            return _unreachable(url)
    return error  # in words already, or a bug


def _host(url: str) -> str:
    return urlsplit(url).hostname or url


def _unreachable(url: str) -> NetworkError:
    return NetworkError(
        "{host} cannot be reached",
        "Check the connection and try again. What has been downloaded is kept.",
        remedy=Remedy.TRY_AGAIN,
        host=_host(url),
    )


def interrupted(url: str) -> NetworkError:
    """What to say when an answer ends too early."""
    return NetworkError(
        "The download was interrupted",
        "The connection to {host} broke. Try again: what has been downloaded is kept.",
        remedy=Remedy.TRY_AGAIN,
        host=_host(url),
    )


def _silent(url: str) -> NetworkError:
    return NetworkError(
        "{host} does not answer",
        "It has sent nothing for a while. Try again later: what has been downloaded is kept.",
        remedy=Remedy.TRY_AGAIN,
        host=_host(url),
    )


def _refused(url: str, code: int) -> Exception:
    if code == http.HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE:
        return WrongSizeError()
    if code >= http.HTTPStatus.INTERNAL_SERVER_ERROR or code == http.HTTPStatus.TOO_MANY_REQUESTS:
        return NetworkError(
            "{host} is too busy",
            "It answered with error {code}. Try again later: what has been downloaded is kept.",
            remedy=Remedy.TRY_AGAIN,
            host=_host(url),
            code=code,
        )
    if code == http.HTTPStatus.PROXY_AUTHENTICATION_REQUIRED:
        return AppError(
            "The proxy asks for a password",
            "Put it into the proxy's address (HTTPS_PROXY), or download the model elsewhere and"
            " use `tagdrop model add`.",
            remedy=Remedy.TRY_AGAIN,
        )
    return AppError(
        "{host} no longer has the model",
        "It answered with error {code}. Update Tagdrop, or try again later.",
        remedy=Remedy.TRY_AGAIN,
        host=_host(url),
        code=code,
    )


def _unsafe(url: str) -> AppError:
    return AppError(
        "The download was led to an address that is not encrypted",
        "Tagdrop does not follow to {host}. Try again later, or over another connection.",
        remedy=Remedy.TRY_AGAIN,
        host=_host(url),
    )
