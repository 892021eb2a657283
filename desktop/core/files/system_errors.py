"""What the system's refusals mean, by its own numbers: on Windows Python's `errno` misleads.

There a network that is gone becomes EINVAL or ENOENT, as if there were no such file, and a drive
without a card EACCES, as if it were forbidden; `winerror` says what it is. Numbers: winerror.h.
"""

from __future__ import annotations

import errno
import ntpath
import os
from collections.abc import Mapping
from enum import Enum, auto


class Trouble(Enum):
    """`AWAY`: nothing is known of the file, as its drive or network is not there.

    `LINK`: it leads in a circle, or to what is none of the system's. `NAME`: no file can be called
    so there. `ONLINE`: its content is with a cloud service that does not give it.
    """

    AWAY = auto()
    NO_CARD = auto()
    GONE = auto()
    LINK = auto()
    NAME = auto()
    DENIED = auto()
    PROTECTED = auto()
    IN_USE = auto()
    FULL = auto()
    ONLINE = auto()
    OTHER = auto()


_PATH_NOT_FOUND = 3
_ON_WINDOWS: Mapping[int, Trouble] = {
    **dict.fromkeys((21, 1112), Trouble.NO_CARD),
    **dict.fromkeys((32, 33, 1224), Trouble.IN_USE),  # shared, locked, mapped
    **dict.fromkeys((39, 112, 1295), Trouble.FULL),
    19: Trouble.PROTECTED,
    **dict.fromkeys((111, 123, 161, 206), Trouble.NAME),  # too long, or not allowed
    **dict.fromkeys((1920, 1921, 4392, 4393, 4394), Trouble.LINK),  # reparse points
    # A bad network path or name; a device, session or connection that is gone; a time-out; I/O.
    **dict.fromkeys((15, 51, 53, 54, 55, 59, 64, 65, 67, 121, 240, 433, 1117), Trouble.AWAY),
    **dict.fromkeys((1167, 1203, 1222, 1225, 1231, 1232, 1236, 1256, 1326), Trouble.AWAY),
    # A stick that was changed or cannot be read: as EIO is elsewhere.
    **dict.fromkeys((20, 22, 23, 27, 29, 30, 31, 483, 1005, 1006, 1110, 1392, 1393), Trouble.AWAY),
    # ERROR_CLOUD_FILE_…: the service is not running, not signed in, offline, late.
    **dict.fromkeys((362, 377, 386, 388, 389, 393, 398, 404, 426), Trouble.ONLINE),
}
_ELSEWHERE: Mapping[str, Trouble] = {
    "ENOMEDIUM": Trouble.NO_CARD,
    "ELOOP": Trouble.LINK,
    "ENAMETOOLONG": Trouble.NAME,
    "EROFS": Trouble.PROTECTED,
    **dict.fromkeys(("ENOENT", "ENOTDIR"), Trouble.GONE),
    **dict.fromkeys(("EACCES", "EPERM"), Trouble.DENIED),
    **dict.fromkeys(("ETXTBSY", "EBUSY"), Trouble.IN_USE),
    **dict.fromkeys(("ENOSPC", "EDQUOT", "EFBIG"), Trouble.FULL),
    **dict.fromkeys(
        (
            *("EIO", "ENXIO", "ENODEV", "ESTALE", "ENOTCONN", "ETIMEDOUT", "EHOSTDOWN"),
            *("EHOSTUNREACH", "ENETDOWN", "ENETUNREACH", "ECONNRESET", "ECONNABORTED"),
            *("EREMOTEIO", "ESHUTDOWN"),
        ),
        Trouble.AWAY,
    ),
}
_BY_ERRNO = {
    getattr(errno, name): what for name, what in _ELSEWHERE.items() if hasattr(errno, name)
}


def trouble_of(error: OSError) -> Trouble:
    """What an error of the system means."""
    number = getattr(error, "winerror", None) or 0
    if number == _PATH_NOT_FOUND and _is_drive_gone(error.filename):
        return Trouble.AWAY
    return _ON_WINDOWS.get(number) or _BY_ERRNO.get(error.errno or 0, Trouble.OTHER)


def _is_drive_gone(path: str | bytes | None) -> bool:
    """Whether a path's drive letter is nobody's any more: its stick was pulled."""
    drive = ntpath.splitdrive(os.fsdecode(path or ""))[0]
    return drive.endswith(":") and not os.path.exists(f"{drive}\\")  # noqa: PTH110 - no Path yet
