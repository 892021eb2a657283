"""Reads the table's items: the app's end of the data contract."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from typing import Any

from boto3.dynamodb.types import TypeDeserializer

from ..core.backend import Answer
from ..core.errors import AccountLimitError, AppError, ImageError, Remedy
from ..core.records import Flag, Instance, LabelRecord, TextLine, surest_first

_to_python = TypeDeserializer()

# Rekognition's errors for one image, in words.
_BY_CODE: dict[str, Callable[[], AppError]] = {
    "MonthlyLimitReached": lambda: AccountLimitError(  # the function's own: it did not ask
        "The monthly limit in your Amazon account is reached",
        "It counts what all computers send. The remaining photos are waiting. Sign in to raise it"
        " and continue now; otherwise they continue next month.",
        remedy=Remedy.RAISE_LIMIT,
    ),
    "InvalidImageFormatException": lambda: ImageError(
        "Amazon cannot read this picture",
        "The copy that was sent is not a JPEG or PNG that it knows.",
    ),
    "ImageTooLargeException": lambda: ImageError(
        "The picture is too large for Amazon", "It takes up to 15 MB and 10,000 pixels a side."
    ),
    "InvalidParameterException": lambda: ImageError(
        "Amazon does not accept this picture", "It needs at least 80 pixels on each side."
    ),
    "InvalidS3ObjectException": lambda: ImageError(
        "Amazon could not read the copy",
        "It was deleted too soon, or the labelling service may not read it. Label the photo again;"
        " if that fails too, check everything on the Amazon page.",
        remedy=Remedy.CHECK_CONNECTION,
    ),
    "AccessDeniedException": lambda: ImageError(
        "The labelling service is not allowed to read photos",
        "Something in the Amazon account prevents it. Run the set-up again to repair it.",
        remedy=Remedy.REPAIR,
    ),
}


def to_answer(item: Mapping[str, Any]) -> Answer:
    """One item of the table, in DynamoDB's typed form, as an Answer.

    Anyone with access to the account can write into the table, so an item that does not fit the
    contract becomes an error of this one image.
    """
    version = _version_of(item)
    try:
        plain = {name: _to_python.deserialize(value) for name, value in item.items()}
        if plain["Sequencer"] != version:
            raise ValueError(plain["Sequencer"])
        if plain["Status"] == "failed":
            return Answer(error=_to_error(plain), version=version)
        if plain["Status"] != "done":
            raise ValueError(plain["Status"])
        return Answer(
            records=_to_records(plain),
            texts=_to_texts(plain),
            flags=_to_flags(plain),
            version=version,
            model_version=str(plain.get("ModelVersion", "")),
        )
    except (KeyError, TypeError, ValueError, AttributeError, ArithmeticError):
        return Answer(
            error=ImageError(
                "The labels in the table cannot be read",
                "Something other than the labelling service wrote them. Label the photo again.",
            ),
            version=version,
        )


def _version_of(item: Mapping[str, Any]) -> str:
    """Its Sequencer; where it has none, what tells this item from the one that replaces it."""
    known = item.get("Sequencer", {}).get("S")
    if known:
        return str(known)
    whole = json.dumps(item, sort_keys=True, default=repr)
    return hashlib.sha256(whole.encode()).hexdigest()


def _to_records(plain: Mapping[str, Any]) -> tuple[LabelRecord, ...]:
    return surest_first(
        LabelRecord(
            image_name=plain["ImageName"],
            label=_text(label["Name"]),
            confidence=float(label["Confidence"]),
            parents=_texts(label.get("Parents", [])),
            categories=_texts(label.get("Categories", [])),
            instances=tuple(
                Instance(
                    left=float(box["Left"]),
                    top=float(box["Top"]),
                    width=float(box["Width"]),
                    height=float(box["Height"]),
                    confidence=float(box["Confidence"]),
                )
                for box in label.get("Instances", ())
            ),
        )
        for label in plain["Labels"]
    )


def _to_texts(plain: Mapping[str, Any]) -> tuple[TextLine, ...] | None:
    """None where it was not asked for text, as in items of before."""
    if "Texts" not in plain:
        return None
    return tuple(
        TextLine(
            text=_text(line["Text"]),
            confidence=float(line["Confidence"]),
            left=float(line["Left"]),
            top=float(line["Top"]),
            width=float(line["Width"]),
            height=float(line["Height"]),
        )
        for line in plain["Texts"]
    )


def _to_flags(plain: Mapping[str, Any]) -> tuple[Flag, ...] | None:
    """None where it was not asked for explicit content."""
    if "Moderation" not in plain:
        return None
    return tuple(
        Flag(_text(flag["Name"]), float(flag["Confidence"]), _texts(flag.get("Parents", [])))
        for flag in plain["Moderation"]
    )


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError(value)
    return value


def _texts(values: Any) -> tuple[str, ...]:
    if not isinstance(values, list):
        raise TypeError(values)
    return tuple(map(_text, values))


def _to_error(plain: Mapping[str, Any]) -> AppError:
    known = _BY_CODE.get(str(plain.get("ErrorCode", "")))
    if known is not None:
        return known()
    if reason := str(plain.get("ErrorMessage", "")):
        return ImageError("Amazon could not label this photo", "It says: {reason}", reason=reason)
    return ImageError("Amazon could not label this photo", "It gave no reason.")
