"""What the packaged program can talk to is all that the program talks to."""

import ast
from collections.abc import Iterator

from desktop.self_check import SERVICES
from tests.rig import ROOT

MAKERS = {"client", "make_client", "_make_client", "get_available_regions"}


def services() -> Iterator[str]:
    """The services named in calls that make a client, wherever they stand in them."""
    for folder in ("desktop", "deploy"):
        for path in (ROOT / folder).rglob("*.py"):
            for call in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(call, ast.Call):
                    name = getattr(call.func, "attr", getattr(call.func, "id", ""))
                    named = [each for each in call.args if isinstance(each, ast.Constant)]
                    if name in MAKERS:
                        yield from (str(each.value) for each in named)


def test_every_service_that_is_called_is_packaged() -> None:
    called = set(services())
    assert {"s3", "cloudformation", "signin"} <= called
    assert called <= set(SERVICES)
