"""The results as a table, with the first findings of each kind; and two runs beside each other."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence

from .judge import Finding, Kind, findings, is_judged, orientation_told
from .peers import READ, SELF
from .results import Result

_ROWS = {
    "Extended WEBP": "WEBP",
    "WEBP (lossless)": "WEBP",
    "APNG": "PNG",
    "BTF": "TIFF",
    "JXL Codestream": "JXL",
}
"""exiftool's finer names, and the row of the table that they count in."""


def report(results: Sequence[Result], missing: Iterable[str], show: int) -> Iterator[str]:
    """Lines: who opened what, how many dates and orientations are equal, `show` paths a kind."""
    judged = [result for result in results if is_judged(result)]
    small = sum(result.facts.kind in READ for result in results) - len(judged)
    yield f"{len(judged)} pictures of kinds that Tagdrop reads; {small} more are too small"
    if missing := list(missing):
        yield f"not installed: {', '.join(missing)}"
    yield ""
    yield from _table(judged)
    yield ""
    yield from _others(results)
    yield _dates(judged)
    yield _orientations(judged)
    found: dict[Kind, list[Finding]] = defaultdict(list)
    for finding in _all(judged):
        found[finding.kind].append(finding)
    for kind in (kind for kind in Kind if kind in found):
        each = found[kind]
        yield f"\n{len(each)}  {kind}"
        yield from (f"    {one.path}: {one.detail}" for one in each[:show])
        if len(each) > show:
            yield f"    and {len(each) - show} more"


def compare(before: Sequence[Result], after: Sequence[Result], show: int) -> Iterator[str]:
    """Lines: which findings have gone and which have come, of the files that are in both runs."""
    both = {result.path for result in before} & {result.path for result in after}
    old = {each[:2]: each for each in _all(before) if each.path in both}
    new = {each[:2]: each for each in _all(after) if each.path in both}
    yield f"{len(both)} files in both runs"
    for word, some, others in (("gone", old, new), ("new", new, old)):
        changed = [each for key, each in some.items() if key not in others]
        for kind, count in Counter(each.kind for each in changed).items():
            yield f"\n{count} {word}: {kind}"
            of_kind = [each for each in changed if each.kind == kind]
            yield from (f"    {one.path}: {one.detail}" for one in of_kind[:show])
            if count > show:
                yield f"    and {count - show} more"


def _all(results: Iterable[Result]) -> Iterator[Finding]:
    for result in results:
        yield from findings(result)


def _table(results: Sequence[Result]) -> Iterator[str]:
    names = list(dict.fromkeys(name for result in results for name in result.readings))
    names.sort(key=lambda name: name != SELF)
    rows = defaultdict(list)
    for result in results:
        rows[_ROWS.get(result.facts.kind, result.facts.kind or "unknown")].append(result)
    yield f"{'opened of':10}{'files':>7}" + "".join(f"{name:>13}" for name in names)
    for kind, some in [*sorted(rows.items()), ("all", list(results))]:
        cells = [_cell(some, name) for name in names]
        yield f"{kind:10}{len(some):7}" + "".join(f"{cell:>13}" for cell in cells)


def _cell(results: Iterable[Result], name: str) -> str:
    readings = [result.readings[name] for result in results if name in result.readings]
    return str(sum(each.is_opened for each in readings)) if readings else ""


def _others(results: Iterable[Result]) -> Iterator[str]:
    """The pictures of kinds that Tagdrop does not mean to read."""
    kinds = Counter(each.facts.kind for each in results if each.facts.kind not in {*READ, ""})
    if kinds:
        yield "other kinds: " + ", ".join(f"{kind} {n}" for kind, n in kinds.most_common())


def _dates(results: Iterable[Result]) -> str:
    dated = [r for r in results if r.readings[SELF].is_opened and r.facts.date]
    equal = sum(each.readings[SELF].date == each.facts.date for each in dated)
    return f"dates: {_share(equal, len(dated))} equal to exiftool's"


def _orientations(results: Iterable[Result]) -> str:
    told = [t for r in results if r.readings[SELF].is_opened and (t := orientation_told(r))]
    turned = sum(1 for r in results if r.facts.orientation != 1)
    right = _share(sum(t == 1 for t in told), len(told))
    return f"orientation: {right} as exiftool's ({turned} files say another than 1)"


def _share(part: int, whole: int) -> str:
    return f"{part} of {whole} ({part / whole:.2%})" if whole else "none"
