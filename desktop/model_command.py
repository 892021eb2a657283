"""`tagdrop model`: downloads, lists, adds and removes the model for search by meaning."""

from __future__ import annotations

import argparse
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

from .app import ALL_DONE, Core
from .core.meaning.meaning import Meaning
from .core.meaning.network_folder import Progress

Verb = Callable[[argparse.Namespace, Core], int]


def add_arguments(parser: argparse.ArgumentParser, common: argparse.ArgumentParser) -> None:
    """What `tagdrop model` understands; `verb` is then the function that does it."""
    verbs = parser.add_subparsers(required=True, metavar="VERB")
    listing = verbs.add_parser(
        "list", help="what there is, and whether it is here", parents=[common]
    )
    listing.set_defaults(verb=_list)
    get = verbs.add_parser("get", help="download it, or the rest of it", parents=[common])
    get.set_defaults(verb=_get)
    about = "take it from a folder, on a computer without a network"
    add = verbs.add_parser("add", help=about, parents=[common])
    add.add_argument("folder", type=Path, metavar="FOLDER", help="holds the files of `list`")
    add.set_defaults(verb=_add)
    about = "delete it, and what it has said of the photos"
    remove = verbs.add_parser("remove", help=about, parents=[common])
    remove.set_defaults(verb=_remove)


def _list(_: argparse.Namespace, core: Core) -> int:
    meaning = core.meaning
    network = meaning.network
    print(f"{network.name}  {network.title} by {network.maker}, {network.licence} licence")
    print(f"  for search by meaning; {_megabytes(network.size_bytes)} from {network.host}")
    print(f"  {_state(meaning)}")
    print(f"  {network.page}")
    for file in network.files.values():
        print(f"    {file.path}  {file.size_bytes:,} bytes  SHA-256 {file.sha256}")
    return ALL_DONE


def _state(meaning: Meaning) -> str:
    if meaning.is_there:
        done, total = meaning.counted()
        return f"downloaded; {done:,} of {total:,} photos can be found by meaning"
    if meaning.done_bytes:
        return f"{_megabytes(meaning.done_bytes)} downloaded; `tagdrop model get` fetches the rest"
    return "not downloaded"


def _get(_: argparse.Namespace, core: Core) -> int:
    network = core.meaning.network
    if not core.meaning.is_there:
        print(f"Downloading {network.title} from {network.host}", file=sys.stderr)
    return _follow(core.meaning.download(threading.Event()), core)


def _add(args: argparse.Namespace, core: Core) -> int:
    return _follow(core.meaning.add(args.folder, threading.Event()), core)


def _follow(steps: Iterator[Progress], core: Core) -> int:
    told = -1
    for step in steps:
        percent = 100 * step.done_bytes // max(1, step.total_bytes)
        if percent != told and sys.stderr.isatty():
            print(f"\r{percent:3} %", end="", file=sys.stderr, flush=True)
        told = percent
    if sys.stderr.isatty():
        print(file=sys.stderr)
    print(f"{core.meaning.network.title} is here. The window searches by meaning with it.")
    return ALL_DONE


def _remove(_: argparse.Namespace, core: Core) -> int:
    core.meaning.remove()
    print(f"{core.meaning.network.title} is removed.")
    return ALL_DONE


def _megabytes(size_bytes: int) -> str:
    return f"{size_bytes / 1_000_000:.0f} MB"
