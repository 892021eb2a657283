"""`tagdrop save`: takes labels out of the library, or takes back what the last save has written."""

from __future__ import annotations

import argparse
import contextlib
import os
import sys
import threading
from collections.abc import Callable, Generator, Sequence
from pathlib import Path

from .app import ALL_DONE, SOME_FAILED
from .core.library.labelled import labelled_files
from .core.library.library import Library
from .core.save.journal import Journal
from .core.save.keyword_files import KeywordFiles, names_in
from .core.save.keywords import Choice
from .core.save.undo import undo_last
from .core.save.write_keywords import FileEvent, write_keywords
from .core.settings import Settings
from .ui.words.label_names import names_in as label_names_in

Verb = Callable[[argparse.Namespace, Library, Settings], int]


def add_arguments(
    parser: argparse.ArgumentParser,
    percent: Callable[[str], float],
    common: argparse.ArgumentParser,
) -> None:
    """What `tagdrop save` understands; `verb` is then the function that does it."""
    verbs = parser.add_subparsers(required=True, metavar="WHAT")
    keywords = "write keywords into the photos"
    _add_keywords(verbs.add_parser("keywords", help=keywords, parents=[common]), percent)
    last = "take back what the last save has written"
    undo = verbs.add_parser("undo", help=last, parents=[common])
    undo.set_defaults(verb=_undo)


def _add_keywords(parser: argparse.ArgumentParser, percent: Callable[[str], float]) -> None:
    parser.description = (
        "Write the labels of photos of the library as keywords into them or beside them. What you"
        " have written yourself stays; `tagdrop save undo` takes all of it back."
    )
    parser.add_argument(
        "paths",
        nargs="*",
        type=Path,
        metavar="PATH",
        help="only these photos, and those in these folders (default: the whole library)",
    )
    parser.add_argument(
        "--into",
        choices=("photos", "sidecars"),
        default="photos",
        help="the photos, which Windows and macOS search too (what cannot hold keywords safely gets"
        " a sidecar), or XMP files beside all of them (default: %(default)s)",
    )
    parser.add_argument(
        "--sidecar-name",
        choices=("stem", "name"),
        default="stem",
        help="of a new one for IMG.JPG: IMG.xmp as with Lightroom, or IMG.JPG.xmp as with darktable"
        " and digiKam (default: %(default)s)",
    )
    parser.add_argument(
        "--min-confidence",
        type=percent,
        metavar="PERCENT",
        help="labels at least this sure (default: as chosen in the window, at first 55)",
    )
    parser.add_argument("--confirmed-only", action="store_true", help="only what you confirmed")
    parser.add_argument("--with-parents", action="store_true", help="Animal besides Dog")
    parser.add_argument("--prefix", default="", metavar="WORD", help="put them all below this one")
    parser.add_argument("--most", type=int, metavar="N", help="at most so many labels a photo")
    parser.add_argument("--language", default="en", metavar="CODE", help="of the names: en, de")
    parser.add_argument("--dry-run", action="store_true", help="say what would be written")
    parser.set_defaults(verb=_keywords)


def _keywords(args: argparse.Namespace, library: Library, settings: Settings) -> int:
    least = settings.min_confidence if args.min_confidence is None else args.min_confidence
    names = label_names_in(args.language)
    files = KeywordFiles(
        Choice(
            min_confidence=least,
            confirmed_only=args.confirmed_only,
            with_parents=args.with_parents,
            prefix=args.prefix,
            most_labels=args.most,
        ),
        in_photos=args.into == "photos",
        naming=args.sidecar_name,
        name_of=lambda label: names.get(label, label),
    )
    photos = labelled_files(library.store, files_below(library, args.paths), least)
    events = write_keywords(
        library.store, photos, files, cancel=threading.Event(), dry_run=args.dry_run
    )
    counts = _follow(events)
    if args.dry_run:
        print(f"Keywords would be written to {_photos(counts['planned'])}.", file=sys.stderr)
    else:
        up_to_date = f" {counts['unchanged']} were up to date." if counts["unchanged"] else ""
        print(f"Keywords written to {_photos(counts['written'])}.{up_to_date}", file=sys.stderr)
        if counts["written"]:
            print("`tagdrop save undo` takes them out again.", file=sys.stderr)
    return _code(counts)


def _undo(_: argparse.Namespace, library: Library, __: Settings) -> int:
    save = Journal(library.store).last()
    if save is None:
        print("There is no save to undo.", file=sys.stderr)
        return ALL_DONE
    counts = _follow(undo_last(library.store, cancel=threading.Event()))
    print(f"Undid: keywords written to {_photos(save.photos)}.", file=sys.stderr)
    if counts["failed"]:
        print(f"{_photos(counts['failed'])} left as they are now.", file=sys.stderr)
    return _code(counts)


def files_below(library: Library, paths: Sequence[Path]) -> list[int] | None:
    """The photos of the library that are these or lie in these folders; None: all of them."""
    if not paths:
        return None
    found: dict[int, None] = {}
    for path in paths:
        place = os.fsencode(path.absolute())
        below = place + os.fsencode(os.sep)
        rows = library.store.read(
            "SELECT id FROM files WHERE path = ? OR path >= ? AND path < ? ORDER BY id",
            place,
            below,
            below[:-1] + bytes([below[-1] + 1]),
        )
        found.update(dict.fromkeys(row["id"] for row in rows))
    return list(found)


def _follow(events: Generator[FileEvent, None, None]) -> dict[str, int]:
    """Say what fails and what would be written; how many photos came to what."""
    photos: dict[str, set[int]] = {
        name: set() for name in ("planned", "written", "unchanged", "failed", "restored")
    }
    with contextlib.closing(events):
        for event in events:
            photos[event.outcome].add(event.file_id)
            if event.error:
                print(f"{_name(event.target)}: {event.error}", file=sys.stderr)
            elif event.outcome == "planned":
                print(f"{_name(event.target)}: {', '.join(names_in(event.wanted))}")
    return {name: len(each) for name, each in photos.items()}


def _name(path: Path) -> str:
    return os.fsencode(path).decode("utf-8", "replace")


def _photos(count: int) -> str:
    return "1 photo" if count == 1 else f"{count:,} photos"


def _code(counts: dict[str, int]) -> int:
    return SOME_FAILED if counts["failed"] else ALL_DONE
