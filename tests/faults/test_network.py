"""Labelling through AWS while the way there is blocked for good, in AWS's own wire format."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from desktop.core.errors import Remedy
from desktop.core.library.library import Library
from desktop.core.settings import library_path
from desktop.recognisers import RECOGNISERS
from tests.rig.aws.proxy import Faults
from tests.rig.command import Computer
from tests.rig.photos import make_photos

pytestmark = pytest.mark.aws


SCP = "with an explicit deny in a service control policy"
LASTING: dict[str, tuple[dict[str, Any], str, Remedy | None]] = {
    "unknown key": (
        {"service": "sts", "error": {"code": "InvalidClientTokenId", "status": 403}},
        "does not know this key",
        Remedy.SIGN_IN,
    ),
    "expired sign-in": (
        {"service": "s3", "error": {"code": "ExpiredToken", "status": 400}},
        "signed out",
        Remedy.SIGN_IN,
    ),
    "wrong secret": (
        {"service": "s3", "error": {"code": "SignatureDoesNotMatch", "status": 403}},
        "secret does not match",
        Remedy.PASTE_AGAIN,
    ),
    "wrong clock": (
        {"service": "s3", "error": {"code": "RequestTimeTooSkewed", "status": 403}},
        "clock",
        Remedy.CLOCK,
    ),
    "not allowed": (
        {
            "service": "s3",
            "operation": "PutObject",
            "error": {
                "code": "AccessDenied",
                "status": 403,
                "message": "User: x is not authorized to perform: s3:PutObject on resource: y",
            },
        },
        "may not store a photo",
        Remedy.COPY_PERMISSION,
    ),
    "a company's rule": (
        {
            "service": "dynamodb",
            "error": {"code": "AccessDeniedException", "status": 400, "message": SCP},
        },
        "Your company does not allow this",
        Remedy.COPY_FOR_IT,
    ),
    "new account": (
        {"service": "s3", "error": {"code": "NotSignedUp", "status": 403}},
        "still activating the new account",
        Remedy.CHECK_AGAIN,
    ),
    "bucket gone": (
        {"service": "s3", "error": {"code": "NoSuchBucket", "status": 404}},
        "was removed from the Amazon account",
        Remedy.REPAIR,
    ),
    "table gone": (
        {"service": "dynamodb", "error": {"code": "ResourceNotFoundException", "status": 400}},
        "was removed from the Amazon account",
        Remedy.REPAIR,
    ),
    "no way there": ({"service": "*", "reset": True}, "Cannot reach Amazon", Remedy.TRY_AGAIN),
}


@pytest.mark.parametrize("trouble", LASTING)
def test_lasting_trouble_is_said_in_words_and_the_photos_wait(
    trouble: str, computer: Computer, faults: Faults, tmp_path: Path
) -> None:
    make_photos(tmp_path, 3, seed=200 + list(LASTING).index(trouble))
    rule, words, remedy = LASTING[trouble]
    faults.set(rule)
    run = computer.label(tmp_path)
    assert run.code == 3
    assert words in run.errors
    assert "Traceback" not in run.errors
    assert not run.rows
    with closing(Library(library_path(computer.data_dir), RECOGNISERS)) as library:
        (job,) = library.open_jobs()  # as a window finds it at the next start
        assert job.error is not None
        assert words in str(job.error)
        assert job.error.remedy is remedy
    faults.forget()
    run = computer.label(tmp_path)
    assert (run.code, run.states()) == (0, {"done": 3}), run.errors


def test_nobody_listens_at_all(computer: Computer, tmp_path: Path, closed_port: int) -> None:
    make_photos(tmp_path, 1)
    env = {**(computer.env or {}), "AWS_ENDPOINT_URL": f"http://127.0.0.1:{closed_port}"}
    run = Computer(computer.data_dir, "aws", env, hurried=True).label(tmp_path)
    assert (run.code, run.rows) == (3, [])
    assert "Cannot reach Amazon" in run.errors
