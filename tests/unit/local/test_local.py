"""The local backend behind its two verbs."""

import shutil
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from PIL import Image

from desktop.backends.local import MODELS, LocalBackend
from desktop.core.backend import Answer, Backend
from desktop.core.errors import BackendMissingError, Cancelled
from desktop.core.photo.prepare import Prepared
from tests.rig.processes import run_python


@pytest.fixture(scope="module")
def loaded():
    """A backend whose model is loaded, shared because loading takes half a second."""
    backend = LocalBackend()
    backend.check()
    yield backend
    backend.close()


@pytest.fixture
def backend(loaded):
    yield loaded
    list(loaded.poll([f"photo-{n}" for n in range(20)]))


def submit(backend, name, photo, cancel=None):
    backend.submit(name, Prepared(photo), cancel=cancel or threading.Event())


def test_it_is_a_backend(backend):
    checked: Backend = backend
    assert checked.form == "pixels"
    assert 1 <= checked.max_concurrency <= 8
    assert checked.tick_s == 0


def test_an_answer_is_handed_out_once(backend, samples):
    submit(backend, "photo-1", samples["chelsea"])
    ((name, answer),) = backend.poll(["photo-0", "photo-1", "photo-2"])
    assert name == "photo-1"
    assert answer.error is None
    assert "Cat" in {record.label for record in answer.records}
    assert {record.image_name for record in answer.records} == {"photo-1"}
    assert answer.model_version
    assert list(backend.poll(["photo-1"])) == []


def test_a_second_run_has_another_version(backend, samples):
    versions = set()
    for _ in range(2):
        submit(backend, "photo-1", samples["rocket"])
        versions |= {answer.version for _, answer in backend.poll(["photo-1"])}
    assert len(versions) == 2
    assert "" not in versions


def test_submitting_twice_gives_one_answer(backend, samples):
    submit(backend, "photo-1", samples["rocket"])
    submit(backend, "photo-1", samples["chelsea"])
    ((_, answer),) = backend.poll(["photo-1"])
    assert "Cat" in {record.label for record in answer.records}


def test_nothing_recognised_is_an_answer(backend):
    submit(backend, "photo-1", Image.effect_noise((640, 480), 60).convert("RGB"))
    ((_, answer),) = backend.poll(["photo-1"])
    assert answer == Answer(version=answer.version, model_version=answer.model_version)


def test_a_cancelled_image_is_not_recognised(backend, samples):
    cancel = threading.Event()
    cancel.set()
    with pytest.raises(Cancelled):
        submit(backend, "photo-1", samples["chelsea"], cancel=cancel)
    assert list(backend.poll(["photo-1"])) == []


def test_it_takes_no_jpeg(backend):
    with pytest.raises(TypeError):
        submit(backend, "photo-1", b"\xff\xd8")


def test_many_threads_share_one_model(samples):
    backend = LocalBackend()
    names = [f"photo-{n}" for n in range(8)]
    photos = [samples["chelsea"], samples["coffee"]] * 4
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda name, photo: submit(backend, name, photo), names, photos))
    answers = dict(backend.poll(names))
    backend.close()
    labels = [{record.label for record in answers[name].records} for name in names]
    assert all("Cat" in found for found in labels[::2])
    assert all("Coffee" in found for found in labels[1::2])
    assert len({answer.model_version for answer in answers.values()}) == 1


def test_closing_twice_is_safe_and_forgets_the_answers(samples):
    backend = LocalBackend()
    submit(backend, "photo-1", samples["rocket"])
    backend.close()
    backend.close()
    assert list(backend.poll(["photo-1"])) == []


@pytest.mark.parametrize(
    "name", ["classifier.onnx", "detector.onnx", "labels.json", "scene_head.npz"]
)
@pytest.mark.parametrize("missing", [True, False])
def test_a_missing_or_damaged_model_is_told_in_plain_words(tmp_path, name, missing):
    models = tmp_path / "models"
    shutil.copytree(MODELS, models)
    if missing:
        (models / name).unlink()
    else:
        content = (models / name).read_bytes()
        (models / name).write_bytes(content[: len(content) // 2])
    with pytest.raises(BackendMissingError, match="Labelling on this computer is not available"):
        LocalBackend(models).check()


def test_importing_it_is_cheap():
    code = "import sys, desktop.backends.local; print(*sys.modules)"
    done = run_python("-c", code, code=0)
    assert not {"numpy", "onnxruntime", "PIL"} & set(done.stdout.split())
