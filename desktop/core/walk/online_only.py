"""Files whose content is only with a cloud service: to read one would download it."""

from __future__ import annotations

import os
import re
import stat

_RECALLED = stat.FILE_ATTRIBUTE_OFFLINE | 0x00040000 | 0x00400000
"""OFFLINE, RECALL_ON_OPEN and RECALL_ON_DATA_ACCESS: OneDrive, Dropbox, iCloud on Windows."""
_DATALESS = 0x40000000
"""SF_DATALESS: iCloud and other file providers on macOS."""
_PLACEHOLDER = re.compile(r"\.(?P<name>.+)\.icloud", re.IGNORECASE)


def is_online_only(status: os.stat_result) -> bool:
    """Whether a file's content is elsewhere, by what the system says of the file itself."""
    attributes: int = getattr(status, "st_file_attributes", 0)
    flags: int = getattr(status, "st_flags", 0)
    return bool(attributes & _RECALLED or flags & _DATALESS)


def placeholder_of(name: str) -> str | None:
    """The name of the file that a placeholder of an older iCloud stands for; None for others."""
    found = _PLACEHOLDER.fullmatch(name)
    return found and found["name"]
