"""Reasons: why a file was not written, in words; it is as it was, and the others go on."""

from __future__ import annotations

from ..errors import AppError, ImageError, Remedy
from .system_errors import Trouble, trouble_of


def reason_for(error: OSError) -> ImageError:
    """What the system's refusal to write or to read a file means."""
    away = ImageError(
        "The drive or network share cannot be reached",
        "The file is as it was. Connect the drive, then try again.",
        remedy=Remedy.TRY_AGAIN,
    )
    reasons = {
        Trouble.AWAY: away,
        Trouble.NO_CARD: away,
        Trouble.IN_USE: ImageError(
            "This file is open in another program",
            "Close it there, then try again.",
            remedy=Remedy.TRY_AGAIN,
        ),
        Trouble.FULL: ImageError(
            "The disk is full",
            "The file is as it was. Make room on its disk, then try again.",
            remedy=Remedy.TRY_AGAIN,
        ),
        Trouble.PROTECTED: ImageError(
            "The disk is write-protected",
            "The file is as it was. Move the card's lock switch, or use another disk.",
            remedy=Remedy.TRY_AGAIN,
        ),
        Trouble.GONE: ImageError(
            "This file is gone", "It was moved, renamed or deleted, or its drive was unplugged."
        ),
        Trouble.DENIED: ImageError(
            "This file cannot be written",
            "This user account may not write to its folder. Change the folder's permissions.",
        ),
        Trouble.NAME: ImageError(
            "This path is too long or not allowed",
            "Shorten the names of the file and its folders, without special characters, then try"
            " again.",
        ),
        Trouble.ONLINE: ImageError(
            "This file is only online",
            "Its cloud service (OneDrive, say) did not download it. Check that it is running and"
            " connected, then try again.",
            remedy=Remedy.TRY_AGAIN,
        ),
    }
    return reasons.get(trouble_of(error)) or ImageError(
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
