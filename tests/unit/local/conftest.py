"""One loaded model for all tests of the local backend."""

import pytest

from desktop.backends.local import MAX_EDGE_PX, MODELS
from desktop.backends.recognition import Recogniser
from desktop.core.prepare import prepare
from tests.rig.photos import SAMPLES


@pytest.fixture(scope="session")
def recogniser():
    return Recogniser(MODELS)


@pytest.fixture(scope="session")
def samples():
    """Name of the sample without its suffix -> prepared JPEG."""
    photos = sorted(path for path in SAMPLES.iterdir() if path.suffix in (".jpg", ".png"))
    return {path.stem: prepare(path, max_edge_px=MAX_EDGE_PX).data for path in photos}


@pytest.fixture(scope="session")
def sample_records(recogniser, samples):
    """Name of the sample without its suffix -> its records."""
    return {name: recogniser.recognise(data, name) for name, data in samples.items()}
