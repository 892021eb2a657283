"""WordNet 3.0's nouns as its files hold them: synsets, their kinds, irregular plurals."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Synset:
    """Words for one thing. `field` is the number of its lexicographer file (18: persons)."""

    number: str
    field_: int
    words: tuple[str, ...]
    kinds_of: tuple[str, ...]


@dataclass(slots=True)
class WordNet:
    """Reads index.noun, data.noun and noun.exc of a folder."""

    folder: Path
    synsets: dict[str, Synset] = field(default_factory=dict)
    senses: dict[str, list[str]] = field(default_factory=dict)
    """Word to synsets, the most frequent first."""
    plurals: dict[str, list[str]] = field(default_factory=dict)
    """Irregular ones, by the word."""
    _above: dict[str, dict[str, int]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for line in (self.folder / "data.noun").read_text("utf-8").splitlines():
            if not line.startswith(" "):
                self._add_synset(line)
        for line in (self.folder / "index.noun").read_text("utf-8").splitlines():
            if not line.startswith(" "):
                word, _, count, pointers, *rest = line.split()
                numbers = rest[int(pointers) + 2 :]
                assert len(numbers) == int(count), line
                self.senses[word.replace("_", " ")] = numbers
        for line in (self.folder / "noun.exc").read_text("utf-8").splitlines():
            plural, *words = line.replace("_", " ").split()
            for word in words:
                self.plurals.setdefault(word, []).append(plural)

    def _add_synset(self, line: str) -> None:
        number, field_, _, count, *rest = line.partition(" | ")[0].split()
        words = rest[: int(count, 16) * 2 : 2]
        pointers = rest[int(count, 16) * 2 + 1 :]
        each = [tuple(pointers[n : n + 4]) for n in range(0, len(pointers) - 3, 4)]
        self.synsets[number] = Synset(
            number,
            int(field_),
            tuple(word.replace("_", " ") for word in words),
            tuple(to for kind, to, part, _ in each if kind in ("@", "@i") and part == "n"),
        )

    def above(self, number: str) -> dict[str, int]:
        """Everything that a synset is a kind of, itself too, with the number of steps up."""
        if number not in self._above:
            steps = {number: 0}
            for here in (waiting := [number]):
                for upper in self.synsets[here].kinds_of:
                    if upper not in steps:
                        steps[upper] = steps[here] + 1
                        waiting.append(upper)
            self._above[number] = steps
        return self._above[number]
