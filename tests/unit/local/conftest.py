"""One loaded model for all tests of the local backend."""

import pytest

from desktop.backends.local import MAX_EDGE_PX, MODELS
from desktop.backends.recognition import Recogniser
from desktop.core.photo.prepare import prepare
from tests.rig.photos import SAMPLES


@pytest.fixture(scope="session")
def recogniser():
    return Recogniser(MODELS)


@pytest.fixture(scope="session")
def samples():
    """Name of the sample without its suffix -> prepared pixels."""
    photos = sorted(path for path in SAMPLES.iterdir() if path.suffix in (".jpg", ".png"))
    return {
        path.stem: prepare(path, form="pixels", max_edge_px=MAX_EDGE_PX).pixels for path in photos
    }


@pytest.fixture(scope="session")
def sample_records(recogniser, samples):
    """Name of the sample without its suffix -> its records."""
    return {name: recogniser.recognise(photo, name) for name, photo in samples.items()}
