"""The settings: what a person chose, a dataclass that is kept in a JsonStore."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field, fields
from functools import partial
from pathlib import Path
from typing import Any, Literal, get_args

import platformdirs

from .backend import BackendName
from .json_store import JsonStore

FILE_NAME = "settings.json"
DEFAULT_MIN_CONFIDENCE = 55.0
"""Percent below which a label is not shown at first; Rekognition's own default."""


Appearance = Literal["system", "light", "dark"]
Language = Literal["system", "en", "de"]
TileShape = Literal["photo", "square"]
"""Each photo in the grid in its own shape, or all in squares."""
SidecarNaming = Literal["stem", "name"]
"""How a new sidecar of IMG.JPG is called: IMG.xmp as with Lightroom, IMG.JPG.xmp as with darktable
and digiKam."""
MOST_KEYWORDS = 100
"""The highest number of labels written into a photo that can be chosen."""
THUMBNAIL_SIZES_PX = range(96, 385)
DEFAULT_THUMBNAIL_PX = 192
MOST_DOLLARS = 100_000
"""The highest monthly limit, and the highest price of 1,000 photos, that can be chosen."""
MOST_PER_S = 100_000
"""Photos a second: more than any account is given."""
RETENTION_DAYS = range(1, 366)
"""After how many days copies may be deleted, as deploy/stack/template.yaml allows."""


@dataclass(frozen=True, slots=True)
class Connection:
    """Where the AWS side is: what `setup` made and `label --with aws` uses. Nothing secret.

    `profile` of ~/.aws labels where this computer has no key of its own; "" for the default one.
    """

    account: str
    region: str
    stack: str
    bucket: str
    table: str
    profile: str = ""


@dataclass(frozen=True, slots=True)
class Settings:
    """What a person chose. `backend` is a recogniser's name, empty while nobody has chosen one.

    `min_confidence` is in percent, `thumbnail_px` about how wide the grid's photos are;
    `shows_labels` and `shows_names` say what stands below each.

    `monthly_limit_dollars` is the most that Amazon may cost in a month. `dollars_per_1000` is the
    price of labelling 1,000 photos there, which a set-up takes from `listed_prices`, what Amazon's
    list said by region, or from `money/prices.py`. `amazon_per_s` is how many photos a second the
    account may have recognised there, as it said at the set-up; 0 where it did not. `also_text`,
    `also_explicit`: whether the account also reads text in photos and flags explicit content, as
    this computer last heard. `retention_days` is the wish after how many days copies are deleted
    there; with `deletes_copies` each goes as soon as its photo's labels are here.
    `spares_core`: whether a job leaves one processor core to other programs.
    `tells_of_updates`: whether a start asks for a newer version, where there is an address to ask.
    `refused_model` is the on-device model with which older labels are not to be made anew.

    Those of `keywords_` and `keyword_` say what is written of a photo's labels and where:
    `keywords_in_files` into the photo itself where that is safe, else into a sidecar.
    `keyword_min_confidence` is in percent; `most_keywords` 0 sets no limit. `keeps_keywords`:
    whether photos that have keywords are brought up to date by themselves.
    """

    backend: BackendName = ""
    min_confidence: float = DEFAULT_MIN_CONFIDENCE
    connection: Connection | None = None
    appearance: Appearance = "system"
    language: Language = "system"
    thumbnail_px: int = DEFAULT_THUMBNAIL_PX
    tile_shape: TileShape = "photo"
    shows_labels: bool = True
    shows_names: bool = False
    monthly_limit_dollars: float = 5.0
    dollars_per_1000: float = 1.0
    listed_prices: Mapping[str, float] = field(default_factory=dict)
    amazon_per_s: float = 0.0
    also_text: bool = False
    also_explicit: bool = False
    retention_days: int = 1
    deletes_copies: bool = True
    tells_of_updates: bool = True
    refused_model: str = ""
    spares_core: bool = False
    keywords_in_files: bool = False
    sidecar_naming: SidecarNaming = "name"
    keyword_min_confidence: float = DEFAULT_MIN_CONFIDENCE
    keyword_confirmed_only: bool = False
    keyword_parents: bool = False
    keyword_prefix: str = ""
    keyword_language: Language = "system"
    most_keywords: int = 0
    keeps_keywords: bool = False

    @property
    def analyses(self) -> int:
        """How often Amazon looks at a photo; each time costs what labels cost."""
        return 1 + self.also_text + self.also_explicit


def options_in(parameters: Mapping[str, str]) -> dict[str, Any]:
    """What the account does with each photo, by its stack's parameters, as `Settings` keep it."""
    names = {"also_text": "AlsoText", "also_explicit": "AlsoExplicit"}
    return {field: parameters.get(name) == "yes" for field, name in names.items()}


def default_data_dir() -> Path:
    """The platform's place for settings, library, thumbnails and logs."""
    return platformdirs.user_data_path("Tagdrop", appauthor=False)


def library_path(data_dir: Path) -> Path:
    """Where the library lies among these."""
    return data_dir / "library.db"


def load_settings(data_dir: Path) -> Settings:
    """The settings in `data_dir`, or the defaults where there are none. Raises StorageError.

    A file that cannot be understood is set aside under another name, never deleted.
    """
    return _from_json(_store(data_dir).read())


def settings_stamp(data_dir: Path) -> object:
    """Another one whenever they have been written; costs one look at the file."""
    try:
        info = (data_dir / FILE_NAME).stat()
    except OSError:
        return None
    return info.st_mtime_ns, info.st_ino, info.st_size


def change_settings(data_dir: Path, change: Callable[[Settings], Settings]) -> Settings:
    """Read the settings, change them and write them; what came of it.

    The window and a set-up write in threads of their own, and a shell may do so meanwhile: what one
    of them wrote is not lost to another. Raises StorageError.
    """
    with _store(data_dir).changing() as values:
        before = _from_json(values)
        after = change(before)
        old, new = asdict(before), asdict(after)
        values.update({name: value for name, value in new.items() if value != old[name]})
        return after


def _store(data_dir: Path) -> JsonStore:
    return JsonStore(data_dir / FILE_NAME)


def _from_json(values: dict[str, Any]) -> Settings:
    """Each value for itself: one that does not fit is the usual one, and takes no other with it.

    It may be of a later version, or a typing error; it is kept until another one is chosen.
    """
    fitting = {n: values[n] for n, fits in _FITS.items() if n in values and fits(values[n])}
    if parts := fitting.get("connection"):
        known = {f.name: parts[f.name] for f in fields(Connection) if f.name in parts}
        fitting["connection"] = Connection(**known)
    return Settings(**fitting)


def _is_number(value: Any, *, most: float) -> bool:
    return type(value) in (int, float) and 0 <= value <= most  # also refuses NaN


def _is_connection(value: Any) -> bool:
    if value is None:
        return True
    if type(value) is not dict or not isinstance(value.get("profile", ""), str):
        return False
    values = [value.get(f.name) for f in fields(Connection) if f.name != "profile"]
    return all(isinstance(each, str) and each for each in values)


_FITS: dict[str, Callable[[Any], bool]] = {
    "backend": lambda value: isinstance(value, str),
    "min_confidence": partial(_is_number, most=100),
    "connection": _is_connection,
    "appearance": lambda value: value in get_args(Appearance),
    "language": lambda value: value in get_args(Language),
    "thumbnail_px": lambda value: type(value) is int and value in THUMBNAIL_SIZES_PX,
    "tile_shape": lambda value: value in get_args(TileShape),
    "shows_labels": lambda value: type(value) is bool,
    "shows_names": lambda value: type(value) is bool,
    "monthly_limit_dollars": partial(_is_number, most=MOST_DOLLARS),
    "dollars_per_1000": partial(_is_number, most=MOST_DOLLARS),
    "listed_prices": lambda value: (
        type(value) is dict and all(_is_number(each, most=MOST_DOLLARS) for each in value.values())
    ),
    "amazon_per_s": partial(_is_number, most=MOST_PER_S),
    "also_text": lambda value: type(value) is bool,
    "also_explicit": lambda value: type(value) is bool,
    "retention_days": lambda value: type(value) is int and value in RETENTION_DAYS,
    "deletes_copies": lambda value: type(value) is bool,
    "tells_of_updates": lambda value: type(value) is bool,
    "refused_model": lambda value: isinstance(value, str),
    "spares_core": lambda value: type(value) is bool,
    "keywords_in_files": lambda value: type(value) is bool,
    "sidecar_naming": lambda value: value in get_args(SidecarNaming),
    "keyword_min_confidence": partial(_is_number, most=100),
    "keyword_confirmed_only": lambda value: type(value) is bool,
    "keyword_parents": lambda value: type(value) is bool,
    "keyword_prefix": lambda value: isinstance(value, str),
    "keyword_language": lambda value: value in get_args(Language),
    "most_keywords": lambda value: type(value) is int and 0 <= value <= MOST_KEYWORDS,
    "keeps_keywords": lambda value: type(value) is bool,
}
