"""`tagdrop save`: takes labels out of the library, or takes back what the last save has written."""

from __future__ import annotations

import argparse
import contextlib
import io
import locale
import sys
import threading
from collections.abc import Callable, Generator, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from .app import ALL_DONE, SOME_FAILED, USAGE
from .core.files.long_paths import as_stored
from .core.folders.placing import COPIES, MOVES, sort_into_folders
from .core.folders.sorting import Sorting, count_folders
from .core.library.labelled import LabelledFile, files_below, labelled_files
from .core.library.library import Library
from .core.photo.discover import absolute
from .core.save.journal import Journal
from .core.save.keyword_files import KeywordFiles, names_in
from .core.save.tables import Csv, Json, photo_of, save_table, write_table
from .core.save.undo import undo_last
from .core.save.write_keywords import KIND as KEYWORDS
from .core.save.write_keywords import FileEvent, write_keywords
from .core.settings import MOST_KEYWORDS, Settings
from .ui.saving.keyword_choice import choice_of
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
    table = "save the labels as a table"
    for name, verb in (("csv", _csv), ("json", _json)):
        _add_table(verbs.add_parser(name, help=table, parents=[common]), percent, verb)
    sort = "copy or move photos into folders by their labels"
    _add_folders(verbs.add_parser("folders", help=sort, parents=[common]), percent)
    last = "take back what the last save has written"
    undo = verbs.add_parser("undo", help=last, parents=[common])
    undo.set_defaults(verb=_undo)


def _add_keywords(parser: argparse.ArgumentParser, percent: Callable[[str], float]) -> None:
    parser.description = (
        "Write the labels of photos of the library as keywords into them or beside them. What you"
        " have written yourself stays; `tagdrop save undo` takes all of it back."
    )
    _add_choice(parser, percent)
    parser.add_argument(
        "--into",
        choices=("photos", "sidecars"),
        help="the photos, which Windows and macOS search too (what cannot hold keywords safely gets"
        " a sidecar), or XMP files beside all of them (default: as chosen in the window, at first"
        " sidecars)",
    )
    parser.add_argument(
        "--sidecar-name",
        choices=("stem", "name"),
        help="of a new one for IMG.JPG: IMG.xmp as with Lightroom, or IMG.JPG.xmp as with darktable"
        " and digiKam (default: as chosen in the window, at first name)",
    )
    yes_or_no = argparse.BooleanOptionalAction
    parser.add_argument("--confirmed-only", action=yes_or_no, help="only what you confirmed")
    parser.add_argument("--with-parents", action=yes_or_no, help="Animal besides Dog")
    parser.add_argument("--prefix", metavar="WORD", help="put them all below this one")
    most = range(MOST_KEYWORDS + 1)
    parser.add_argument(
        "--most", type=int, choices=most, metavar="N", help="at most so many labels a photo; 0: all"
    )
    parser.add_argument("--language", choices=("en", "de"), help="of the names")
    parser.epilog = "What is not said here is as chosen in the window."
    parser.set_defaults(verb=_keywords)


def _add_choice(parser: argparse.ArgumentParser, percent: Callable[[str], float]) -> None:
    """Which photos, which labels, and whether in earnest."""
    parser.add_argument(
        "paths",
        nargs="*",
        type=Path,
        metavar="PATH",
        help="only these photos, and those in these folders (default: the whole library)",
    )
    parser.add_argument(
        "--min-confidence",
        type=percent,
        metavar="PERCENT",
        help="labels at least this sure (default: as chosen in the window, at first 55)",
    )
    parser.add_argument("--dry-run", action="store_true", help="say what would be done")


def _add_table(
    parser: argparse.ArgumentParser, percent: Callable[[str], float], verb: Verb
) -> None:
    _add_choice(parser, percent)
    parser.add_argument("--output", type=Path, metavar="FILE", help="write there, not to screen")
    parser.add_argument("--replace", action="store_true", help="also when that file is there")
    if verb is _csv:
        parser.add_argument(
            "--rows",
            choices=("labels", "photos"),
            default="labels",
            help="one for each photo and label, or for each photo (default: %(default)s)",
        )
        parser.add_argument("--bom", action="store_true", help="let Excel know that it is UTF-8")
        parser.add_argument(
            "--semicolons",
            action="store_true",
            help="between the columns, and commas in the numbers, as in German spreadsheets",
        )
    parser.set_defaults(verb=verb)


def _add_folders(parser: argparse.ArgumentParser, percent: Callable[[str], float]) -> None:
    parser.description = (
        "Copy photos of the library into folders, each into that of its surest label. Nothing is"
        " overwritten; sidecars go along; `tagdrop save undo` takes all of it back."
    )
    parser.add_argument("into", type=Path, metavar="FOLDER", help="where the folders are to be")
    _add_choice(parser, percent)
    parser.add_argument("--move", action="store_true", help="instead of copying")
    parser.add_argument(
        "--label", action="append", metavar="NAME", help="only folders for these (default: all)"
    )
    parser.add_argument("--with-parents", action="store_true", help="Animal/Mammal/Dog")
    parser.add_argument("--language", choices=("en", "de"), default="en", help="of the names")
    unsure = parser.add_mutually_exclusive_group()
    unsure.add_argument(
        "--not-sure", default="Not sure", metavar="NAME", help="folder of the others"
    )
    unsure.add_argument("--only-sure", action="store_true", help="leave the others where they are")
    parser.set_defaults(verb=_folders)


def _keywords(args: argparse.Namespace, library: Library, settings: Settings) -> int:
    said = {
        "keywords_in_files": None if args.into is None else args.into == "photos",
        "sidecar_naming": args.sidecar_name,
        "keyword_min_confidence": args.min_confidence,
        "keyword_confirmed_only": args.confirmed_only,
        "keyword_parents": args.with_parents,
        "keyword_prefix": args.prefix,
        "keyword_language": args.language,
        "most_keywords": args.most,
    }
    chosen = {name: value for name, value in said.items() if value is not None}
    settings = replace(settings, **chosen)
    names = label_names_in(_language(settings))
    files = KeywordFiles(
        choice_of(settings),
        in_photos=settings.keywords_in_files,
        naming=settings.sidecar_naming,
        name_of=lambda label: names.get(label, label),
    )
    least = settings.keyword_min_confidence
    photos = labelled_files(library.store, _chosen(library, args.paths), least)
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


def _language(settings: Settings) -> str:
    """The language of keywords: as chosen, or else the window's, which may be the system's."""
    chosen = (settings.keyword_language, settings.language)
    system = (locale.getlocale()[0] or "en")[:2]
    return next((language for language in chosen if language != "system"), system)


def _csv(args: argparse.Namespace, library: Library, settings: Settings) -> int:
    form = Csv(rows=args.rows, bom=args.bom, semicolons=args.semicolons)
    return _table(args, library, settings, form)


def _json(args: argparse.Namespace, library: Library, settings: Settings) -> int:
    return _table(args, library, settings, Json())


def _table(args: argparse.Namespace, library: Library, settings: Settings, form: Csv | Json) -> int:
    found = labelled_files(library.store, _chosen(library, args.paths), _least(args, settings))
    if args.dry_run:
        count = sum(1 for _ in found)
        print(f"The labels of {_photos(count)} would be saved.", file=sys.stderr)
        return ALL_DONE
    photos = map(photo_of, found)
    if args.output:
        try:
            count = max(save_table(photos, args.output, form, replace=args.replace), default=0)
        except FileExistsError:
            print(f"{_name(args.output)} is there. --replace replaces it.", file=sys.stderr)
            return USAGE
    else:
        if isinstance(sys.stdout, io.TextIOWrapper):
            sys.stdout.reconfigure(encoding="utf-8", errors="replace", newline="")
        count = max(write_table(photos, sys.stdout, form), default=0)
        sys.stdout.flush()
    print(f"The labels of {_photos(count)} were saved.", file=sys.stderr)
    return ALL_DONE


def _folders(args: argparse.Namespace, library: Library, settings: Settings) -> int:
    names = label_names_in(args.language)
    sorting = Sorting(
        labels=None if args.label is None else frozenset(args.label),
        with_parents=args.with_parents,
        not_sure=None if args.only_sure else args.not_sure,
        name_of=lambda label: names.get(label, label),
    )

    chosen = _chosen(library, args.paths)

    def photos() -> Iterator[LabelledFile]:
        return labelled_files(library.store, chosen, _least(args, settings))

    events = sort_into_folders(
        library.store,
        photos(),
        args.into,
        sorting,
        moves=args.move,
        cancel=threading.Event(),
        dry_run=args.dry_run,
    )
    counts = _follow(events, lambda event: f"{_name(event.path)} -> {_name(event.target)}")
    done = "moved" if args.move else "copied"
    if args.dry_run:
        folders = ", ".join(f"{folder} {n}" for folder, n in count_folders(photos(), sorting))
        print(f"{_photos(counts['planned'])} would be {done}: {folders}", file=sys.stderr)
        return _code(counts)
    there = f" {counts['unchanged']} were there already." if counts["unchanged"] else ""
    print(f"{_photos(counts['written'])} {done}.{there}", file=sys.stderr)
    if counts["written"]:
        print("`tagdrop save undo` takes that back.", file=sys.stderr)
    return _code(counts)


_DONE = {
    KEYWORDS: "keywords written to {}",
    COPIES: "{} copied into folders",
    MOVES: "{} moved into folders",
}


def _undo(_: argparse.Namespace, library: Library, __: Settings) -> int:
    save = Journal(library.store).last()
    if save is None:
        print("There is no save to undo.", file=sys.stderr)
        return ALL_DONE
    counts = _follow(undo_last(library.store, cancel=threading.Event()))
    if counts["restored"]:
        print(f"Undid: {_DONE[save.kind].format(_photos(counts['restored']))}.", file=sys.stderr)
    if failed := counts["failed"]:
        left = "was left as it is" if failed == 1 else "were left as they are"
        print(f"{_photos(failed)} {left}.", file=sys.stderr)
    return _code(counts)


def _least(args: argparse.Namespace, settings: Settings) -> float:
    least: float | None = args.min_confidence
    return settings.min_confidence if least is None else least


def _chosen(library: Library, paths: Sequence[Path]) -> list[int] | None:
    """The photos of the library that are these or lie in these folders; None: all of them.

    What holds none is said: it may be mistyped.
    """
    if not paths:
        return None
    found: dict[int, None] = {}
    for path in paths:
        file_ids = files_below(library.store, absolute(path))
        if not file_ids:
            print(f"{_name(path)}: no photo of the library is there.", file=sys.stderr)
        found.update(dict.fromkeys(file_ids))
    return list(found)


def _keywords_of(event: FileEvent) -> str:
    return f"{_name(event.target)}: {', '.join(names_in(event.wanted))}"


def _follow(
    events: Generator[FileEvent, None, None], planned: Callable[[FileEvent], str] = _keywords_of
) -> dict[str, int]:
    """Say what fails and what is `planned`; how many photos came to what."""
    photos: dict[str, set[int]] = {
        name: set() for name in ("planned", "written", "unchanged", "failed", "restored")
    }
    with contextlib.closing(events):
        for event in events:
            photos[event.outcome].add(event.file_id)
            if event.error:
                print(f"{_name(event.target)}: {event.error}", file=sys.stderr)
            elif event.outcome == "planned":
                print(planned(event))
    return {name: len(each) for name, each in photos.items()}


def _name(path: Path) -> str:
    return as_stored(path).decode("utf-8", "replace")


def _photos(count: int) -> str:
    return "1 photo" if count == 1 else f"{count:,} photos"


def _code(counts: dict[str, int]) -> int:
    return SOME_FAILED if counts["failed"] else ALL_DONE
