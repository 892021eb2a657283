"""Recognises what is in a photo on this computer: pixels in, label records out.

Two networks look at the photo. The classifier says what the photo as a whole shows, the detector
where 80 everyday things are. The detector alone is often wrong (a daisy is a banana to it), so the
classifier takes a second look at each place and confirms or contradicts; see `_judge`.
"""

from __future__ import annotations

import functools
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import onnxruntime
from numpy.typing import NDArray
from PIL import Image

from ..core.records import Instance, LabelRecord, surest_first
from . import views
from .detection import Detection, read_detections
from .vocabulary import Scores, Vocabulary

FLOOR = 0.40
"""Labels below this score are not told; the window filters from here upwards."""

_SECOND_LOOK = 0.30  # a detector's score from which a second look is worth its time
_FAINT = 0.40  # a detector's score below which a second look is rarely worth it
_SECOND_LOOKS = 6  # at most, the surest first
_SAME_VIEW = 0.85  # overlap of two places from which one look serves both
_LARGE = 0.25  # of the photo's area: what is there shows on the whole photo, too
_LEAST_PX = 48  # a smaller place, enlarged, shows the classifier nothing
_CONFIRMED = 0.40  # the classifier sees the detector's thing there, too
_AKIN = 0.10  # the classifier sees at least a thing of its family there
_CONTRADICTED = 0.50  # the classifier sees something else there
_PERSON_CONTRADICTED = 0.90  # ... and is so sure that it cannot be a person's things
_UNCONFIRMED_FLOOR = 0.50  # README of the model: detector answers below are mostly noise
_APPAREL = "Apparel and Accessories"
_SURE_ALONE = 0.75  # a detector's score that needs no second opinion


def open_networks(
    models: Path, *, threads: int = 1
) -> tuple[onnxruntime.InferenceSession, onnxruntime.InferenceSession]:
    """The classifier and the detector. Both are thread-safe."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    # Waiting threads would burn CPU time that the window needs (and cost 30 % of the speed).
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    _share_memory()
    options.add_session_config_entry("session.use_env_allocators", "1")
    classifier, detector = (
        onnxruntime.InferenceSession(
            str(models / name), options, providers=["CPUExecutionProvider"]
        )
        for name in ("classifier.onnx", "detector.onnx")
    )
    return classifier, detector


@functools.cache  # the process has one, for good
def _share_memory() -> None:
    """Let all networks take memory from one place, no more than they ask for.

    With one each, which grow by doubling, 80 photos on two cores took 12 MB more.
    """
    memory = onnxruntime.OrtMemoryInfo(
        "Cpu", onnxruntime.OrtAllocatorType.ORT_ARENA_ALLOCATOR, 0, onnxruntime.OrtMemType.DEFAULT
    )
    no_limit, as_asked = 0, 1
    arena = onnxruntime.OrtArenaCfg(no_limit, as_asked, -1, -1)
    onnxruntime.create_and_register_allocator(memory, arena)


class Recogniser:
    """Both networks and the vocabulary, loaded. Thread-safe."""

    def __init__(self, models: Path, *, threads: int = 1) -> None:
        """Load the files in `models`; any exception means that they are missing or damaged.

        `threads` work on one photo. Many photos at a time with one thread each are the faster way.
        """
        self._vocabulary = Vocabulary(models / "labels.json")
        self._classifier, self._detector = open_networks(models, threads=threads)
        classes = self._classifier.get_outputs()[0].shape[1]
        self._known = self._vocabulary.sum_up(np.ones(classes, np.float32)) > 0

    @property
    def version(self) -> str:
        """Names the model files, so that labels of another version can be told apart."""
        return self._vocabulary.version

    def recognise(self, photo: Image.Image, image_name: str = "") -> tuple[LabelRecord, ...]:
        """The labels of an upright RGB photo, surest first; none when nothing was recognised.

        A parent is as sure as its surest child at least.
        """
        small = views.overview(photo)
        whole = self._classify(views.middle(small)), self._classify(views.squeezed(small))
        scores = self._vocabulary.sum_up(np.mean(whole, axis=0))
        squeezed = self._vocabulary.sum_up(whole[1])
        instances: dict[int, list[Instance]] = {}
        for detection, seen in self._look_twice(photo, small, squeezed, scores):
            label = self._vocabulary.detector[detection.class_number]
            confidence = self._judge(label, detection.score, seen)
            if confidence is None:
                continue
            self._raise_scores(scores, label, confidence, seen)
            instances.setdefault(label, []).append(_instance(detection.box, confidence))
        self._vocabulary.lift(scores)
        return self._records(image_name, scores, instances)

    def _classify(self, view: NDArray[np.uint8]) -> Scores:
        # One view at a time: a batch is no faster on a CPU and takes up to 85 MB more memory.
        (probabilities,) = self._classifier.run(None, {"image": view})
        return probabilities[0]  # type: ignore[no-any-return]

    def _look_twice(
        self, photo: Image.Image, small: Image.Image, squeezed: Scores, scores: Scores
    ) -> list[tuple[Detection, Scores]]:
        """What the detector saw and may be told, each with the classifier's scores of that place.

        `scores` are those of the whole photo; `squeezed` are one view's, which serves for a box
        that is nearly the whole.
        """
        found, sides = self._detector.run(None, {"image": views.framed(small)})
        looks = [(views.WHOLE, squeezed)]
        seen_twice = []
        detections = read_detections(found[0], sides[0], photo.size, _SECOND_LOOK)
        for detection in detections[:_SECOND_LOOKS]:
            label = self._vocabulary.detector[detection.class_number]
            box = views.with_margin(detection.box)
            seen = next((s for b, s in looks if views.overlap(b, box) >= _SAME_VIEW), None)
            if seen is None and self._is_sure_person(label, detection.score):
                seen = np.zeros_like(scores)
            elif seen is None and self._may_be_told(label, detection.score, box, photo, scores):
                seen = self._vocabulary.sum_up(self._classify(views.place(photo, box)))
                looks.append((box, seen))
            if seen is not None:
                seen_twice.append((detection, seen))
        return seen_twice

    def _is_sure_person(self, label: int, score: float) -> bool:
        """Told whatever a look would show; of a person's kinds the classifier has learnt three."""
        return score >= _SURE_ALONE and self._vocabulary.names[label] == "Person"

    def _may_be_told(
        self, label: int, score: float, box: views.Box, photo: Image.Image, scores: Scores
    ) -> bool:
        """Whether a look at a box can still make a detection a label.

        What is large leaves a trace on the whole photo: of the thing where only the classifier can
        confirm it, else of its family. Of what is small and faint to the detector, too, its family
        shows. And to confirm a thing, the classifier must know it and have enough pixels. No look
        that this leaves out made a label, on 130 photos (the samples and crops of them).
        """
        width, height = box[2] - box[0], box[3] - box[1]
        is_large = width * height >= _LARGE
        if score >= _SURE_ALONE:
            return True
        family = bool(scores[next(self._vocabulary.ancestors(label), label)])
        if score >= _UNCONFIRMED_FLOOR:
            return family or not is_large or self._vocabulary.names[label] == "Person"
        trace = bool(scores[label]) if is_large else family or score >= _FAINT
        has_pixels = min(width * photo.width, height * photo.height) >= _LEAST_PX
        return trace and has_pixels and bool(self._known[label])

    def _judge(self, label: int, score: float, seen: Scores) -> float | None:
        """How sure (0-1) it is that `label` is at a place; None when it is not to be told.

        Where the classifier sees the same thing, we are as sure as the surer of the two. Else the
        detector must be very sure; or fairly sure, and the classifier sees a thing of the same
        family and nothing else. So a flower is no cake and a daisy no banana.
        """
        if seen[label] >= _CONFIRMED:
            return max(score, float(seen[label]))
        if score >= _SURE_ALONE:
            return score
        if score >= _UNCONFIRMED_FLOOR and self._is_possible(label, seen):
            return score
        return None

    def _is_possible(self, label: int, seen: Scores) -> bool:
        vocabulary = self._vocabulary
        if vocabulary.names[label] == "Person":
            # The classifier has learnt hardly any people: it sees what they wear, hold or ride.
            sure = np.flatnonzero(seen >= _PERSON_CONTRADICTED)
            return all(_APPAREL in vocabulary.categories(int(n)) for n in sure)
        family = next(vocabulary.ancestors(label), label)
        others = np.flatnonzero(seen >= _CONTRADICTED)
        return bool(seen[family] >= _AKIN) and all(
            vocabulary.is_related(label, int(n)) for n in others
        )

    def _raise_scores(self, scores: Scores, label: int, confidence: float, seen: Scores) -> None:
        """Let a label seen at a place, and its kinds the classifier saw there, count in full."""
        scores[label] = max(scores[label], confidence)
        for n in self._vocabulary.kinds(label):
            scores[n] = max(scores[n], seen[n])

    def _records(
        self, image_name: str, scores: Scores, instances: dict[int, list[Instance]]
    ) -> tuple[LabelRecord, ...]:
        vocabulary = self._vocabulary
        return surest_first(
            LabelRecord(
                image_name,
                vocabulary.names[n],
                _percent(float(scores[n])),
                vocabulary.parents(n),
                vocabulary.categories(n),
                tuple(sorted(instances.get(n, ()), key=lambda i: -i.confidence)),
            )
            for n in map(int, np.flatnonzero(scores >= FLOOR))
        )


def _percent(score: float) -> float:
    return min(100.0, round(100 * score, 1))


def _instance(box: Sequence[float], confidence: float) -> Instance:
    left, top, right, bottom = box
    return Instance(left, top, right - left, bottom - top, _percent(confidence))
