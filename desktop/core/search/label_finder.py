"""LabelFinder: which of a library's labels a word means."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from functools import cached_property

from .thesaurus import Thesaurus
from .word_forms import PLAIN, all_forms, key


class LabelFinder:
    """Knows the labels in use at one moment, and by `other_names` what else each is called."""

    def __init__(
        self,
        labels: Sequence[str],
        thesaurus: Thesaurus,
        other_names: Callable[[str], Iterable[str]],
    ) -> None:
        self.labels = labels
        self._known = frozenset(labels)
        self._thesaurus = thesaurus
        self._names = {
            label: tuple(key(name) for name in (label, *other_names(label))) for label in labels
        }
        self._own = frozenset(labels) - thesaurus.labels
        self._words: dict[str, list[tuple[str, str]]] = defaultdict(list)
        for label, names in self._names.items():
            for word in {word for name in names for word in name.split()}:
                self._words[_start(word)].append((word, label))

    def meant(self, text: str, *, is_exact: bool) -> list[str]:
        """The labels that a word means: by its meaning, else by a word in their names.

        An exact one is a label's name and nothing else. Of the labels that the thesaurus knows it
        decides alone: dog is no hot dog.
        """
        meaning = None if is_exact else self._thesaurus.meaning(text)
        if meaning is None:
            return self.named(text, is_exact=is_exact)
        found = self._in_use(meaning.labels)
        if self._own:
            own = self._own.intersection(self._with_word(Spelled(text)))
            found += sorted(own.difference(found))
        return found or self._in_use(meaning.wider)[:1]

    def named(self, text: str, *, is_exact: bool) -> list[str]:
        """The labels that are called so; without any and unless `is_exact`, those in whose names
        this is a word; without any of these, those in whose names a word begins so."""
        spelled = Spelled(text)
        words = self._words.get(_start(spelled.plain), ())
        near = {label: self._names[label] for _, label in words}
        whole = [label for label, names in near.items() if spelled.plain in names] or [
            label for label, names in near.items() if any(map(spelled.is_form_of, names))
        ]
        if whole or is_exact:
            return whole
        some = self._with_word(spelled)
        begins = (label for word, label in words if word.startswith(spelled.plain))
        return some or [*dict.fromkeys(begins)]

    def wider(self, text: str) -> list[str]:
        """The labels above what a word means, the nearest first."""
        meaning = self._thesaurus.meaning(text)
        return self._in_use((*meaning.wider, *meaning.general)) if meaning else []

    @cached_property
    def words(self) -> frozenset[str]:
        """Every word that means a label in use, as `key` makes it."""
        names = frozenset(name for names in self._names.values() for name in names)
        means = self._thesaurus.words()
        return names.union(word for word, labels in means if not self._known.isdisjoint(labels))

    def _in_use(self, labels: Iterable[str]) -> list[str]:
        return [label for label in labels if label in self._known]

    def _with_word(self, spelled: Spelled) -> list[str]:
        near = self._words.get(_start(spelled.plain), ())
        return [*dict.fromkeys(label for word, label in near if spelled.is_form_of(word))]


class Spelled:
    """A word that was typed, to compare with names: dogs is a form of dog, and dog of dogs."""

    def __init__(self, text: str) -> None:
        self.plain = key(text)
        self._forms = all_forms(self.plain)

    def is_form_of(self, word: str) -> bool:
        """Whether they are the same word, in some forms of theirs."""
        return word in self._forms or not self._forms.isdisjoint(all_forms(word))


def _start(word: str) -> str:
    """All forms of a word have it in common: the first letter, without its dots."""
    return word[:1].translate(PLAIN)
