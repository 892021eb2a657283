"""Recognises what is in a photo on this computer: pixels in, label records out.

Two networks look at the photo. The classifier says what the photo as a whole shows, and from its
features the scene head tells what ImageNet lacks. The detector says where 80 everyday things are;
it is often wrong (a daisy is a banana to it), so the classifier takes a second look at each place
that shows a thing it knows. `judgement` makes one answer of all three.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import onnxruntime
from numpy.typing import NDArray
from PIL import Image

from ..core.records import Instance, LabelRecord, surest_first
from . import views
from .detection import read_detections
from .judgement import LEAST_DETECTION, Judge, Place, shown
from .sessions import open_session
from .vocabulary import Scores, Vocabulary

FLOOR = 0.40
"""Labels below this score are not told; the window filters from here upwards."""

_FAIRLY_SURE = 0.50  # the detector's score from which a second look is worth it in any case
_SEEN_ALREADY = 0.50  # the classifier's score of the whole photo that needs no second look
_TRACE = 0.05  # the classifier's score of the whole photo below which it shows no such thing
_SECOND_LOOKS = 6  # at most, the surest first
_SAME_VIEW = 0.85  # overlap of two places from which one look serves both
_LARGE = 0.25  # of the photo's area: what is there shows on the whole photo, too
_LEAST_PX = 48  # a smaller place, enlarged, shows the classifier nothing


def open_networks(
    models: Path, *, threads: int = 1
) -> tuple[onnxruntime.InferenceSession, onnxruntime.InferenceSession]:
    """The classifier and the detector. Both are thread-safe."""
    classifier, detector = (
        open_session(models / name, threads=threads)
        for name in ("classifier.onnx", "detector.onnx")
    )
    return classifier, detector


class Recogniser:
    """Both networks, the vocabulary and the judgement, loaded. Thread-safe."""

    def __init__(self, models: Path, *, threads: int = 1) -> None:
        """Load the files in `models`; any exception means that they are missing or damaged.

        `threads` work on one photo. Many photos at a time with one thread each are the faster way.
        """
        self._vocabulary = Vocabulary(models / "labels.json")
        self._judge = Judge.load(self._vocabulary, models / "scene_head.npz")
        self._classifier, self._detector = open_networks(models, threads=threads)

    @property
    def version(self) -> str:
        """Names the model files, so that labels of another version can be told apart."""
        return self._vocabulary.version

    def recognise(self, photo: Image.Image, image_name: str = "") -> tuple[LabelRecord, ...]:
        """The labels of an upright RGB photo, surest first; none when nothing was recognised.

        A parent is as sure as its surest child at least.
        """
        small = views.overview(photo)
        looks = [self._classify(view(small)) for view in (views.middle, views.squeezed)]
        scores = self._vocabulary.sum_up(np.mean([seen for seen, _ in looks], axis=0))
        roots = np.mean([np.sqrt(features) for _, features in looks], axis=0)
        told = self._judge.whole(self._judge.head(roots), scores)
        places = self._places(photo, small, self._vocabulary.sum_up(looks[1][0]), scores)
        sure = self._judge.add_places(told, places)
        self._vocabulary.lift(told)
        return self._records(image_name, shown(told), places, shown(np.array(sure)))

    def _classify(self, view: NDArray[np.uint8]) -> tuple[Scores, Scores]:
        """The probabilities [1000] of a view, and the features [1280] behind them."""
        # One view at a time: a batch is no faster on a CPU and takes up to 85 MB more memory.
        probabilities, features = self._classifier.run(["prob", "features"], {"image": view})
        return probabilities[0], features[0]

    def _places(
        self, photo: Image.Image, small: Image.Image, squeezed: Scores, scores: Scores
    ) -> list[Place]:
        """What the detector saw and may be told, each with the classifier's scores of that place.

        `scores` are those of the whole photo; `squeezed` are one view's, which serves for a box
        that is nearly the whole.
        """
        found, sides = self._detector.run(None, {"image": views.framed(small)})
        looks = [(views.WHOLE, squeezed)]
        places = []
        for detection in read_detections(found[0], sides[0], photo.size, LEAST_DETECTION):
            label = self._vocabulary.detector[detection.class_number]
            if not self._judge.wants_second_look(label):
                places.append(Place(detection, None))
                continue
            box = views.with_margin(detection.box)
            seen = next((s for b, s in looks if views.overlap(b, box) >= _SAME_VIEW), None)
            if seen is None and self._shows_already(label, box, scores):
                seen = scores
            elif seen is None and len(looks) <= _SECOND_LOOKS:
                if not self._may_be_told(label, detection.score, box, photo, scores):
                    continue
                seen = self._vocabulary.sum_up(self._classify(views.place(photo, box))[0])
                looks.append((box, seen))
            if seen is not None:
                places.append(Place(detection, seen))
        return places

    def _shows_already(self, label: int, box: views.Box, scores: Scores) -> bool:
        """Whether the whole photo says as much as a look would: what it is, and of which kind."""
        is_seen = bool(scores[label] >= _SEEN_ALREADY)
        return is_seen and (views.area(box) >= _LARGE or not self._vocabulary.kinds(label))

    def _may_be_told(
        self, label: int, score: float, box: views.Box, photo: Image.Image, scores: Scores
    ) -> bool:
        """Whether a look at a box can still make a detection a label.

        It shows a trace on the whole photo, or is small and the detector fairly sure. And to
        confirm it, the classifier must have enough pixels. Of 574 judged detections, this looks at
        100 and loses 2 of the 37 that a look at each would tell and that are right.
        """
        width, height = (box[2] - box[0]) * photo.width, (box[3] - box[1]) * photo.height
        if min(width, height) < _LEAST_PX:
            return False
        is_small = views.area(box) < _LARGE
        return bool(scores[label] >= _TRACE) or (is_small and score >= _FAIRLY_SURE)

    def _records(
        self, image_name: str, told: Scores, places: Sequence[Place], sure: Scores
    ) -> tuple[LabelRecord, ...]:
        vocabulary = self._vocabulary
        instances: dict[int, list[Instance]] = {}
        for place, confidence in zip(places, map(float, sure), strict=True):
            if confidence >= FLOOR:
                label = vocabulary.detector[place.detection.class_number]
                instances.setdefault(label, []).append(_instance(place.detection.box, confidence))
        return surest_first(
            LabelRecord(
                image_name,
                vocabulary.names[n],
                _percent(float(told[n])),
                vocabulary.parents(n),
                vocabulary.categories(n),
                tuple(sorted(instances.get(n, ()), key=lambda i: -i.confidence)),
            )
            for n in map(int, np.flatnonzero(told >= FLOOR))
        )


def _percent(score: float) -> float:
    return min(100.0, round(100 * score, 1))


def _instance(box: Sequence[float], confidence: float) -> Instance:
    left, top, right, bottom = box
    return Instance(left, top, right - left, bottom - top, _percent(confidence))
