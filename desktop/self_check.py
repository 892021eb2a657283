"""`tagdrop --self-check`: uses every part once and says what works, a line each.

For whoever builds the program, or has one that does not start: it needs no account, no network and
no screen, and leaves nothing behind.
"""

from __future__ import annotations

import os
import sys
import tempfile
import threading
from collections.abc import Callable
from pathlib import Path
from queue import SimpleQueue

from . import __version__
from .core.photo.prepare import prepare

SIGNAL_S = 10.0
FORMATS = Path(__file__).parents[1] / "packaging" / "formats"
IN_CHILDREN = {"imagecodecs", "pillow_heif", "rawpy", "tifffile"}
"""Decoders that may crash: the program itself loads none of them for an ordinary photo."""
SERVICES = (
    "cloudformation",
    "dynamodb",
    "freetier",
    "iam",
    "lambda",
    "logs",
    "rekognition",
    "s3",
    "pricing",
    "service-quotas",
    "signin",
    "sqs",
    "sso",
    "sso-oidc",
    "sts",
)
"""What Tagdrop talks to in AWS, and Rekognition, whose locations it asks boto3 for.

packaging/tagdrop.spec leaves out all other services."""


def self_check(tell: Callable[[str], None]) -> bool:
    """Check every part; whether all of them work. `tell` gets a line for each."""
    parts: dict[str, Callable[[], str]] = {
        "program": _program,
        "pictures": _pictures,
        "keywords in photos": _keywords,
        "labels on this computer": _labels,
        "search by meaning": _meaning,
        "watched folders": _watched_folders,
        "AWS clients": _aws_clients,
        "AWS template": _template,
        "window": _window,
        "pictures from web pages": _web,
        "keychain": _keychain,
    }
    works = True
    for name, check in parts.items():
        try:
            tell(f"ok      {name}: {check()}")
        except Exception as error:  # noqa: BLE001 - whatever is wrong with a part is the answer
            works = False
            tell(f"BROKEN  {name}: {type(error).__name__}: {error}")
    return works


def _program() -> str:
    kind = "packaged" if getattr(sys, "frozen", False) else "from sources"
    return f"Tagdrop {__version__}, {kind}, Python {sys.version.split()[0]}, {sys.platform}"


def _pictures() -> str:
    """Decode a small photo of each format, and for each codec that is packaged."""
    photos = sorted(FORMATS.iterdir())
    if not photos:
        raise FileNotFoundError(FORMATS)
    for photo in photos:
        try:
            prepare(photo)
        except Exception as error:
            raise RuntimeError(f"{photo.name}: {error}") from error
    if inside := IN_CHILDREN & set(sys.modules):
        raise RuntimeError(f"not in a child process: {inside}")
    return f"{len(photos)}, {', '.join(sorted({photo.suffix[1:] for photo in photos}))}"


def _keywords() -> str:
    """Write a keyword into a small photo of each format that holds some, and read it back."""
    from .core.metadata.fields import NONE, Fields
    from .core.save.metadata import IN_FILE, change_keywords, read_keywords

    names = {"JPEG": "photo.jpg", "PNG": "photo.png", "TIFF": "photo.tif", "WEBP": "photo.webp"}
    for kind in IN_FILE:
        data = (FORMATS / names[kind]).read_bytes()
        changed = change_keywords(data, kind, NONE, Fields(subject=("Größe",)))
        if read_keywords(changed.data, kind).subject != ("Größe",):
            raise LookupError(kind)
    return ", ".join(IN_FILE)


def _labels() -> str:
    from .backends.local import MODELS
    from .backends.recognition import Recogniser

    recogniser = Recogniser(MODELS)
    records = recogniser.recognise(prepare(FORMATS / "photo.jpg", form="pixels").pixels)
    return ", ".join(f"{r.label} {r.confidence:.0f} %" for r in records[:3]) or "nothing seen"


def _meaning() -> str:
    """All but the model, which is no part of the program."""
    from .backends.clip.pixels import Pixels
    from .core.meaning.network import read_networks

    for network in read_networks().values():
        Pixels(network).tensor(prepare(FORMATS / "photo.jpg", form="pixels").pixels)
    return f"{network.title}, a download of {network.size_bytes / 1e6:.0f} MB"


def _watched_folders() -> str:
    """Hear of a photo that gets its name in a folder."""
    from .core.watch.signals import Signals

    heard: SimpleQueue[Path] = SimpleQueue()
    with tempfile.TemporaryDirectory(prefix="tagdrop-check-") as folder:
        signals = Signals(Path(folder), lambda path, *_: heard.put(path))
        (Path(folder) / "photo.jpg").write_bytes(b"photo")
        try:
            return f"heard of {heard.get(timeout=SIGNAL_S).name}"
        finally:
            signals.close()


def _aws_clients() -> str:
    import boto3

    session = boto3.Session("key", "secret", region_name="eu-central-1")
    for service in SERVICES:
        session.client(service).close()  # type: ignore[call-overload]  # each is one of boto3's
    if not session.get_available_regions("rekognition"):
        raise LookupError("no location of Rekognition is known")
    return ", ".join(SERVICES)


def _template() -> str:
    from deploy.stack.render import render_template

    template = render_template()
    return f"version {template.version}, {len(template.body.encode())} bytes"


def _window() -> str:
    """Open the real window on an empty library, without a screen."""
    with tempfile.TemporaryDirectory(prefix="tagdrop-check-") as folder:
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
        os.environ["XDG_CACHE_HOME"] = folder  # where Qt keeps what it found of the fonts
        return _open_window(Path(folder))


def _open_window(data_dir: Path) -> str:
    from PySide6.QtCore import QTimer

    from .app import open_core
    from .core.settings import Settings
    from .ui.application import make_application
    from .ui.main import close_parts, make_parts
    from .ui.shell import Shell
    from .ui.window import Window
    from .ui.words.languages import OWN_NAMES, TRANSLATIONS, speak

    application = make_application()
    core = open_core(data_dir, Settings())
    parts = make_parts(core, samples=None)
    for language in OWN_NAMES:
        (TRANSLATIONS / f"tagdrop_{language}.qm").stat()  # raises where it is missing
        speak(application, language)
    window = Window(data_dir, has_samples=False, is_new=True)
    window.fill(parts, Shell)
    painted: list[bool] = []
    window.ready.connect(lambda: painted.append(True))
    window.ready.connect(application.quit)
    QTimer.singleShot(20_000, application.quit)
    window.show()
    application.exec()
    window.close()
    close_parts(parts)
    core.library.close()
    for thread in threading.enumerate():  # whoever looks after the library: its folder goes now,
        if thread is not threading.current_thread():  # and Windows keeps what is open
            thread.join(SIGNAL_S)
    if not painted:
        raise TimeoutError("it was not painted")
    return f"painted, speaks {', '.join(OWN_NAMES)}"


def _web() -> str:
    """Whether Qt finds a library for https."""
    from PySide6.QtNetwork import QSslSocket

    if not QSslSocket.supportsSsl():
        raise RuntimeError(f"no https: {QSslSocket.availableBackends()}")
    return QSslSocket.sslLibraryVersionString()


def _keychain() -> str:
    """Which keychain there is; none is no fault of the program's."""
    import keyring

    from .core.credentials import has_keychain

    if not has_keychain():
        return "none on this computer; a key would be kept for one run only"
    return type(keyring.get_keyring()).__module__.rpartition(".")[2]
