"""The AppError family: every failure a person may see has a title and a message.

Both are texts of ours, written literally; what only the moment knows is given beside them:

    raise ImageError("This file is too large", "At most {limit} MB can be read.", limit=700)

What one button can do about it is its `remedy`. Three attributes tell the pipeline what to do:
`retryable` (the same try may work later), `fatal` (no other image of the job can succeed either,
so the job stops and its queue is kept) and `may_have_worked` (unless a backend knows better, what
was asked may have been done, and cost money). Everything that is not an AppError is a bug.
"""

from __future__ import annotations

from enum import StrEnum

from .texts import Text, Value


class Remedy(StrEnum):
    """What helps, and what a person can begin by one button. The library keeps the values."""

    SIGN_IN = "sign-in"
    PASTE_AGAIN = "paste-again"
    CLOCK = "clock"
    COPY_FOR_IT = "copy-for-it"
    COPY_PERMISSION = "copy-permission"
    CHECK_AGAIN = "check-again"
    TRY_AGAIN = "try-again"
    SAVE_REPORT = "save-report"
    RAISE_QUOTA = "raise-quota"
    REPAIR = "repair"
    CHECK_CONNECTION = "check-connection"
    RAISE_LIMIT = "raise-limit"
    UPDATE_APP = "update-app"
    SET_UP = "set-up"
    REPLAY = "replay"
    CREATE_ANEW = "create-anew"
    CLOSE_APP = "close-app"


class AppError(Exception):
    """A failure in words for a person: what happened (`title`) and what to do (`message`).

    Both are English here, for the terminal, the log and JSON; the window says `title_text`,
    `message_text` or both in one (`text`) in the person's language. `remedy` is what its button
    does, and `detail` what a button that copies takes: a message for IT, a permission. Two errors
    are equal when all that a person gets of them is: that is also what the library keeps.
    """

    retryable = False
    fatal = False
    may_have_worked = True

    def __init__(
        self,
        title: str,
        message: str = "",
        /,
        *,
        remedy: Remedy | None = None,
        detail: str = "",
        **values: Value,
    ) -> None:
        super().__init__(title, message)
        self.title_text = Text(title, **values)
        self.message_text = Text(message, **values)
        self.remedy = remedy
        self.detail_text = Text(detail, **values)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, AppError) and self._kept == other._kept

    def __hash__(self) -> int:
        return hash((self.title_text.template, self.message_text.template, self.remedy))

    @property
    def _kept(self) -> tuple[Text, Text, Text, Remedy | None]:
        return self.title_text, self.message_text, self.detail_text, self.remedy

    @property
    def title(self) -> str:
        """What happened, in English."""
        return str(self.title_text)

    @property
    def message(self) -> str:
        """What to do, in English; may be empty."""
        return str(self.message_text)

    @property
    def detail(self) -> str:
        """What is worth copying, in English; mostly empty."""
        return str(self.detail_text)

    @property
    def text(self) -> Text:
        """What happened and what to do, in one."""
        if not self.message_text.template:
            return self.title_text
        return Text("{title}. {message}", title=self.title_text, message=self.message_text)

    def __str__(self) -> str:
        return str(self.text)


class ImageError(AppError):
    """This image cannot be labelled; the job goes on with the others."""


class UnreachableError(ImageError):
    """The image's file cannot be opened; it may be fine, and so are the labels that it has."""


class SidecarOnlyError(ImageError):
    """The image's file cannot hold keywords safely; a sidecar can."""


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


class FolderError(AppError):
    """A folder could not be read, so photos of the job may be missing; the others go on."""

    retryable = True


class AwayError(FolderError):
    """A folder that was dropped is away, with all that it holds: its drive, its network.

    Not fatal when others were dropped that are there.
    """

    fatal = True


class LimitError(AppError):
    """No more may be spent this month; what was handed in before still gets its labels."""

    fatal = True


class AccountLimitError(LimitError):
    """The account allows no more this month, whichever computer they came from."""


class StorageError(AppError):
    """The library or the settings on this computer cannot be read or written."""

    fatal = True


class DamagedError(StorageError):
    """The library's file is damaged; where there is a copy of it, that can take its place."""


class Cancelled(Exception):
    """A wait ended because the job was cancelled or the program quits."""


def bug() -> AppError:
    """What to say when something that is not an AppError was raised; the log has the rest."""
    return ImageError(
        "Something went wrong inside Tagdrop",
        "This is a bug in Tagdrop, not a problem with your photo. The log has the details.",
    )


def mistake() -> AppError:
    """The same where it is about no photo."""
    return AppError(
        "Something went wrong inside Tagdrop",
        "This is a bug in Tagdrop. The log has the details.",
        remedy=Remedy.SAVE_REPORT,
    )


def other_account(ours: str, theirs: str) -> CredentialsError:
    """What to say to whoever is signed in to another account than the labelling service's."""
    return CredentialsError(
        "You are signed in to another Amazon account",
        "The labelling service is in account {ours}, and this is account {theirs}. Sign in to the"
        " first.",
        remedy=Remedy.SIGN_IN,
        ours=ours,
        theirs=theirs,
    )
