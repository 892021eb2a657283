"""vocabulary.txt -> the label table that ships: labels, parents, categories, network classes."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

SOURCE = Path(__file__).with_name("vocabulary.txt")
CLASSIFIER_CLASSES = 1000

# NanoDet's COCO classes in the order of its scores, under our names for them.
_COCO = (
    "Person, Bicycle, Car, Motorcycle, Airplane, Bus, Train, Truck, Boat, Traffic Light, "
    "Fire Hydrant, Stop Sign, Parking Meter, Bench, Bird, Cat, Dog, Horse, Sheep, Cow, Elephant, "
    "Bear, Zebra, Giraffe, Backpack, Umbrella, Handbag, Tie, Suitcase, Frisbee, Skis, Snowboard, "
    "Ball, Kite, Baseball Bat, Baseball Glove, Skateboard, Surfboard, Racket, Bottle, Wine Glass, "
    "Cup, Fork, Knife, Spoon, Bowl, Banana, Apple, Sandwich, Orange, Broccoli, Carrot, Hot Dog, "
    "Pizza, Donut, Cake, Chair, Couch, Potted Plant, Bed, Dining Table, Toilet, Television, "
    "Laptop, Computer Mouse, Remote Control, Keyboard, Mobile Phone, Microwave, Oven, Toaster, "
    "Sink, Refrigerator, Book, Clock, Vase, Scissors, Teddy Bear, Hair Dryer, Toothbrush"
)
DETECTOR_CLASSES = _COCO.split(", ")

_LINE = re.compile(r"(?P<name>[^(:]+?)\s*(?:\((?P<category>[^)]+)\))?\s*(?::\s*(?P<classes>.+))?")
_CLASS = re.compile(r"(?P<ids>\d+(?:\+\d+)*)(?: (?P<name>.+))?")


def build_table(text: str | None = None) -> dict[str, Any]:
    """The table, without its version.

    `labels` maps every label to its parent (or null), parents before children; `categories` maps a
    label to its category where that differs from its parent's; `classifier` and `detector` name
    the label of each network class. ValueError names what is missing or said twice.
    """
    labels: dict[str, str | None] = {}
    categories: dict[str, str] = {}
    classes: dict[int, str] = {}

    def add(name: str, parent: str | None, category: str | None) -> None:
        if name in labels:
            raise ValueError(f"the label {name!r} is there twice")
        labels[name] = parent
        if category:
            categories[name] = category

    open_labels: list[str] = []  # the label that is open at each depth
    for line in (SOURCE.read_text("utf-8") if text is None else text).splitlines():
        if not line.strip() or line.startswith("#"):
            continue
        match = _LINE.fullmatch(line.strip())
        if match is None:
            raise ValueError(f"cannot read {line!r}")
        depth = (len(line) - len(line.lstrip())) // 2
        del open_labels[depth:]
        parent = open_labels[-1] if open_labels else None
        tag = None if match["name"] == "*" else match["name"]
        if tag:
            add(tag, parent, match["category"])
            open_labels.append(tag)
        for entry in (match["classes"] or "").split(", ") if match["classes"] else ():
            _add_classes(entry, tag, None if tag else match["category"], add, classes)

    if missing := sorted(set(range(CLASSIFIER_CLASSES)) - set(classes)):
        raise ValueError(f"no label stands for the classes {missing}")
    if unknown := [name for name in DETECTOR_CLASSES if name not in labels]:
        raise ValueError(f"no label stands for the detector's {unknown}")
    return {
        "labels": labels,
        "categories": categories,
        "classifier": [classes[i] for i in range(CLASSIFIER_CLASSES)],
        "detector": DETECTOR_CLASSES,
    }


def _add_classes(
    entry: str,
    tag: str | None,
    category: str | None,
    add: Callable[[str, str | None, str | None], None],
    classes: dict[int, str],
) -> None:
    """Read one "12+13 Name" below `tag`."""
    match = _CLASS.fullmatch(entry.strip())
    if match is None or not (match["name"] or tag):
        raise ValueError(f"cannot read {entry!r}")
    if match["name"]:
        add(match["name"], tag, category)
    for number in map(int, match["ids"].split("+")):
        if number in classes or number >= CLASSIFIER_CLASSES:
            raise ValueError(f"class {number} is there twice or is none")
        classes[number] = match["name"] or tag or ""
