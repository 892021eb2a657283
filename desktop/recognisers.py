"""The recognisers that there are: an entry each; what it needs is imported when it is made."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .core.recognisers import Recogniser, Recognisers
from .core.texts import Text

if TYPE_CHECKING:
    from .core.backend import Backend
    from .core.meaning.encoder import Encoder
    from .core.meaning.network_folder import NetworkFolder
    from .core.recognisers import KeepSettings
    from .core.settings import Settings


def _make_local(_: Settings, _keep: KeepSettings) -> Backend:
    from .backends.local import LocalBackend

    return LocalBackend()


def _local_model() -> str:
    from .backends.local import model_version

    return model_version()


def _make_aws(settings: Settings, keep: KeepSettings) -> Backend:
    if settings.connection is None:
        from .aws.errors import not_set_up

        raise not_set_up()
    from .backends.aws import connect

    return connect(settings.connection, keep=keep)


def make_encoder(folder: NetworkFolder) -> Encoder:
    """What says what photos and sentences mean, by the network in this folder."""
    from .backends.clip.clip_encoder import ClipEncoder

    return ClipEncoder(folder)


LOCAL = Recogniser(
    name="local",
    title=Text("On this computer"),
    about=Text("Free, private and offline. Knows more than 1,000 things, animals and scenes."),
    who=Text("This computer"),
    where=Text("labelled on this computer"),
    rank=10,
    # Photos of 12 megapixels on two cores half as fast as those that `tools/bench/labelling.py` was
    # last run on.
    images_per_s=8.0,
    make=_make_local,
    uses_cpu=True,
    model=_local_model,
)
AWS = Recogniser(
    name="aws",
    title=Text("With Amazon"),
    about=Text(
        "Finer labels, scenes and places, for about $1 per 1,000 photos, charged to your own"
        " account."
    ),
    who=Text("Amazon"),
    where=Text("labelled with Amazon"),
    rank=20,
    images_per_s=5.0,  # Rekognition's rate in most regions (aws.md)
    make=_make_aws,
    keeps_copies=True,
    answers_last=True,
    needs_connection=True,
    rate=lambda settings: settings.amazon_per_s or None,
    price=lambda settings: settings.dollars_per_1000 * settings.analyses,
)
RECOGNISERS = Recognisers([LOCAL, AWS])
