"""Whether other sites answer where Amazon does not: one of them is asked."""

from __future__ import annotations

import enum
import queue
import threading
import time
from typing import Any

from botocore.awsrequest import AWSRequest
from botocore.exceptions import BotoCoreError
from botocore.httpsession import URLLib3Session
from botocore.utils import get_environ_proxies

URL = "http://detectportal.firefox.com/success.txt"
"""Made for this question; not encrypted, so that a Wi-Fi's sign-in page can answer instead."""
ITS_ANSWER = b"success"
WAIT_S = 2.0
"""Who needs longer is as good as silent."""
KEEP_S = 30.0
"""For so long an answer counts: a hundred images that fail at once ask together."""


class OtherSite(enum.Enum):
    """What the other site did."""

    ANSWERS = enum.auto()
    SILENT = enum.auto()
    REPLACED = enum.auto()  # something else answered in its place


class Inquiry:
    """Asks, waits no longer than WAIT_S, and remembers the answer for a while. Thread-safe."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._answer = OtherSite.SILENT
        self._asked_at = float("-inf")

    def ask(self) -> OtherSite:
        """What the other site does; at once, where that is known."""
        with self._lock:
            if time.monotonic() - self._asked_at > KEEP_S:
                self._answer = _ask_in_time()
                self._asked_at = time.monotonic()
            return self._answer


def fetch(url: str, timeout_s: float = WAIT_S) -> Any:
    """An answer by the way that botocore takes, proxies included; redirects are not followed.

    It has status_code, headers and content. Raises BotoCoreError.
    """
    session = URLLib3Session(proxies=get_environ_proxies(url), timeout=timeout_s)
    try:
        return session.send(AWSRequest("GET", url).prepare())
    finally:
        session.close()


def _ask_in_time() -> OtherSite:
    answers: queue.SimpleQueue[OtherSite] = queue.SimpleQueue()
    # In a thread of its own, because looking up a name knows no limit.
    threading.Thread(target=lambda: answers.put(_ask()), name="other-site", daemon=True).start()
    try:
        return answers.get(timeout=WAIT_S)
    except queue.Empty:
        return OtherSite.SILENT


def _ask() -> OtherSite:
    try:
        answer = fetch(URL)
    except (BotoCoreError, OSError):
        return OtherSite.SILENT
    is_its_own = answer.status_code == 200 and answer.content.startswith(ITS_ANSWER)
    return OtherSite.ANSWERS if is_its_own else OtherSite.REPLACED


ask_other_site = Inquiry().ask
