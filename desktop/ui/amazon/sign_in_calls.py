"""The ways to sign in that `deploy` knows: every function here is for a work thread, as `calls`."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from desktop.core.errors import AppError

from ..work import Stop

if TYPE_CHECKING:  # what `deploy` tells; to import it now would load boto3
    from deploy.sign_in.access import Access
    from deploy.sign_in.pasted_code import CodeSignIn
    from deploy.sign_in.profiles import Profile


def sign_in(region: str, stop: Stop) -> Iterator[str | Access]:
    """Sign in through the browser: the link first, then who it is."""
    from deploy.sign_in.browser import BrowserSignIn
    from deploy.stack.regions import nearest

    attempt = BrowserSignIn(region or nearest())
    try:
        yield attempt.url
        yield attempt.wait(stop)
    finally:
        attempt.close()


def begin_code(region: str, _: Stop) -> CodeSignIn:
    """A sign-in whose page shows a code to be pasted."""
    from deploy.sign_in.pasted_code import CodeSignIn
    from deploy.stack.regions import nearest

    return CodeSignIn(region or nearest())


def profiles(_: Stop) -> list[Profile]:
    """The profiles of Amazon's own tools on this computer."""
    from deploy.sign_in.profiles import list_profiles

    return list_profiles()


def use_profile(name: str, stop: Stop) -> Access:
    """Sign in with a profile; one of a company may open the browser."""
    from deploy.sign_in.profiles import use_profile as use

    return use(name, stop)


def use_key_file(path: Path, stop: Stop) -> Access:
    """Sign in with the key in a file."""
    from deploy.sign_in.key_file import load_key_file

    return _use_key(load_key_file(path), stop)


def use_key_text(text: str, stop: Stop) -> Access:
    """Sign in with the key in a text that was pasted."""
    from deploy.sign_in.key_file import read_key_file as read

    return _use_key(read(text.encode()), stop)


def use_typed_key(key_id: str, secret: str, stop: Stop) -> Access:
    """Sign in with a key that was typed."""
    from deploy.sign_in.key_file import read_typed

    return _use_key(read_typed(key_id, secret), stop)


def holds_key(path: Path) -> bool:
    """Whether a file that was dropped on the window is a key file."""
    from deploy.sign_in.key_file import load_key_file

    try:
        load_key_file(path)
    except (AppError, ValueError):  # no file at all, perhaps
        return False
    return True


def _use_key(key: Any, _: Stop) -> Access:
    from deploy.sign_in.access import use_key

    return use_key(key)
