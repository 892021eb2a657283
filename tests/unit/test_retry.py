"""Back-off between tries."""

from __future__ import annotations

import pytest

from desktop.core.job.retry import CAP_S, backoff_s


@pytest.mark.parametrize("attempt", [0, 5, 1024, 1_000_000])
def test_no_number_of_failures_is_too_high(attempt: int) -> None:
    assert 0 <= backoff_s(attempt) <= CAP_S
