"""Recognisers: the registry; one entry says all that there is to know about a way of labelling."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from .backend import Backend, BackendName
from .errors import BackendMissingError
from .settings import Settings
from .texts import Text

KeepSettings = Callable[..., object]
"""Keeps some of the settings, given by their names, that a backend knows better."""

RESERVED = frozenset({"you", "file"})
"""Origins of labels that no recogniser has found."""


@dataclass(frozen=True, slots=True)
class Recogniser:
    """One way of labelling.

    `name` is what the library keeps as the origin of its labels, and what `--with` takes. `title`
    says where it labels, `about` what that means, `who` who says what it has found; each begins
    with a capital. `where` says of a label where it was found. Where several have labelled an
    image, the labels of the highest `rank` count.
    `images_per_s` is its usual pace, before there was a job to learn from.

    `uses_cpu`: it recognises in `submit`, on the cores of this computer. `keeps_copies`: its
    backend is a CopyKeeper. `answers_last`: its answers outlive the program, and may be those to
    another computer's images, so that it is asked before an image is submitted. `needs_connection`:
    it stands on `Settings.connection`. `rate`: how many images a second it takes by its own word,
    None where that is not known; a job hands them in evenly, no faster. `price` gives the dollars
    for 1,000 images; every submit is counted, up to the monthly limit. None: it never costs
    anything. `model` gives the version that its next answers will have, or raises
    BackendMissingError; None where only the answers tell.
    `make` builds the backend from the settings as they are now, and may raise an AppError; it
    imports what is heavy, so never on the GUI thread. What else it is given keeps a connection that
    was found to have changed, in the thread that finds it.
    """

    name: BackendName
    title: Text
    about: Text
    who: Text
    where: Text
    rank: int
    images_per_s: float
    make: Callable[[Settings, KeepSettings], Backend]
    uses_cpu: bool = False
    keeps_copies: bool = False
    answers_last: bool = False
    needs_connection: bool = False
    rate: Callable[[Settings], float | None] | None = None
    price: Callable[[Settings], float] | None = None
    model: Callable[[], str] | None = None


class Recognisers:
    """All that this program knows, by rising rank. ValueError when two share a name or a rank."""

    def __init__(self, entries: Iterable[Recogniser]) -> None:
        self._entries = tuple(sorted(entries, key=lambda each: each.rank))
        self._by_name = {each.name: each for each in self._entries}
        if len({each.rank for each in self._entries}) < len(self._entries):
            raise ValueError("two recognisers have the same rank")
        if len(self._by_name) < len(self._entries) or self._by_name.keys() & RESERVED:
            raise ValueError("the name of a recogniser is taken")

    def __iter__(self) -> Iterator[Recogniser]:
        return iter(self._entries)

    def get(self, name: BackendName) -> Recogniser:
        """The one with this name; BackendMissingError when a newer program has left it."""
        try:
            return self._by_name[name]
        except KeyError:
            raise BackendMissingError(
                "This Tagdrop does not know “{name}”",
                "A newer Tagdrop uses it for labelling. Update Tagdrop to continue.",
                name=name,
            ) from None

    @property
    def usual(self) -> Recogniser:
        """The one to label with before anybody has chosen: it works at once."""
        return next(each for each in self._entries if not each.needs_connection)

    @property
    def connected(self) -> Recogniser:
        """The one that stands on the connection which the set-up makes."""
        return next(each for each in self._entries if each.needs_connection)

    def chosen(self, settings: Settings) -> Recogniser:
        """The one to label with; the usual one where none, or one of a newer program, is chosen."""
        return self._by_name.get(settings.backend, self.usual)

    def copy_keepers(self, settings: Settings) -> list[Recogniser]:
        """Those that keep copies and can be used now, the connected one first.

        Where none can be used, all of them: `make` says what is missing.
        """
        keepers = [each for each in self._entries if each.keeps_copies]
        keepers.sort(key=lambda each: not each.needs_connection)
        return [each for each in keepers if _can_use(each, settings)] or keepers

    def prices(self, settings: Settings) -> list[float]:
        """What those that can be used now take for 1,000 images, in dollars."""
        return [
            each.price(settings)
            for each in self._entries
            if each.price and _can_use(each, settings)
        ]

    def who(self, origin: str) -> Text | str:
        """Who has found a label: in words, or as it is stored where a newer program has done so."""
        known = self._by_name.get(origin)
        return known.who if known else origin

    def where(self, origin: str) -> Text | str:
        """Where a label was found, as `who`."""
        known = self._by_name.get(origin)
        return known.where if known else origin


def _can_use(recogniser: Recogniser, settings: Settings) -> bool:
    return settings.connection is not None or not recogniser.needs_connection
