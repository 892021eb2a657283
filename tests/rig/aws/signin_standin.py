"""A stand-in for Amazon's sign-in as a process: the browser's page, the tokens, and those of SSO.

What it checks is in `signin_service` and `sso_service`. Start it by hand with

    python -m tests.rig.aws.signin_standin --port 9001

and lead a program there with AWS_ENDPOINT_URL_SIGNIN, AWS_ENDPOINT_URL_SSO_OIDC and
AWS_ENDPOINT_URL_SSO. Control: `PUT /_control` with a JSON object of any of Settings' fields,
`GET /_control` for what happened, `DELETE /_control` to start anew; `POST /_control/adopt` with a
refresh token and a public key, to know what another program signed in.
"""

from __future__ import annotations

import dataclasses
import email.utils
import json
import time
import uuid
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from .lifeline import serve
from .signin_service import CONFIRMATION, Log, Refusal, SignIn, confirm
from .sso_service import Sso


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    signin: SignIn  # both set by make_server
    sso: Sso

    def do_GET(self) -> None:
        address = urlsplit(self.path)
        query = dict(parse_qsl(address.query, keep_blank_values=True))
        try:
            if address.path == "/_control":
                log = dataclasses.asdict(self.signin.log)
                self._send_json(200, log | {"settings": dataclasses.asdict(self.signin.settings)})
            elif address.path == "/federation/credentials":
                bearer = self.headers.get("x-amz-sso_bearer_token", "")
                self._send_json(200, self.sso.role_credentials(query, bearer))
            else:
                self._send_page(*self._page(address.path, query))
        except Refusal as error:
            self._refuse(error, self.signin.log)

    def _page(self, path: str, query: dict[str, str]) -> tuple[int, str]:
        if path == "/v1/authorize":
            return self.signin.authorize(query)
        if path == "/authorize":
            return self.sso.authorize(query)
        if path == CONFIRMATION:
            return confirm(query)
        if path == "/decide":
            return self.signin.decide(query)
        raise Refusal("RESOURCE_NOT_FOUND", path, 404)

    def do_POST(self) -> None:
        log = self.signin.log  # a slow answer may come when another test has begun
        body = self._read_json()
        proof = self.headers.get("DPoP", "")
        url = f"http://{self.headers['Host']}{self.path}"
        try:
            if self.path == "/v1/token":
                self._send_json(200, self.signin.token(body, proof, url))
            elif self.path == "/client/register":
                self._send_json(200, self.sso.register(body))
            elif self.path == "/token":
                self._send_json(200, self.sso.token(body))
            elif self.path == "/_control/adopt":
                self.signin.adopt(body["refresh"], body["jwk"])
                self._send_json(200, {})
            else:
                raise Refusal("RESOURCE_NOT_FOUND", self.path, 404)
        except Refusal as error:
            self._refuse(error, log)

    def do_PUT(self) -> None:
        self.signin.change(self._read_json())
        self._send_json(200, {})

    def do_DELETE(self) -> None:
        self.signin.reset()
        self._send_json(200, {})

    def log_message(self, *_args: object) -> None:
        """Stay silent: the log at /_control tells what a test needs."""

    def date_time_string(self, timestamp: float | None = None) -> str:
        """The service's own time, for the Date header."""
        off_s = self.signin.settings.clock_off_s
        return email.utils.formatdate((timestamp or time.time()) + off_s, usegmt=True)

    def _refuse(self, error: Refusal, log: Log) -> None:
        log.refused.append(f"{error.error or error.kind}: {error.message}")
        body = {"error": error.error, "message": error.message, "error_description": error.message}
        self._send_json(error.status, body, {"x-amzn-ErrorType": error.kind})

    def _read_json(self) -> dict[str, Any]:
        body: dict[str, Any] = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        return body

    def _send_page(self, status: int, page: str) -> None:
        headers = {"Location": page} if status == 302 else {"Content-Type": "text/html"}
        self._send(status, b"" if status == 302 else page.encode(), headers)

    def _send_json(self, status: int, body: Any, headers: dict[str, str] | None = None) -> None:
        kind = {"Content-Type": "application/json", "x-amzn-RequestId": str(uuid.uuid4())}
        self._send(status, json.dumps(body).encode(), kind | (headers or {}))

    def _send(self, status: int, data: bytes, headers: dict[str, str]) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)


def make_server(port: int) -> ThreadingHTTPServer:
    """A server on the loopback interface, ready to serve; port 0 takes a free one."""
    service = SignIn()

    class Handler(_Handler):
        signin = service
        sso = Sso(service)

    class Server(ThreadingHTTPServer):
        daemon_threads = True

    return Server(("127.0.0.1", port), Handler)


if __name__ == "__main__":
    serve("tests.rig.aws.signin_standin", make_server)
