"""Finds what words mean: from the labels' names, WordNet's synonyms and kinds, and Ding's pairs."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from desktop.core.search.word_forms import FORMS, english, key

from .ding import nouns
from .wordnet import WordNet

ROOT = Path(__file__).parents[2]
LABELS = ROOT / "desktop" / "backends" / "models" / "labels.json"
NAMES = ROOT / "desktop" / "ui" / "translations" / "labels_de.tsv"
HERE = Path(__file__).parent

SEEN = frozenset({5, 6, 8, 13, 15, 17, 18, 19, 20, 27, 28})
"""WordNet's files of what can be in a photo: animals, things, bodies, food, places, people, ..."""
EDIBLE, PLANT = 13, 20
_GENERAL = (
    "Accessories Adult Animal Apparel Appliance Architecture Art Body_Part Building Clothing"
    " Decoration Drink Electronics Fabric Food Furniture Game Group Home_Appliance Human Insect"
    " Invertebrate Kitchenware Land Leisure_Activities Machine Mammal Metal Mineral Nature"
    " Outdoors People Person Plant Room Shop Sport Sports_Equipment Tool Toy Transportation"
    " Urban Vegetation Vehicle Watercraft Weapon Weapons Wildlife Worker"
)
GENERAL = frozenset(_GENERAL.split())
"""Labels (with _ for a space) too general to stand for a word that is not one of them."""
MOST_KINDS = 25
"""A word that would find more labels says too little, unless it is a label itself."""
STEPS_UP = 2
SENSES_OF_SYNONYM = 2
"""How far down among a word's senses a label's may stand, for the word to mean the label."""

_VAGUE = (
    "article assembly bit case component copy course cover covering device equipment fixture form"
    " frame gear group holder individual instrumentality item line making mechanism member model"
    " object part piece point product set setup structure thing top unit work worker"
)
VAGUE = frozenset(_VAGUE.split())
"""Words that could be anything: what they are a kind of says nothing of what is looked for."""

Words = dict[str, list[str]]


@dataclass
class Builder:
    """Reads the project's labels and the sources; `english` and `german` are its tables."""

    wordnet: WordNet
    ding: Path
    parents: Mapping[str, str | None] = field(init=False)
    names: Mapping[str, str] = field(init=False)

    def __post_init__(self) -> None:
        self.parents = json.loads(LABELS.read_text("utf-8"))["labels"]
        lines = NAMES.read_text("utf-8").splitlines()
        self.names = dict(line.split("\t") for line in lines)

    @cached_property
    def senses(self) -> dict[str, str]:
        """The synset of each label that has one."""
        chosen = dict(_pairs(HERE / "senses.txt"))
        found: dict[str, str] = {}

        def choose(label: str) -> None:
            if label in found:
                return
            if parent := self.parents.get(label):
                choose(parent)
            if label in chosen:
                word, _, number = chosen[label].rpartition(" ")
                if word:
                    found[label] = self.wordnet.senses[word][int(number) - 1]
                return
            senses = self.wordnet.senses.get(self._word(label), [])
            above = [found[each] for each in self._parents(label) if each in found]
            kinds = [[s for s in senses if each in self.wordnet.above(s)] for each in above]
            seen = [s for s in senses if self.wordnet.synsets[s].field_ in SEEN]
            fits = next((each for each in (*kinds, seen, senses) if each), None)
            if fits:
                found[label] = fits[0]

        for label in self.names:
            choose(label)
        return found

    def _word(self, label: str) -> str:
        """How WordNet writes a label."""
        word = label.lower()
        singular = [one for one in english(word) if word.endswith("s")]
        others = (word.replace("-", " "), *singular, word.replace(" ", ""))
        known = [w for w in (word, *others) if w in self.wordnet.senses]
        return known[0] if known else word

    def _parents(self, label: str) -> list[str]:
        found: list[str] = []
        while parent := self.parents.get(label):
            found.append(parent)
            label = parent
        return found

    @cached_property
    def above(self) -> dict[str, dict[str, int]]:
        """The labels above each, with the steps up to them; synonyms are 0 steps away."""
        by_synset: dict[str, list[str]] = defaultdict(list)
        for label, synset in self.senses.items():
            by_synset[synset].append(label)
        found: dict[str, dict[str, int]] = {}
        for label in self.names:
            steps = {each: n for n, each in enumerate(self._parents(label), 1)}
            if label in self.senses:
                for synset, n in self.wordnet.above(self.senses[label]).items():
                    for each in by_synset[synset]:
                        if each != label:
                            steps[each] = min(n, steps.get(each, n))
            found[label] = steps
        for label, kind in _pairs(HERE / "kinds.txt"):
            found[label][kind] = 1
        for label, steps in found.items():  # what is above a label of our own tree, too
            for each in self._parents(label):
                for upper, n in found[each].items():
                    if upper != label:
                        steps.setdefault(upper, n + steps[each])
        return found

    @cached_property
    def below(self) -> dict[str, list[str]]:
        """Each label with all that are kinds of it, itself first."""
        found = {label: [label] for label in self.names}
        for label, steps in sorted(self.above.items()):
            for upper in steps:
                found[upper].append(label)
        return found

    def wider(self, labels: Iterable[str], *, general: bool) -> list[str]:
        """The labels near above these, nearest first: those too general for it, or the others."""
        wanted = list(labels)
        steps = self.above[wanted[0]]
        most = 99 if general else STEPS_UP
        near = (each for each, n in steps.items() if n <= most and each not in wanted)
        return sorted((e for e in near if _is_general(e) == general), key=lambda e: (steps[e], e))

    @cached_property
    def english(self) -> Words:
        """Every English word with its labels."""
        words: Words = {}
        for language, word, labels in self._extra():
            if language == "en":
                words[word] = labels
        for label in self.names:
            words.setdefault(key(label), self.below[label])
        self._add_synonyms(words)
        self._add_kinds(words)
        self._add_specific(words)
        for word, plurals in self.wordnet.plurals.items():
            for plural in plurals:
                if key(word) in words and key(word) not in FORMS["en"](key(plural)):
                    words.setdefault(key(plural), words[key(word)])
        return words

    def _add_synonyms(self, words: Words) -> None:
        for label, synset in self.senses.items():
            for word in self.wordnet.synsets[synset].words:
                rank = self.wordnet.senses[word.lower()].index(synset)
                if rank < SENSES_OF_SYNONYM and word.islower():
                    words.setdefault(key(word), self.below[label])

    def _add_kinds(self, words: Words) -> None:
        kinds: dict[str, set[str]] = defaultdict(set)
        for label, synset in self.senses.items():
            for upper in self.wordnet.above(synset):
                kinds[upper].add(label)
        for synset, labels in kinds.items():
            if len(labels) <= MOST_KINDS and self.wordnet.synsets[synset].field_ in SEEN:
                for word in self._first_words(synset):
                    words.setdefault(word, sorted(labels))

    def _add_specific(self, words: Words) -> None:
        """What no label names and is a kind of one: a dachshund is a dog."""
        labels: dict[str, list[str]] = defaultdict(list)
        for label, synset in self.senses.items():
            if not _is_general(label):
                labels[synset].append(label)
        for synset, about in self.wordnet.synsets.items():
            if about.field_ not in SEEN:
                continue
            steps = self.wordnet.above(synset)
            near = sorted((n, upper) for upper, n in steps.items() if n <= STEPS_UP)
            nearest = [label for n, upper in near for label in labels.get(upper, ())][:1]
            for word in self._first_words(synset) if nearest else ():
                words.setdefault(word, nearest)

    def _first_words(self, synset: str) -> list[str]:
        """The words whose most frequent sense this is; no names of persons or families."""
        about = self.wordnet.synsets[synset]
        return [
            key(word)
            for word in about.words
            if word == word.lower()
            and word not in VAGUE
            and self.wordnet.senses[word][0] == synset
            and len(word) > 2
        ]

    @cached_property
    def german(self) -> Words:
        """Every German word with its labels."""
        words: Words = {}
        for language, word, labels in self._extra():
            if language == "de":
                words[word] = labels
        official: dict[str, str] = {}
        named: dict[str, dict[str, None]] = defaultdict(dict)
        for label, name in self.names.items():
            for each in {name, name.partition(" (")[0]}:
                official.setdefault(key(each), label)
                named[key(each)] |= dict.fromkeys(self.below[label])  # Fliege: an insect and a tie
        for word, means in named.items():
            words.setdefault(word, [*means])
        found: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
        for left, right in nouns(self.ding):
            self._add_pair(left, right, official, found)
        for word, support in found.items():
            best = max(support.values())
            likely = sorted(label for label, n in support.items() if n == best)
            if word not in words and len(word) > 2:
                words[word] = likely
        return words

    def _add_pair(
        self,
        german: list[str],
        english: list[str],
        official: Mapping[str, str],
        found: dict[str, dict[str, int]],
    ) -> None:
        keys = [key(word) for word in english]
        known = {word: self.english[word] for word in keys if word in self.english}
        if not known:
            return
        beside = {official[key(word)] for word in german if key(word) in official}
        for labels in known.values():
            agree = sum(bool({*labels} & {*others}) for others in known.values())
            few = [w for w, each in known.items() if each is labels]
            is_clear = any(len(self.wordnet.senses.get(w, ())) <= 1 for w in few)
            for word in german:
                ends = any(word.endswith(key(self.names[label])) for label in labels[:1])
                if agree > 1 or is_clear or ends or beside & {*labels}:
                    for label in labels:
                        found[key(word)][label] += agree

    def _extra(self) -> Iterable[tuple[str, str, list[str]]]:
        for start, labels in _pairs(HERE / "extra_words.txt"):
            language, _, word = start.partition(" ")
            means: dict[str, None] = dict.fromkeys(labels.split(";"))
            for label in tuple(means):
                means.update(dict.fromkeys(self.below[label]))
            yield language, key(word), [*means]


def _is_general(label: str) -> bool:
    return label.replace(" ", "_") in GENERAL


def _pairs(path: Path) -> Iterable[tuple[str, str]]:
    for line in path.read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            left, _, right = line.partition(" = ")
            yield left, right


def table(words: Words, builder: Builder) -> str:
    """The lines of a table: a word, its labels, those it may stand for, those to be offered."""
    lines = []
    for word, labels in sorted(words.items()):
        if word[0].isalnum():
            wider = (";".join(builder.wider(labels, general=each)) for each in (False, True))
            lines.append("\t".join((word, ";".join(labels), *wider)) + "\n")
    return "".join(lines)
