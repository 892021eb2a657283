"""Which addresses of the web may be asked: what comes from them is acted upon."""

from __future__ import annotations

from urllib.parse import urlsplit

_HERE = frozenset({"127.0.0.1", "::1", "localhost"})


def is_safe(url: str) -> bool:
    """Whether an address is encrypted, or this computer's own. ValueError for what is none."""
    parts = urlsplit(url)
    return parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in _HERE)
