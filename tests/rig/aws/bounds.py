"""What labelling with Amazon may take: threads of the program, and calls to AWS by their kind."""

from __future__ import annotations

import math
from collections import Counter

from desktop.backends.aws import NAMES_PER_CALL, TICK_MIN_S
from desktop.core.money.copies import AT_ONCE

MOST_THREADS = 24
"""At any time: 14 uploads, two photos on their way to one, eight for all the rest."""


def most_calls(photos: int, seconds: float) -> Counter[str]:
    """For so many small photos, none of them known, in a job of so many seconds."""
    asked_before, polls = math.ceil(photos / NAMES_PER_CALL), math.ceil(seconds / TICK_MIN_S)
    return Counter(
        {
            "sts GetCallerIdentity": 1,
            "s3 GET bucket": 1,
            "cloudformation DescribeStacks": 1,
            "s3 PUT object": photos,
            "s3 POST bucket": math.ceil(photos / AT_ONCE) + 1,  # deletes copies
            "dynamodb BatchGetItem": asked_before + polls,
        }
    )
