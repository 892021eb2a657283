"""An access key out of what a person has: AWS's file under any name, a pasted text, typed fields.

AWS has changed the columns of its file more than once, spreadsheets change its separators and its
encoding, and people paste credentials files, export lines and JSON. All of them hold a key id and,
after it, a secret; both can be told from everything around them by their form.
"""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path

from desktop.core.credentials import AccessKey
from desktop.core.errors import CredentialsError, Remedy

from ..chosen_file import read_chosen

MAX_BYTES = 256 * 1024
"""AWS's own file has 100 bytes, a credentials file of a large company some thousands."""

ID_LENGTH = 20
SECRET_LENGTH = 40
_ID = re.compile(r"(?<![A-Za-z0-9])(?:AKIA|ASIA)[A-Z0-9]{4,60}(?![A-Za-z0-9])")
_WORD = re.compile(r"[A-Za-z0-9/+]+")
_NEARLY = range(30, 60)
"""A word of this length where the secret should be is one with a mistake in it."""


def load_key_file(path: Path) -> AccessKey:
    """The key in a file of any name. Raises AppError."""
    return read_key_file(read_chosen(path, MAX_BYTES))


def read_key_file(data: bytes) -> AccessKey:
    """The key in a file's content, or in a pasted text's. Raises CredentialsError."""
    if len(data) > MAX_BYTES:
        raise _no_key()
    return _find(_clean(_decode(data)))


def read_typed(key_id: str, secret: str) -> AccessKey:
    """The key in two fields. Swapped ones, and a whole file pasted into one of them, are noticed.

    Raises CredentialsError that says which of the two is wrong.
    """
    fields = [_clean(field).strip() for field in (key_id, secret)]
    if not any(fields):
        raise CredentialsError(
            "The key is missing",
            "Paste the access key id, which starts with AKIA, and its secret.",
            remedy=Remedy.PASTE_AGAIN,
        )
    try:
        return _find("\n".join(fields))
    except CredentialsError:
        # As typed from a sheet of paper: in groups, or in small letters.
        words = ["".join(_WORD.findall(field)) for field in fields]
        given_id, given_secret = sorted(words, key=lambda word: not _is_like_an_id(word))
        if not _is_like_an_id(given_id):
            raise
        return _checked(given_id.upper(), given_secret)


def _is_like_an_id(word: str) -> bool:
    return word.upper().startswith(("AKIA", "ASIA")) and len(word) < SECRET_LENGTH - 5


def _decode(data: bytes) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", errors="replace")
    for zeros, encoding in ((data[1::2], "utf-16-le"), (data[::2], "utf-16-be")):
        if zeros.count(0) * 4 > len(data):  # UTF-16 without its mark: every other byte is nought
            return data.decode(encoding, errors="replace")
    return data.decode("utf-8-sig", errors="replace")


def _clean(text: str) -> str:
    """Without what cannot be seen: zero-width characters vanish, odd spaces become spaces."""
    kept = (c for c in text if unicodedata.category(c) != "Cf")
    return "".join(" " if unicodedata.category(c) == "Zs" else c for c in kept)


def _find(text: str) -> AccessKey:
    ids = dict.fromkeys(found[0] for found in _ID.finditer(text))
    if not ids:
        raise _no_key()
    if len(ids) > 1:
        raise CredentialsError(
            "This contains {count} keys",
            "Tagdrop needs just one. Paste only the lines for the user who is to set up the"
            " service.",
            remedy=Remedy.PASTE_AGAIN,
            count=len(ids),
        )
    (key_id,) = ids
    return _checked(key_id, _secret_beside(text, key_id))


def _secret_beside(text: str, key_id: str) -> str:
    """The first word after the key id that can be a secret; before it, where there is none after.

    Falls back to a word of nearly the right length, to say what is wrong with it; else empty.
    """
    before, _, after = text.rpartition(key_id)
    words = [*_words(after), *reversed(_words(before))]
    exact = (word for word in words if len(word) == SECRET_LENGTH)
    nearly = (word for word in words if len(word) in _NEARLY)
    return next(exact, next(nearly, ""))


def _words(text: str) -> list[str]:
    return _WORD.findall(text)


def _checked(key_id: str, secret: str) -> AccessKey:
    if len(key_id) != ID_LENGTH:
        raise CredentialsError(
            "The key id has {count} characters",
            "It must have {expected} and start with AKIA. Copy it again.",
            remedy=Remedy.PASTE_AGAIN,
            count=len(key_id),
            expected=ID_LENGTH,
        )
    if key_id.startswith("ASIA"):
        raise CredentialsError(
            "This key expires after a few hours",
            "It starts with ASIA. Make an access key, which starts with AKIA, or sign in with the"
            " browser.",
            remedy=Remedy.PASTE_AGAIN,
        )
    if not secret:
        raise CredentialsError(
            "The key's secret is missing",
            "Amazon shows it only when a key is created. Copy it then, or create a new key.",
            remedy=Remedy.PASTE_AGAIN,
        )
    if len(secret) != SECRET_LENGTH:
        raise CredentialsError(
            "The secret has {count} characters",
            "It must have {expected}. Check its end and copy it again.",
            remedy=Remedy.PASTE_AGAIN,
            count=len(secret),
            expected=SECRET_LENGTH,
        )
    return AccessKey(key_id, secret)


def _no_key() -> CredentialsError:
    return CredentialsError(
        "This does not contain an Amazon key",
        "Amazon's key file is small and contains an access key id, which starts with AKIA, and"
        " a secret.",
        remedy=Remedy.PASTE_AGAIN,
    )
