"""The deploy script: setup, status, update, doctor, backfill, remove, join, policy, template.

`tagdrop aws …` is the same. `--json` prints one object a line: `part` for each stack event or
`check` for each of the doctor's, then `done` or `error`.
"""

from __future__ import annotations

import argparse
import json
import signal
import sys
import threading
from pathlib import Path
from typing import Any

from desktop.core.errors import AppError, Cancelled, Remedy
from desktop.core.money.upload_log import OPT_OUT_URL
from desktop.core.settings import default_data_dir

from .stack.policies import DEFAULT_NAME, setup_policy
from .stack.render import render_template

_OUTCOMES = {
    "CREATE_COMPLETE": "ready",
    "UPDATE_COMPLETE": "up to date",
    "DELETE_COMPLETE": "gone",
    "DELETE_SKIPPED": "kept",
}


_STOPPED = {
    "setup": "What this run began was taken back.",
    "update": "What was there before works as it did.",
    "remove": "What is gone stays gone; run remove again for the rest.",
    "status": "",
    "doctor": "",
    "backfill": "What was begun is still labelled; run backfill again for the rest.",
    "join": "",
}
NO_KEYCHAIN = (
    "This computer has no keychain to keep a key in, so none was created: labelling here uses your"
    " own AWS credentials."
)
NO_USERS = (
    "It has no users: labelling here uses your own profile or AWS credentials. Give the policy of"
    " its output AppPolicy to whoever labels; they connect with: tagdrop aws join --profile NAME."
)
PASTE_HERE = (
    "In the AWS console: IAM, Policies, Create policy, JSON; then attach it to whoever sets Tagdrop"
    " up. It is too long for a user's inline policy."
)
DEPLOY_IT = (
    "With CloudFormation: aws cloudformation deploy --template-file FILE --stack-name tagdrop"
    " --capabilities CAPABILITY_IAM --parameter-overrides BucketName=NAME"
)
_LEFT = "Amazon carries on; the same command picks it up again."
EXIT_CODES = (
    "Exit status: 0 done (doctor: everything works), 1 something failed or was stopped (doctor: a"
    " problem was found), 2 wrong usage, or nobody was there to confirm what needs --yes."
)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The verbs and their options, on any parser."""
    common = argparse.ArgumentParser(add_help=False)
    common.add_argument("--region", help="Amazon's location, for example eu-central-1")
    common.add_argument("--profile", help="a profile from ~/.aws")
    common.add_argument("--stack", metavar="NAME", help="the stack's name (tagdrop)")
    common.add_argument("--json", action="store_true", help="print one JSON object per line")
    common.add_argument("--yes", action="store_true", help="do not ask, answer yes")
    common.add_argument("--data-dir", type=Path, metavar="DIR", help="where the settings are kept")
    parser.epilog = EXIT_CODES
    verbs = parser.add_subparsers(dest="verb", required=True)

    def add(verb: str, what: str, *parents: argparse.ArgumentParser) -> argparse.ArgumentParser:
        return verbs.add_parser(verb, parents=parents, help=what, epilog=EXIT_CODES)

    retention = argparse.ArgumentParser(add_help=False)
    retention.add_argument(
        "--retention-days",
        type=_days,
        metavar="N",
        help="delete copies of photos after N days (initially 1)",
    )
    for option, help_text in (
        ("--also-text", "also read text in photos; costs as much again (initially no)"),
        ("--also-explicit", "also flag explicit content; costs as much again (initially no)"),
    ):
        retention.add_argument(option, type=_yes_or_no, metavar="yes|no", help=help_text)
    company = argparse.ArgumentParser(add_help=False)
    company.add_argument(
        "--tags",
        nargs="+",
        type=_tag,
        default=[],
        metavar="KEY=VALUE",
        help="tags for everything that is created, beside project=tagdrop",
    )
    company.add_argument(
        "--permissions-boundary",
        metavar="ARN",
        help='the policy that bounds the role and the users ("" for none)',
    )
    setup = add("setup", "create the labelling service, or repair it", common, retention, company)
    setup.add_argument(
        "--account-bucket",
        action="store_true",
        help="name a new bucket in the account's own regional namespace (...-an)",
    )
    setup.add_argument(
        "--no-users",
        action="store_true",
        help="create no IAM users: each person labels with a profile of their own",
    )
    setup.add_argument(
        "--new-key", action="store_true", help="give this computer a new key and delete its old one"
    )
    setup.add_argument("--anew", action="store_true", help="remove what is there, create it again")
    add("status", "show what is set up", common)
    add("update", "update it to this version", common, retention, company)
    doctor = add("doctor", "check everything, and label one test photo", common)
    doctor.add_argument(
        "--replay", action="store_true", help="have photos tried again that Amazon gave up"
    )
    add(
        "backfill",
        "label what lies in the storage without labels; says what it costs before",
        common,
    )
    add("remove", "delete everything from Amazon", common)
    policy = add("policy", "print the permissions that setup and remove need, for an IT department")
    policy.add_argument("--region", help="allow it in this location only")
    policy.add_argument("--stack", metavar="NAME", help="the stack's name (tagdrop)")
    policy.add_argument("--json", action="store_true", help="print it on one line")
    join = add("join", "connect this computer with a service that others deployed", common)
    join.add_argument(
        "--outputs",
        type=Path,
        metavar="FILE",
        help="what aws cloudformation describe-stacks printed of it (default: ask Amazon)",
    )
    add("template", "print the CloudFormation template, for an IT department")


def run(args: argparse.Namespace) -> int:
    """Do what the arguments say and return the exit code."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")  # a tick must not end a run in an old terminal
    if args.verb in {"policy", "template"}:
        return _print_policy(args) if args.verb == "policy" else _print_template()
    report = _print_json if args.json else _print_text
    if not _is_sure(args):
        return 2
    # boto3 takes 0.4 s to load, and `tagdrop` mounts these verbs beside others
    from .command import Choice, execute  # noqa: PLC0415

    choice = Choice(
        verb=args.verb,
        data_dir=args.data_dir or default_data_dir(),
        region=args.region,
        profile=args.profile,
        stack=args.stack,
        retention_days=getattr(args, "retention_days", None),
        also_text=getattr(args, "also_text", None),
        also_explicit=getattr(args, "also_explicit", None),
        new_key=getattr(args, "new_key", False),
        anew=getattr(args, "anew", False),
        replay=getattr(args, "replay", False),
        with_user=False if getattr(args, "no_users", False) else None,
        permissions_boundary=getattr(args, "permissions_boundary", None),
        account_bucket=getattr(args, "account_bucket", False),
        tags=dict(getattr(args, "tags", ())),
        outputs=getattr(args, "outputs", None),
    )
    healthy = True
    try:
        with _interruptible() as cancel:
            for entry in execute(choice, cancel):
                report(entry)
                if entry["event"] == "backlog" and not _may_label(args, entry):
                    return 2
                healthy &= entry.get("healthy", True)
    except AppError as error:
        report(_error_entry(error))
        return 1
    except (Cancelled, KeyboardInterrupt) as stop:
        message = _STOPPED[args.verb] if isinstance(stop, Cancelled) else _LEFT
        report({"event": "error", "title": "Stopped", "message": message})
        return 1
    return 0 if healthy else 1


def _yes_or_no(text: str) -> bool:
    try:
        return {"yes": True, "no": False}[text]
    except KeyError:
        raise argparse.ArgumentTypeError(f"{text} is neither yes nor no") from None


def _print_policy(args: argparse.Namespace) -> int:
    """The policy on standard output alone, so that it can be kept in a file."""
    policy = setup_policy(args.stack or DEFAULT_NAME, region=args.region or "*")
    print(json.dumps(policy, indent=None if args.json else 2))
    if not args.json:
        print(PASTE_HERE, file=sys.stderr)
    return 0


def _print_template() -> int:
    """The template on standard output alone, as it is sent to Amazon."""
    print(render_template().body, end="")
    print(DEPLOY_IT, file=sys.stderr)
    return 0


def _error_entry(error: AppError) -> dict[str, Any]:
    return {
        "event": "error",
        "title": error.title,
        "message": error.message,
        "remedy": error.remedy,
        "detail": error.detail,
    }


def _print_json(entry: dict[str, Any]) -> None:
    print(json.dumps(entry), flush=True)


def _print_text(entry: dict[str, Any]) -> None:
    kind = entry["event"]
    if kind == "part":
        line = _part_line(entry)
        if line:
            print(line, flush=True)
    elif kind == "replayed":
        print(f"  {entry['count']:,} photos are tried again.", flush=True)
    elif kind == "backlog":
        print(_backlog_text(entry), flush=True)
    elif kind == "labelled":
        print(f"  {entry['count']:,} labelled", flush=True)
    elif kind == "check":
        print(_check_line(entry), flush=True)
    elif kind == "error":
        print(entry["title"] + ".", entry["message"], file=sys.stderr, flush=True)
    else:
        print(_done_text(entry), flush=True)


def _backlog_text(entry: dict[str, Any]) -> str:
    text = f"Without labels in the storage: {entry['images']:,}"
    if entry["images"]:
        text += f", about ${entry['dollars']:,.2f} before tax"
    if entry["on_the_way"]:
        text += f"; put in the last hour and perhaps on their way: {entry['on_the_way']:,}"
    return text + "."


def _part_line(entry: dict[str, Any]) -> str:
    name, status, reason = entry["name"], entry["status"], entry["reason"]
    if status in _OUTCOMES:
        return f"  ✓ {name} … {_OUTCOMES[status]}"
    if status.endswith("_FAILED"):
        return f"  ✗ {name} … {reason}"
    if entry["count"]:
        return f"    {name} … {entry['count']:,} copies deleted"
    return ""


def _check_line(entry: dict[str, Any]) -> str:
    sign = {"ok": "✓", "bad": "✗", "unknown": "?"}[entry["verdict"]]
    reason = ". ".join(filter(None, (entry["title"], entry["message"])))
    return f"  {sign} {entry['name']}" + (f" … {reason}{_hint(entry)}" if reason else "")


def _hint(entry: dict[str, Any]) -> str:
    """What stands for the window's button."""
    return {
        Remedy.REPAIR: " (Run setup to repair it.)",
        Remedy.REPLAY: " (Run doctor --replay to do that.)",
    }.get(entry["remedy"], "")


def _done_text(entry: dict[str, Any]) -> str:
    if entry["verb"] == "doctor":
        return "Everything works." if entry["healthy"] else "Problems were found, see above."
    if entry["verb"] == "backfill":
        return f"Labelled: {entry['labelled']:,}."
    account = "-".join(entry["account"][i : i + 4] for i in (0, 4, 8))
    where = f"Account {account}, {entry['region']}, stack {entry['stack']}"
    if entry["verb"] == "join":
        whose = f"the profile {entry['profile']}" if entry["profile"] else "your AWS credentials"
        return f"{where}: connected. Labelling uses {whose}."
    return _state_text(entry, where)


def _state_text(entry: dict[str, Any], where: str) -> str:
    if entry["status"] == "ABSENT":
        if entry["verb"] == "remove":
            return f"{where}: nothing is left. Your labels stay on this computer."
        return f"{where}: nothing is set up."
    if not entry["bucket"]:
        return f"Stack {entry['stack']}: {entry['status']}. Run setup to finish it, or remove."
    lines = [
        f"{where}: {entry['status']}",
        f"  Storage for copies    {entry['bucket']}",
        f"  Table for the labels  {entry['table']}",
        f"  Labelling program     {entry['function']}",
        f"  Version               {entry['version']}" + _version_note(entry),
    ]
    if entry["verb"] == "setup":
        if not entry["app_user"]:
            lines += ["", NO_USERS]
        elif not entry["key_kept"]:
            lines += ["", NO_KEYCHAIN]
        lines += [
            "",
            "Ready. Labelling costs about $1 for 1,000 photos, before tax.",
            "Amazon may keep photos sent to it to improve its service. Opting out needs an AWS",
            "Organization:",
            OPT_OUT_URL,
        ]
    return "\n".join(lines)


def _version_note(entry: dict[str, Any]) -> str:
    if entry["is_newer"]:
        return " (set up by a newer Tagdrop: update this one)"
    return "" if entry["is_current"] else " (an update is available: run update)"


def _may_label(args: argparse.Namespace, backlog: dict[str, Any]) -> bool:
    """Whether the person pays for it; of nothing to label there is nothing to ask."""
    is_free = backlog["images"] == 0
    return is_free or args.yes or _confirm(args, "backfill costs money", "Label them?")


def _is_sure(args: argparse.Namespace) -> bool:
    """Whether the person wants what destroys something."""
    if args.verb == "remove":
        what, asked = "remove deletes everything from Amazon", "Delete everything from Amazon?"
    elif args.verb == "setup" and args.anew:
        what = "setup --anew deletes what is there, and other computers' keys"
        asked = "Delete what is there, and other computers' keys, and create it again?"
    else:
        return True
    return args.yes or _confirm(args, what, f"{asked} Your labels stay on this computer.")


def _confirm(args: argparse.Namespace, what: str, question: str) -> bool:
    """Ask, where somebody is there to answer."""
    if args.json or not sys.stdin.isatty():
        print(f"{what}: add --yes to confirm.", file=sys.stderr)
        return False
    return input(f"{question} [y/N] ").strip().lower() in ("y", "yes")


class _interruptible:  # noqa: N801 - used as a function
    """A cancel event that the first Ctrl-C sets; the second one ends the program at once."""

    def __enter__(self) -> threading.Event:
        self._cancel = threading.Event()
        self._before = signal.signal(signal.SIGINT, self._on_interrupt)
        return self._cancel

    def __exit__(self, *_: object) -> None:
        signal.signal(signal.SIGINT, self._before)

    def _on_interrupt(self, *_: object) -> None:
        if self._cancel.is_set():
            raise KeyboardInterrupt
        # Not from here: the interrupted wait() may hold the lock that set() needs, for ever.
        threading.Thread(target=self._cancel.set, name="cancel").start()
        print("Stopping; press Ctrl-C again to quit at once.", file=sys.stderr, flush=True)


def _tag(text: str) -> tuple[str, str]:
    key, sign, value = text.partition("=")
    if not (key and sign):
        raise argparse.ArgumentTypeError("KEY=VALUE")
    return key, value


def _days(text: str) -> int:
    days = int(text)
    if not 1 <= days <= 365:
        raise argparse.ArgumentTypeError("1 to 365 days")
    return days


def main() -> int:
    """Entry point of `python -m deploy`."""
    parser = argparse.ArgumentParser(
        prog="python -m deploy",
        description="Set up, check or remove Tagdrop's service in your Amazon account.",
    )
    add_arguments(parser)
    return run(parser.parse_args())


if __name__ == "__main__":
    sys.exit(main())
