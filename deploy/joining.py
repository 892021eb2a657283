"""What an IT department hands over of a service that it deployed by itself: the stack's outputs."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from desktop.core.errors import AppError
from desktop.core.settings import Connection

from .chosen_file import read_chosen

MAX_BYTES = 256 * 1024
"""What AWS's tools print of one stack has some 6,000."""


def read_outputs(path: Path, profile: str) -> Connection:
    """The connection in what `aws cloudformation describe-stacks` printed, or its outputs alone.

    `profile` is whose rights will label. Raises AppError, StorageError.
    """
    try:
        outputs = _outputs(json.loads(read_chosen(path, MAX_BYTES)))
        arn = outputs["Stack"].split(":", 5)
        return Connection(
            account=arn[4],
            region=arn[3],
            stack=arn[5].split("/")[1],
            bucket=outputs["Bucket"],
            table=outputs["Table"],
            profile=profile,
        )
    except (ValueError, KeyError, TypeError, IndexError, AttributeError, RecursionError) as error:
        raise AppError(
            "This does not contain the outputs of a labelling service",
            'It must be what "aws cloudformation describe-stacks --stack-name NAME" prints of the'
            " service.",
        ) from error


def _outputs(found: Any) -> dict[str, str]:
    if isinstance(found, dict):
        (stack,) = found["Stacks"]
        found = stack["Outputs"]
    return {str(entry["OutputKey"]): str(entry["OutputValue"]) for entry in found}
