"""A process of the rig: what it begins with, and its end with the test run that started it.

A run that is killed closes no fixtures; but its end of the standard input's pipe closes.
"""

from __future__ import annotations

import argparse
import os
import sys
import threading
from collections.abc import Callable
from http.server import ThreadingHTTPServer

VARIABLE = "END_WITH_STDIN"


def end_with_parent() -> None:
    """From now on, end when standard input ends, if the rig asks for it."""
    if os.environ.get(VARIABLE):
        threading.Thread(target=_wait_and_end, daemon=True).start()


def serve(module: str, make_server: Callable[[int], ThreadingHTTPServer]) -> None:
    """Serve until interrupted; the first line of standard output is the address."""
    parser = argparse.ArgumentParser(prog=f"python -m {module}")
    parser.add_argument("--port", type=int, default=0, help="0 (the default) takes a free one")
    end_with_parent()
    server = make_server(parser.parse_args().port)
    print(f"http://127.0.0.1:{server.server_address[1]}", flush=True)
    try:
        server.serve_forever()
    except KeyboardInterrupt:
        server.server_close()


def _wait_and_end() -> None:
    os.read(sys.stdin.fileno(), 1)
    os._exit(0)
