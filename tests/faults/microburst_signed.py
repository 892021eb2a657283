"""microburst for signed requests: all that the client signed, the host too, reaches the emulator.

Start it as `python -m tests.faults.microburst_signed` with microburst's own options.
"""

from __future__ import annotations

import sys

from aiohttp import web
from microburst import forward
from microburst.cli import main

from tests.rig.aws.lifeline import end_with_parent

_outbound_headers = forward.Upstream._outbound_headers


def _keep_host(self: forward.Upstream, request: web.Request) -> dict[str, str]:
    return {**_outbound_headers(self, request), "host": request.headers["Host"]}


if __name__ == "__main__":
    end_with_parent()
    forward.Upstream._outbound_headers = _keep_host
    sys.exit(main())
