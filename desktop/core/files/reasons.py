"""Reasons: why a file was not written, in words; it is as it was, and the others go on."""

from __future__ import annotations

import errno

from ..errors import AppError, ImageError, Remedy

_FULL = {errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC), errno.EFBIG}
_FULL_ON_WINDOWS = {39, 112, 1295}
"""ERROR_HANDLE_DISK_FULL, ERROR_DISK_FULL, ERROR_DISK_QUOTA_EXCEEDED; of these Python knows one."""
_GONE = {errno.ENOENT, errno.ENOTDIR}
_DENIED = {errno.EACCES, errno.EPERM, errno.EROFS}
_AWAY_NAMES = (
    "EIO",
    "ENXIO",
    "ENODEV",
    "ESTALE",
    "ENOTCONN",
    "ETIMEDOUT",
    "EHOSTDOWN",
    "EHOSTUNREACH",
    "ENETDOWN",
    "ENETUNREACH",
    "ECONNRESET",
    "ECONNABORTED",
    "EREMOTEIO",
    "ESHUTDOWN",
)
_AWAY = {getattr(errno, name) for name in _AWAY_NAMES if hasattr(errno, name)}
_OPEN_ELSEWHERE = {32, 33, 1224}
"""Windows: ERROR_SHARING_VIOLATION, ERROR_LOCK_VIOLATION and ERROR_USER_MAPPED_FILE."""
_AWAY_ON_WINDOWS = {21, 53, 55, 59, 64, 65, 67, 121, 1117, 1167, 1231}
"""Not ready, bad network path, device gone, network errors, time-out, I/O error, not connected."""


def reason_for(error: OSError) -> ImageError:
    """What the system's refusal to write or to read a file means."""
    code, windows = error.errno, getattr(error, "winerror", None)
    if windows in _OPEN_ELSEWHERE or code in {errno.ETXTBSY, errno.EBUSY}:
        return ImageError(
            "This file is open in another program",
            "Close it there, then try again.",
            remedy=Remedy.TRY_AGAIN,
        )
    if windows in _AWAY_ON_WINDOWS or code in _AWAY:
        return ImageError(
            "The drive or network share cannot be reached",
            "The file is as it was. Connect the drive, then try again.",
            remedy=Remedy.TRY_AGAIN,
        )
    if windows in _FULL_ON_WINDOWS or code in _FULL:
        return ImageError(
            "The disk is full",
            "The file is as it was. Make room on its disk, then try again.",
            remedy=Remedy.TRY_AGAIN,
        )
    if code in _GONE:
        return ImageError(
            "This file is gone", "It was moved, renamed or deleted, or its drive was unplugged."
        )
    if code in _DENIED:
        return ImageError(
            "This file cannot be written",
            "This user account may not write to its folder. Change the folder's permissions.",
        )
    return ImageError(
        "This file could not be written",
        "The system says: {reason}. The file is as it was.",
        reason=error.strerror or type(error).__name__,
    )


def changed() -> ImageError:
    """Somebody else has written to it since it was looked at."""
    return ImageError(
        "This file has just changed",
        "Another program wrote to it, so it was left alone. Try again.",
        remedy=Remedy.TRY_AGAIN,
    )


def changed_since() -> ImageError:
    """What was written into it cannot be taken back without what somebody did later."""
    return ImageError(
        "This file has been changed since it was saved",
        "Another program wrote to it later, so it was left as it is now.",
    )


def saved_since() -> AppError:
    """Saves are undone the newest first."""
    return AppError(
        "This cannot be undone now",
        "Something else was saved after it. Undo that first.",
    )


def other_picture() -> ImageError:
    """The labels belong to what it held when it was labelled."""
    return ImageError(
        "This photo has been edited since it was labelled",
        "Its labels may no longer fit. Add it again to label it, then save the keywords.",
    )


def read_only() -> ImageError:
    """It is marked so, or belongs to somebody else."""
    return ImageError("This file is read-only", "Allow changes to it, then try again.")


def leads_out() -> ImageError:
    """A link whose file lies outside of the folders that were added."""
    return ImageError(
        "This link leads to another folder",
        "The file itself is outside the folder that you added. Add its own folder.",
    )


def has_other_names() -> ImageError:
    """To replace it would part it from its other hard links."""
    return ImageError(
        "This file has several names",
        "The same file is in several folders (hard links), and writing would separate them.",
    )


def has_other_owner() -> ImageError:
    """A file that takes its place would be ours."""
    return ImageError(
        "This file belongs to someone else",
        "Writing would make you its owner, so it was left alone.",
    )


def name_taken() -> ImageError:
    """Nothing is overwritten."""
    return ImageError(
        "Another file has its name",
        "A file with this name is now there, and nothing is overwritten. Try again.",
        remedy=Remedy.TRY_AGAIN,
    )


def is_link() -> ImageError:
    """A link that lies elsewhere may lead nowhere: a photo, or what belongs to it."""
    return ImageError(
        "A link cannot be moved",
        "This photo, or a file that belongs to it, is a link, which moving would break. Copy it"
        " instead.",
    )


def no_folder(folder: str, error: OSError) -> ImageError:
    """Where photos are to go."""
    return ImageError(
        "The folder cannot be used",
        "{folder}: {reason}. Choose another one.",
        folder=folder,
        reason=error.strerror or type(error).__name__,
    )
