"""Which mistakes are tried: the ones that were not found at first."""

from __future__ import annotations

import tomllib

import pytest

from tests.rig import ROOT
from tools.mutants.mistakes import mistakes

MODULES = tomllib.loads((ROOT / "tools" / "mutants" / "modules.toml").read_text("utf-8"))


@pytest.mark.parametrize(
    ("source", "mistaken"),
    [
        ("a < b", "a <= b"),
        ("a in b and c", "a not in b and c"),
        ("a in b and c", "a in b or c"),
        ("x = not a", "x = not not a"),
        ("total += 1", "total -= 1"),
        ("LIMIT = 100", "LIMIT = 101"),
        ("path + '/'", "path + ''"),
        ("path + ''", "path + 'x'"),
        ("get(ConsistentRead=True)", "get(ConsistentRead=False)"),
        ("put(Body=data, ChecksumAlgorithm='SHA256')", "put(Body=data)"),
        ("x = {'Key': key, 'Owner': owner}", "x = {'Key': key}"),
        ("remove(stack, cancel=threading.Event())", "remove(stack, cancel=cancel)"),
        ("while left:\n    self.wake.set()", "while left:\n    pass"),
        ("if done:\n    stop()", "if not done:\n    stop()"),
        ("self.left = found", "pass"),
        ("def f():\n    raise Cancelled", "def f():\n    pass"),
        ("def f():\n    return left", "def f():\n    return None"),
        ("run('PRAGMA synchronous = FULL')", "run('PRAGMA synchronous = OFF')"),
        ("run('SELECT 1 WHERE a AND b > c')", "run('SELECT 1 WHERE a AND b >= c')"),
    ],
)
def test_a_mistake_of_each_kind_is_made(source: str, mistaken: str) -> None:
    assert mistaken in [mistake.source for mistake in mistakes(source)]


@pytest.mark.parametrize(
    "source",
    [
        "'What it is for, <= 1.'",
        "import a",
        "def f(a: Literal['b']) -> Literal['c']:\n    'What it does.'",
        "log.warning('%s is full', 1 + 1)",
        "@dataclass(frozen=True)\nclass A:\n    pass",
        "if TYPE_CHECKING:\n    a = 1",
        "raise AssertionError('nobody comes here')",
        "x = threading.Thread(name='poll')",
    ],
)
def test_words_and_types_are_left_alone(source: str) -> None:
    assert list(mistakes(source)) == []


def test_each_mistake_has_a_name_of_its_own_and_leaves_no_other_behind() -> None:
    source = "def f(a):\n    g(a + 1)\n    g(a + 1)\n"
    made = list(mistakes(source))
    assert len({mistake.name for mistake in made}) == len(made) == 6
    assert all(mistake.source.count("g(a + 1)") == 1 for mistake in made)


@pytest.mark.parametrize(
    ("source", "lines"),
    [
        ("def f():\n    g(\n        a,\n    )", {2, 3, 4}),
        ("def f():\n    if a < b:\n        pass", {2}),
        ("def f():\n    for a in (\n        1,\n    ):\n        pass", {2, 3}),
        ("def f():\n    def g(a=1):\n        pass", {2}),
        ("def f():\n    try:\n        pass\n    finally:\n        g()", {5}),
    ],
)
def test_who_runs_none_of_its_lines_does_not_meet_a_mistake(source: str, lines: set[int]) -> None:
    (mistake,) = mistakes(source)
    assert (mistake.lines, mistake.is_wide) == (lines, False)


@pytest.mark.parametrize(
    ("source", "lines"),
    [
        ("LIMIT = 100\ndef f():\n    g(\n        LIMIT,\n    )\n", {1, 4}),
        ("LIMITS: list[int] = [\n    100,\n]\ndef f():\n    LIMITS.g\n", {1, 5}),
        ("def f(a=1):\n    pass", set()),
        ("class A:\n    b = [\n        1,\n    ]", {2}),
    ],
)
def test_everybody_may_meet_one_in_what_is_made_when_the_module_is_imported(
    source: str, lines: set[int]
) -> None:
    mistake = next(iter(mistakes(source)))
    assert (mistake.lines, mistake.is_wide) == (lines, True)


@pytest.mark.parametrize("name", MODULES)
def test_what_is_tried_is_there(name: str) -> None:
    assert (ROOT / name).is_file()
    assert [test for test in MODULES[name]["tests"] if not (ROOT / test).exists()] == []
