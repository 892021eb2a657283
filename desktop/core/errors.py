"""The AppError family: every failure a person may see has a title and a message.

Two attributes tell the pipeline what to do: `retryable` (the same try may work later) and `fatal`
(no other image of the job can succeed either, so the job stops and its queue is kept). Everything
that is not an AppError is a bug.
"""

from __future__ import annotations


class AppError(Exception):
    """A failure in words for a person: what happened (`title`) and what to do (`message`)."""

    retryable = False
    fatal = False

    def __init__(self, title: str, message: str = "") -> None:
        super().__init__(title, message)
        self.title = title
        self.message = message

    def __str__(self) -> str:
        return f"{self.title}. {self.message}" if self.message else self.title


class ImageError(AppError):
    """This image cannot be labelled; the job goes on with the others."""


class LateError(AppError):
    """The answer for this image did not come in time; the image can be tried again."""

    retryable = True


class NetworkError(AppError):
    """The service was not reached; nothing is known about its answer."""

    retryable = True


class ThrottledError(AppError):
    """The service is busy and asks for a slower pace."""

    retryable = True


class CredentialsError(AppError):
    """The service does not accept who we say we are, or does not allow what we ask."""

    fatal = True


class BackendMissingError(AppError):
    """What recognises images is not there: a model file, the bucket, the table, the stack."""

    fatal = True


class StorageError(AppError):
    """The library or the settings on this computer cannot be read or written."""

    fatal = True


class Cancelled(Exception):
    """A wait ended because the job was cancelled or the program quits."""


def bug() -> AppError:
    """What to say when something that is not an AppError was raised; the log has the rest."""
    return ImageError(
        "Something went wrong inside Tagdrop",
        "This is a mistake in the program, not in your photo. The log has the details.",
    )
