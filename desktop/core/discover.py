"""Dropped paths -> image files, in the order a person sees them, as they are found."""

from __future__ import annotations

import logging
import os
import re
import stat
import threading
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

log = logging.getLogger(__name__)

_PICTURES = "jpg jpeg jpe jfif mpo png heic heif hif avif webp tif tiff bmp gif"
_RAW = (
    "3fr arw cr2 cr3 crw dcr dng erf fff iiq kdc mef mos mrw nef nrw orf pef raf rw2 rwl "
    "sr2 srf srw x3f"
)
PHOTO_SUFFIXES: frozenset[str] = frozenset(f".{s}" for s in f"{_PICTURES} {_RAW}".split())
"""What counts as a photo inside a folder, in lower case; the content is looked at later."""

# folders that other systems hide, seen from this one: Synology's thumbnails, Windows' bin,
# what macOS puts into ZIP files
_HIDDEN_NAMES = frozenset({"@eadir", "$recycle.bin", "system volume information", "__macosx"})
_DIGITS = re.compile(r"(\d+)")


def discover(roots: Iterable[Path], *, cancel: threading.Event | None = None) -> Iterator[Path]:
    """Yield every image under `roots`, each path once, absolute; ends early when `cancel` is set.

    A root that is not a folder is always yielded, whatever its name and even if it is missing, so
    that it can fail with a reason. A folder is walked depth first: its photos by name (IMG_2 before
    IMG_10), then its folders. Hidden files and folders, what is not a regular file and folders that
    cannot be read are passed over. Links are followed, but no folder is entered twice.

    One folder is listed at a time: 50,000 photos in one folder take about 0.2 s to the first.
    """
    given = [root.absolute() for root in roots]
    turn_comes = {str(root) for root in given}  # the walk leaves these to their own turn
    entered: set[tuple[int, int]] = set()
    for root in dict.fromkeys(given):
        if cancel is not None and cancel.is_set():
            return
        if not os.path.isdir(root):  # noqa: PTH112 - before Python 3.14, Path.is_dir raises for some
            yield root
            continue
        for path in _walk(str(root), entered, cancel):
            if path not in turn_comes:
                yield Path(path)


def _walk(
    root: str, entered: set[tuple[int, int]], cancel: threading.Event | None
) -> Iterator[str]:
    """The photos under one folder. A stack instead of recursion: folders may be nested deeply."""
    stack = [root]
    while stack:
        photos, folders = _list(stack.pop(), entered)
        for photo in photos:
            if cancel is not None and cancel.is_set():
                return
            yield photo
        stack += reversed(folders)


def _list(folder: str, entered: set[tuple[int, int]]) -> tuple[list[str], list[str]]:
    """The photos and the folders in one folder, each by name; nothing if it was entered before."""
    photos: list[os.DirEntry[str]] = []
    folders: list[os.DirEntry[str]] = []
    try:
        info = os.stat(folder)  # noqa: PTH116 - scandir speaks str; a Path for each is 10 times slower
        if (info.st_dev, info.st_ino) in entered:
            return [], []
        entered.add((info.st_dev, info.st_ino))
        with os.scandir(folder) as entries:
            for entry in entries:
                if _is_photo(entry):
                    photos.append(entry)
                elif _is_folder(entry):
                    folders.append(entry)
    except OSError as error:
        log.info("folder passed over: %s: %r", error.strerror, folder)
    return _by_name(photos), _by_name(folders)


def _is_photo(entry: os.DirEntry[str]) -> bool:
    _, dot, suffix = entry.name.rpartition(".")
    return (
        dot + suffix.lower() in PHOTO_SUFFIXES
        and not _is_hidden(entry)
        and _is(entry, os.DirEntry.is_file)
    )


def _is_folder(entry: os.DirEntry[str]) -> bool:
    return not _is_hidden(entry) and _is(entry, os.DirEntry.is_dir)


def _is(entry: os.DirEntry[str], question: Callable[[os.DirEntry[str]], bool]) -> bool:
    try:
        return question(entry)
    except OSError:  # a link in a circle, or one into a folder that cannot be read
        return False


def _is_hidden(entry: os.DirEntry[str]) -> bool:
    if entry.name.startswith(".") or entry.name.lower() in _HIDDEN_NAMES:
        return True
    if os.name != "nt":
        return False
    attributes: int = getattr(entry.stat(follow_symlinks=False), "st_file_attributes", 0)
    return bool(attributes & stat.FILE_ATTRIBUTE_HIDDEN)


def _by_name(entries: list[os.DirEntry[str]]) -> list[str]:
    """Paths in the order of a file manager: without regard to case, numbers by their value."""
    return [entry.path for entry in sorted(entries, key=lambda entry: _natural(entry.name))]


def _natural(name: str) -> str:
    # numbers padded with zeros: sorting text is 10 times faster than sorting lists of parts
    return _DIGITS.sub(lambda digits: digits[0].zfill(20), name.casefold()) + "\0" + name
