"""microburst for signed requests: all that the client signed, the host too, reaches the emulator.

Start it as `python -m tests.faults.microburst_signed` with microburst's own options. An answer that
is aborted after 0 bytes is lost as a whole, its head too.
"""

from __future__ import annotations

import sys
from typing import Any

from aiohttp import web
from microburst import forward
from microburst.cli import main

from tests.rig.aws.lifeline import end_with_parent

_outbound_headers = forward.Upstream._outbound_headers
_stream_to_client = forward._stream_to_client


def _keep_host(self: forward.Upstream, request: web.Request) -> dict[str, str]:
    return {**_outbound_headers(self, request), "host": request.headers["Host"]}


async def _answer_or_lose(
    request: web.Request,
    status: int,
    headers: Any,
    mutator: forward.ResponseFault | None,
    chunks: Any,
) -> web.StreamResponse:
    if mutator is None or mutator.abort_bytes != 0:
        return await _stream_to_client(request, status, headers, mutator, chunks)
    if request.transport is not None:
        request.transport.abort()
    return web.Response()  # which nobody gets


if __name__ == "__main__":
    end_with_parent()
    forward.Upstream._outbound_headers = _keep_host
    forward._stream_to_client = _answer_or_lose
    sys.exit(main())
