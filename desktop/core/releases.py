"""Whether a newer Tagdrop was published: asks the page that names it, and fetches nothing else."""

from __future__ import annotations

import http.client
import json
import logging
import re
import urllib.request
from dataclasses import dataclass
from urllib.parse import urlsplit

from .web_address import is_safe

log = logging.getLogger(__name__)

TIMEOUT_S = 10.0
MOST_BYTES = 1_000_000
_VERSION = re.compile(r"v?(\d{1,9}(?:\.\d{1,9}){0,3})")
_NO_RELEASE = (
    *(OSError, http.client.HTTPException),  # no answer
    *(ValueError, TypeError, KeyError, RecursionError),  # another one
)


@dataclass(frozen=True, slots=True)
class Release:
    """A published version and the page for people that tells of it."""

    version: str
    page: str


def newer_release(url: str, version: str) -> Release | None:
    """The newest release, if it is newer than `version`; what it holds is not fetched.

    `url` answers with JSON in the form of GitHub's `/releases/latest`: `tag_name` ("v1.2.0") and
    `html_url`, on the same host. Both travel encrypted, except on this computer. None also when
    there is no answer or no such one: a person who cannot be told misses nothing that is urgent.
    """
    try:
        if not is_safe(url):
            raise ValueError("not an encrypted address")
        request = urllib.request.Request(url, headers={"User-Agent": "Tagdrop"})  # noqa: S310 - see above
        with urllib.request.urlopen(request, timeout=TIMEOUT_S) as answer:  # noqa: S310 # nosec B310
            data = json.loads(answer.read(MOST_BYTES))
        found, page = _VERSION.fullmatch(data["tag_name"]), str(data["html_url"])
        if found is None or not is_safe(page) or not _same_site(page, url):
            raise ValueError("not the answer of a release page")
    except _NO_RELEASE as error:
        log.info("no newer version is known: %s", error)
        return None
    return Release(found[1], page) if _parts(found[1]) > _parts(version) else None


def _parts(version: str) -> list[int]:
    """`1.2.0` is 1.2."""
    parts = [int(part) for part in version.split(".")]
    while parts and not parts[-1]:
        parts.pop()
    return parts


def _same_site(page: str, url: str) -> bool:
    """github.com tells of what api.github.com names."""
    ours, theirs = urlsplit(page).hostname or "", urlsplit(url).hostname or ""
    return bool(ours) and (theirs == ours or theirs.endswith(f".{ours}"))
