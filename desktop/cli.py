"""The command line, on the same core as the window: `tagdrop label …`, `save …`, `aws …` …"""

from __future__ import annotations

import argparse
import contextlib
import signal
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn, TextIO

from . import __version__, app
from .app import INTERRUPTED, NO_BACKEND, SOME_FAILED, USAGE
from .core.errors import AppError
from .core.recognisers import Recognisers
from .core.settings import MOST_DOLLARS, default_data_dir, load_settings
from .recognisers import RECOGNISERS
from .streams import is_closed

HELP = """\
tagdrop [PATH…]         open the window, with these photos dropped on it
tagdrop label PATH…     label photos here in the terminal
tagdrop save WHAT       write labels into the photos, or take that back
tagdrop model VERB      download or remove the model for search by meaning
tagdrop aws VERB        set up, look after or remove the Amazon side
"""


def run(argv: Sequence[str], recognisers: Recognisers = RECOGNISERS) -> int:
    """Do what the arguments ask for and return the exit code."""
    arguments = _command_first(argv)
    try:
        match arguments[:1]:
            case ["label"]:
                code = _label(_label_parser(recognisers).parse_args(arguments[1:]), recognisers)
            case ["save"]:
                code = _save(arguments[1:], recognisers)
            case ["model"]:
                code = _model(arguments[1:], recognisers)
            case ["aws"]:
                code = _aws(arguments[1:])
            case _:
                code = _window(_window_parser().parse_args(arguments))
    except SystemExit as end:  # argparse has printed why
        return int(end.code or 0)
    except AppError as error:
        print(error, file=sys.stderr)
        return NO_BACKEND
    except KeyboardInterrupt:  # before there was anything to stop
        return INTERRUPTED
    except OSError as error:
        if not is_closed(error):
            raise
        return SOME_FAILED
    return code


def _command_first(argv: Sequence[str]) -> list[str]:
    """`tagdrop --data-dir D label …` means the same as `tagdrop label --data-dir D …`."""
    arguments = list(argv)
    at = 0
    while at < len(arguments) and arguments[at].startswith("--data-dir"):
        at += 1 if "=" in arguments[at] else 2
    if arguments[at : at + 1] in (["label"], ["save"], ["model"], ["aws"]):
        arguments.insert(0, arguments.pop(at))
    return arguments


def _add_data_dir(parser: argparse.ArgumentParser) -> None:
    """The option that every command has."""
    parser.add_argument(
        "--data-dir",
        type=Path,
        default=default_data_dir(),
        metavar="DIR",
        help="where settings, library, thumbnails and logs are kept (default: %(default)s)",
    )


def _data_dir_anywhere() -> argparse.ArgumentParser:
    """The same for what stands below a command: there it leaves alone what stood before."""
    parser = argparse.ArgumentParser(add_help=False)
    parser.add_argument("--data-dir", type=Path, default=argparse.SUPPRESS, help=argparse.SUPPRESS)
    return parser


def _window_parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        "tagdrop", usage=HELP, description="Drop photos on a window and get labels."
    )
    parser.add_argument("paths", nargs="*", type=Path, metavar="PATH")
    parser.add_argument("--add-photos", action="store_true", help="ask for photos in the window")
    parser.add_argument("--version", action="version", version=f"Tagdrop {__version__}")
    parser.add_argument(
        "--self-check", action="store_true", help="try every part of the program once and exit"
    )
    _add_data_dir(parser)
    return parser


def _label_parser(recognisers: Recognisers) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        "tagdrop label",
        description="Label photos and folders of photos. If it is interrupted (Ctrl-C, a crash),"
        " the same command resumes where it stopped.",
        epilog="Exit status: 0 all done, 1 some photos failed, 2 wrong usage, 3 the labelling"
        " cannot be used, the month's limit is reached or a folder cannot be read, 130 stopped by"
        " Ctrl-C.",
    )
    parser.add_argument("paths", nargs="+", type=Path, metavar="PATH")
    parser.add_argument(
        "--with",
        dest="backend",
        choices=[each.name for each in recognisers],
        help="where to label: "
        + ", ".join(f"{each.name} ({each.title})" for each in recognisers)
        + " (default: as chosen in the window)",
    )
    parser.add_argument(
        "--min-confidence",
        type=_percent,
        metavar="PERCENT",
        help="show labels at least this sure (default: as chosen in the window, initially 55)",
    )
    parser.add_argument("--format", choices=("table", "json", "csv"), default="table")
    parser.add_argument("--output", type=Path, metavar="FILE", help="write to FILE, not to screen")
    parser.add_argument(
        "--monthly-limit",
        type=_dollars,
        metavar="DOLLARS",
        help="spend at most this in a month (default: as chosen in the window, initially 5)",
    )
    parser.add_argument("--again", action="store_true", help="also label what already has labels")
    _add_data_dir(parser)
    return parser


def _percent(text: str) -> float:
    value = float(text)
    if not 0 <= value <= 100:
        raise argparse.ArgumentTypeError("a confidence is 0 to 100 per cent")
    return value


def _dollars(text: str) -> float:
    value = float(text)
    if not 0 <= value <= MOST_DOLLARS:
        raise argparse.ArgumentTypeError(f"a limit is 0 to {MOST_DOLLARS:,} dollars")
    return value


def _window(args: argparse.Namespace) -> int:
    if args.self_check:
        from .self_check import self_check

        works = self_check(lambda line: print(line, flush=True))
        return 0 if works else SOME_FAILED
    if not app.can_open_window():
        print(
            "There is no screen to open a window on. `tagdrop label PATH…` labels photos here.",
            file=sys.stderr,
        )
        return NO_BACKEND
    return app.open_window(args.data_dir, args.paths, asks=args.add_photos)


def _aws(arguments: Sequence[str]) -> int:
    from deploy.__main__ import add_arguments
    from deploy.__main__ import run as run_deploy

    parser = argparse.ArgumentParser(
        "tagdrop aws",
        description="Set up, check or remove Tagdrop's service in your Amazon account.",
    )
    add_arguments(parser)
    return run_deploy(parser.parse_args(arguments))


def _save(arguments: Sequence[str], recognisers: Recognisers) -> int:
    from .save_command import add_arguments

    parser = argparse.ArgumentParser(
        "tagdrop save",
        description="Take the labels of the library's photos out of it, or take that back.",
        epilog="Exit status: 0 all done, 1 some photos failed, 2 wrong usage, 3 the library cannot"
        " be used, 130 stopped by Ctrl-C.",
    )
    _add_data_dir(parser)
    add_arguments(parser, _percent, _data_dir_anywhere())
    args = parser.parse_args(arguments)
    app.begin_log(args.data_dir)
    core = app.open_core(args.data_dir, load_settings(args.data_dir), recognisers)
    with contextlib.closing(core.library):
        signal.signal(signal.SIGTERM, _interrupt)
        try:
            return int(args.verb(args, core.library, core.settings))
        except KeyboardInterrupt:
            print("Stopped. `tagdrop save undo` takes back what was written.", file=sys.stderr)
            return INTERRUPTED


def _model(arguments: Sequence[str], recognisers: Recognisers) -> int:
    from .model_command import add_arguments

    parser = argparse.ArgumentParser(
        "tagdrop model",
        description="The model for search by meaning: an optional download. Nothing is"
        " downloaded unless you ask for it here or in the window.",
        epilog="Exit status: 0 done, 2 wrong usage, 3 it could not be done, 130 stopped by Ctrl-C;"
        " the same command then resumes.",
    )
    _add_data_dir(parser)
    add_arguments(parser, _data_dir_anywhere())
    args = parser.parse_args(arguments)
    app.begin_log(args.data_dir)
    core = app.open_core(args.data_dir, load_settings(args.data_dir), recognisers)
    with contextlib.closing(core.library):
        signal.signal(signal.SIGTERM, _interrupt)
        return int(args.verb(args, core))


def _label(args: argparse.Namespace, recognisers: Recognisers) -> int:
    try:
        return _label_to(sys.stdout, args, recognisers)
    except OSError as error:  # a full disk, say
        if is_closed(error) and not args.output:
            raise
        where = error.filename or args.output or "Standard output"
        print(f"{where} cannot be written: {error.strerror}", file=sys.stderr)
        return NO_BACKEND


def _label_to(stream: TextIO, args: argparse.Namespace, recognisers: Recognisers) -> int:
    from .label_command import LabelCommand
    from .output import make_writer

    with contextlib.ExitStack() as stack:
        if args.output:
            try:
                file = args.output.open("w", encoding="utf-8", errors="replace", newline="")
                stream = stack.enter_context(file)
            except OSError as error:
                print(f"{args.output} cannot be written: {error.strerror}", file=sys.stderr)
                return USAGE
        app.begin_log(args.data_dir)
        settings = load_settings(args.data_dir)
        core = app.open_core(args.data_dir, settings, recognisers)
        stack.callback(core.library.close)
        signal.signal(signal.SIGTERM, _interrupt)
        least = args.min_confidence
        command = LabelCommand(
            core,
            make_writer(args.format, stream),
            recogniser=recognisers.get(args.backend)
            if args.backend
            else recognisers.chosen(settings),
            min_confidence=settings.min_confidence if least is None else least,
            monthly_limit=args.monthly_limit,
        )
        return command.run(args.paths, again=args.again)


def _interrupt(*_: object) -> NoReturn:
    raise KeyboardInterrupt
