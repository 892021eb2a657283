"""Dropped paths -> image files, in the order a person sees them, as they are found."""

from __future__ import annotations

import errno
import logging
import os
import stat
import sys
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from ..errors import AwayError, FolderError, Remedy
from ..files.long_paths import at_any_length, file_path, plain
from ..files.spelling import Spelling
from ..files.system_errors import Trouble, trouble_of
from ..walk.kinds import look, may_hold_photo
from ..walk.natural_order import by_name
from ..walk.online_only import is_online_only, placeholder_of
from ..walk.other_programs import folders_below, is_hidden_name, is_left_out
from ..walk.passed_over import PassedOver

log = logging.getLogger(__name__)

_PICTURES = (
    "jpg jpeg jpe jfif mpo png heic heics heif heifs hif avif avifs webp tif tiff jxl jp2 j2k jpf"
    " jpx j2c jpc bmp gif"
)
_RAW = (
    "3fr arw cr2 cr3 crw dcr dng erf fff iiq kdc mef mos mrw nef nrw orf pef raf rw2 rwl "
    "sr2 srf srw x3f"
)
RAW_SUFFIXES: frozenset[str] = frozenset(f".{s}" for s in _RAW.split())
PHOTO_SUFFIXES: frozenset[str] = RAW_SUFFIXES.union(f".{s}" for s in _PICTURES.split())
"""What counts as a photo inside a folder, in lower case; the content is looked at later."""

_MARKS_FILES = os.name == "nt" or hasattr(os, "chflags")
"""Windows and macOS mark files that are hidden, or whose content is in a cloud."""
_PASSED_OVER = {Trouble.GONE, Trouble.LINK, Trouble.DENIED}
"""Has vanished, leads in a circle, or is not for this person."""
_OF_FILE = _PASSED_OVER | {Trouble.NAME, Trouble.IN_USE, Trouble.ONLINE}
"""Is told of a root where that is opened."""


def _never(_: Path) -> bool:
    return False


@dataclass(slots=True)
class Found:
    """What one walk has found, for the next who would walk the same `roots`.

    `paths` come in the order of the walk; as text, 100,000 take about 15 MB. `passed_over` is what
    there was besides.
    """

    roots: Sequence[Path]
    paths: list[str] = field(default_factory=list)
    passed_over: PassedOver = field(default_factory=PassedOver)
    _places: list[tuple[int, int] | None] = field(init=False)

    def __post_init__(self) -> None:
        self._places = [_place(root) for root in self.roots]

    def is_reachable(self) -> bool:
        """Whether each root is what and where it was before the walk; a drive may be unplugged."""
        return self._places == [_place(root) for root in self.roots]


def _place(root: Path) -> tuple[int, int] | None:
    try:
        info = root.stat()
    except (OSError, ValueError):
        return None
    return info.st_dev, info.st_ino


def discover(
    roots: Iterable[Path],
    *,
    cancel: threading.Event | None = None,
    was_there: Callable[[Path], bool] = _never,
    passed_over: PassedOver | None = None,
) -> Iterator[Path]:
    """Yield every image under `roots`, each path once, absolute; ends early when `cancel` is set.

    A root that is not a folder is always yielded, whatever its name and even if it is missing, so
    that it can fail with a reason. A folder is walked depth first: its photos by name (IMG_2 before
    IMG_10), then its folders. A file that is not named as a photo is looked into, unless its name
    says that it is something else. Hidden files and folders, what is not a regular file, what has
    vanished and what may not be read are passed over, and folders in which other programs keep
    previews. Links are followed, but no folder is entered twice. `passed_over` counts the pictures
    that cannot be read, and the photos that would have to be downloaded first.

    What cannot be read for another reason, or a root that may not be read, is never passed over in
    silence: after all the others were yielded, raises AwayError, fatal when every root is away, or
    FolderError for anything else.
    `was_there`: whether photos were found below a root before; one that has none now is away.

    One folder is listed at a time: 50,000 photos in one folder take about 0.2 s to the first.
    """
    given = absolutes(roots)
    turn_comes = {str(root) for root in given}  # the walk leaves these to their own turn
    cancel = cancel or threading.Event()
    entered: set[tuple[int, int] | str] = set()
    passed_over = PassedOver() if passed_over is None else passed_over
    trouble: FolderError | None = None
    away = 0
    for root in dict.fromkeys(given):
        try:
            device = _device_of_folder(root)
            if device is None and was_there(root):
                raise _gone(str(root))
            if device is None:
                yield root
                continue
            walk = _Walk(str(root), device, entered, cancel, passed_over)
            is_empty = True
            for path in walk.photos():
                is_empty = False
                if path not in turn_comes:
                    yield file_path(path)
            trouble = trouble or walk.trouble
            if is_empty and walk.trouble is None and was_there(root):
                raise _gone(str(root))
        except AwayError as error:
            if is_named_as_photo(root.name):
                yield root  # it fails alone
                continue
            trouble = error
            away += 1
        if cancel.is_set():
            return
    if trouble is not None:
        trouble.fatal = away == len(set(given))
        raise trouble


def may_be_photo(path: Path, root: Path) -> bool:
    """Whether `discover` would look at a file below `root`, by its name and its folders' names."""
    if not path.is_relative_to(root) or is_hidden_name(path.name):
        return False
    if not (is_named_as_photo(path.name) or may_hold_photo(path.name)):
        return False
    return not any(is_left_out(*folder) for folder in folders_below(root, path))


def is_named_as_photo(name: str) -> bool:
    """Whether a file's ending is one of a photo."""
    _, dot, suffix = name.rpartition(".")
    return dot + suffix.lower() in PHOTO_SUFFIXES


def absolute(path: Path) -> Path:
    """The path from the root on, without `..`, so that a photo is known by one path only.

    It is spelt as on its drive. Links stay, but for those that a `..` leads back from.
    """
    return absolutes([path])[0]


def absolutes(paths: Iterable[Path]) -> list[Path]:
    """The same of several, which takes less time for each."""
    spelling = Spelling()
    whole = (path.resolve() if ".." in path.parts else path.absolute() for path in paths)
    return [spelling.of(file_path(path)) for path in whole]


def _device_of_folder(root: Path) -> int | None:
    """Device id, or None if not a folder."""
    try:
        info = root.stat()
    except ValueError:  # a NUL in its name
        return None
    except OSError as error:
        trouble = trouble_of(error)
        is_no_name = trouble is Trouble.OTHER and error.errno == errno.EINVAL
        if trouble in _OF_FILE or is_no_name:
            return None
        raise _away(str(root), error) from error
    return info.st_dev if stat.S_ISDIR(info.st_mode) else None


class _Walk:
    """The walk through one folder that was dropped; `trouble` is the first that it had."""

    def __init__(
        self,
        root: str,
        device: int,
        entered: set[tuple[int, int] | str],
        cancel: threading.Event,
        passed_over: PassedOver,
    ) -> None:
        self.trouble: FolderError | None = None
        self._root = root
        self._device = device
        self._entered = entered
        self._cancel = cancel
        self._passed_over = passed_over

    def photos(self) -> Iterator[str]:
        """All photos. A stack instead of recursion: folders may be nested deeply."""
        stack = [self._root]
        while stack and not self._cancel.is_set():
            photos, folders = self._list(stack.pop())
            for photo in photos:
                if self._cancel.is_set():
                    return
                yield plain(photo)
            stack += map(plain, reversed(folders))

    def _list(self, folder: str) -> tuple[list[str], list[str]]:
        """The photos and the folders in one folder, each by name; nothing if it was entered."""
        photos: list[os.DirEntry[str]] = []
        folders: list[os.DirEntry[str]] = []
        try:
            if not self._enter(folder):
                return [], []
            parent = os.path.basename(folder)  # noqa: PTH119 - as in _enter
            with os.scandir(at_any_length(folder)) as entries:
                for entry in entries:
                    if self._cancel.is_set():
                        return [], []
                    if self._is_hidden(entry):
                        continue
                    if is_named_as_photo(entry.name) and self._is(entry, entry.is_file):
                        if self._is_here(entry):
                            photos.append(entry)
                    elif self._is(entry, entry.is_dir):
                        if not is_left_out(entry.name, parent):
                            folders.append(entry)
                    elif may_hold_photo(entry.name) and self._holds_photo(entry):
                        photos.append(entry)
        except OSError as error:
            self._go_on_without(folder, error)
        return by_name(photos), by_name(folders)

    def _enter(self, folder: str) -> bool:
        """Whether a folder is entered for the first time."""
        folder = at_any_length(folder)
        info = os.stat(folder)  # noqa: PTH116 - scandir speaks str; a Path is 10 times slower
        # some network drives on Windows number no files
        place = (info.st_dev, info.st_ino) if info.st_ino else os.path.realpath(folder)
        if place in self._entered:
            return False
        self._entered.add(place)
        return True

    def _is_hidden(self, entry: os.DirEntry[str]) -> bool:
        if is_hidden_name(entry.name):
            name = placeholder_of(entry.name)
            self._passed_over.online_only += bool(name and is_named_as_photo(name))
            return True
        return _is_marked_hidden(entry)

    def _is_here(self, entry: os.DirEntry[str]) -> bool:
        """Whether a photo's content is on this computer."""
        if not _MARKS_FILES:
            return True
        is_away = is_online_only(entry.stat())
        self._passed_over.online_only += is_away
        return not is_away

    def _holds_photo(self, entry: os.DirEntry[str]) -> bool:
        """Whether the content of a file that is not named as a photo is one."""
        if not self._is(entry, entry.is_file) or not self._is_here(entry):
            return False
        try:
            kind = look(at_any_length(entry.path))
        except OSError:
            return False
        if kind:
            self._passed_over.kinds[kind] += 1
        return kind == ""

    def _is(self, entry: os.DirEntry[str], question: Callable[[], bool]) -> bool:
        try:
            return question()
        except OSError as error:  # of what a link leads to
            self._go_on_without(plain(entry.path), error)
            return False

    def _go_on_without(self, path: str, error: OSError) -> None:
        if not self._is_root_there():
            raise _away(self._root, error) from error
        log.info("folder passed over: %s: %r", error.strerror, path)
        trouble = trouble_of(error)
        if path == self._root and trouble is Trouble.DENIED:
            self.trouble = _refused(path)
        elif self.trouble is None and trouble not in _PASSED_OVER:
            self.trouble = FolderError(
                "A folder cannot be read",
                "{path}: {reason}. Its photos are left out until it can be read; then try again.",
                remedy=Remedy.TRY_AGAIN,
                path=path,
                reason=error.strerror or str(error),
            )

    def _is_root_there(self) -> bool:
        """Of a drive that was unplugged, the empty folder where it was may be left."""
        try:
            return os.stat(at_any_length(self._root)).st_dev == self._device  # noqa: PTH116 - as above
        except OSError:
            return False


def _away(root: str, error: OSError) -> AwayError:
    return AwayError(
        "The photos cannot be reached",
        "{path}: {reason}. Check that the drive is plugged in and the network is up, then try"
        " again.",
        remedy=Remedy.TRY_AGAIN,
        path=root,
        reason=error.strerror or str(error),
    )


def _refused(root: str) -> FolderError:
    """What a person has named is never passed over."""
    if sys.platform == "darwin":
        return FolderError(
            "You are not allowed to read this folder",
            "{path}: allow it for Tagdrop in System Settings > Privacy & Security > Files &"
            " Folders, then try again.",
            remedy=Remedy.TRY_AGAIN,
            path=root,
        )
    return FolderError(
        "You are not allowed to read this folder",
        "{path}: change its permissions, then try again.",
        remedy=Remedy.TRY_AGAIN,
        path=root,
    )


def _gone(root: str) -> AwayError:
    return _away(root, FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT)))


def _is_marked_hidden(entry: os.DirEntry[str]) -> bool:
    if not _MARKS_FILES:
        return False
    status = entry.stat(follow_symlinks=False)
    attributes: int = getattr(status, "st_file_attributes", 0)
    flags: int = getattr(status, "st_flags", 0)
    return bool(attributes & stat.FILE_ATTRIBUTE_HIDDEN or flags & stat.UF_HIDDEN)
