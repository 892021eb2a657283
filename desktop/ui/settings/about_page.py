"""AboutPage: version, licences of everything that is in the program, and the diagnostics."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)

from desktop import __version__

from ..live_settings import LiveSettings
from ..look.page_parts import begin_at_start, sentence
from ..look.theme import LARGE, sized

NOTICE = Path(__file__).parents[2] / "backends" / "models" / "NOTICE"
WORDS = Path(__file__).parents[2] / "core" / "search" / "NOTICE"
LICENCES = Path(__file__).parents[3] / "licences"
"""Of all that is in a packaged program, put there by tools/package/licences.py."""

USED = (
    ("Qt, PySide6", "LGPL-3.0", "https://www.qt.io/licensing"),
    ("Python", "PSF-2.0", "https://docs.python.org/3/license.html"),
    ("Pillow", "MIT-CMU", "https://github.com/python-pillow/Pillow"),
    ("pillow-heif", "BSD-3-Clause", "https://github.com/bigcat88/pillow_heif"),
    ("libheif, libde265", "LGPL-3.0", "https://github.com/strukturag/libheif"),
    ("rawpy", "MIT", "https://github.com/letmaik/rawpy"),
    ("LibRaw", "LGPL-2.1 / CDDL-1.0", "https://www.libraw.org"),
    ("tifffile, imagecodecs", "BSD-3-Clause", "https://github.com/cgohlke/imagecodecs"),
    ("libjxl", "BSD-3-Clause", "https://github.com/libjxl/libjxl"),
    ("simplejpeg", "MIT", "https://github.com/jfolz/simplejpeg"),
    ("libjpeg-turbo", "IJG, BSD-3-Clause", "https://libjpeg-turbo.org"),
    ("NumPy", "BSD-3-Clause", "https://numpy.org"),
    ("ONNX Runtime", "MIT", "https://onnxruntime.ai"),
    ("boto3, botocore", "Apache-2.0", "https://github.com/boto/boto3"),
    ("keyring", "MIT", "https://github.com/jaraco/keyring"),
    ("filelock", "MIT", "https://github.com/tox-dev/filelock"),
    ("watchdog", "Apache-2.0", "https://github.com/gorakhargosh/watchdog"),
    ("Lucide's icons", "ISC, MIT", "https://lucide.dev"),
    ("platformdirs", "MIT", "https://github.com/tox-dev/platformdirs"),
)


class AboutPage(QWidget):
    """What the program is made of and whom to thank.

    With `asks_for_updates` there is somebody who can tell of a newer version.
    """

    def __init__(
        self,
        settings: LiveSettings,
        samples: Path | None,
        show_diagnostics: Callable[[], object],
        *,
        asks_for_updates: bool,
    ) -> None:
        super().__init__()
        self._samples = samples
        name = QLabel(f"Tagdrop {__version__}")
        name.setFont(sized(name.font(), LARGE))
        begin_at_start(name)
        self.text = QTextBrowser()
        self.text.setOpenExternalLinks(True)
        self.text.setAccessibleName(self.tr("Licences and credits"))
        self.text.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextBrowserInteraction
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.text.setMarkdown(self._licences())
        self.updates = QCheckBox(self.tr("Check for a newer version at startup"))
        self.updates.setChecked(settings.now.tells_of_updates)
        self.updates.toggled.connect(lambda on: settings.change(tells_of_updates=on))
        self.updates.setVisible(asks_for_updates)
        self.diagnostics = QPushButton(self.tr("Save diagnostics…"))
        self.diagnostics.clicked.connect(lambda _: show_diagnostics())
        line = QHBoxLayout()
        line.addWidget(
            sentence(
                self.tr(
                    "For reporting a bug. You see everything before it is saved, and nothing is"
                    " sent anywhere."
                )
            ),
            1,
        )
        line.addWidget(self.diagnostics)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 0, 8, 0)
        column.setSpacing(8)
        column.addWidget(name)
        column.addWidget(
            sentence(
                self.tr(
                    "Labels what is in your photos. Free software under the GNU GPL, version 3."
                )
            )
        )
        column.addWidget(self.updates)
        column.addWidget(self.text, 1)
        column.addLayout(line)

    def _licences(self) -> str:
        used = _inside() or [f"- [{name}]({link}), {licence}" for name, licence, link in USED]
        parts = [
            (self.tr("Built with"), "\n".join(used)),
            (self.tr("The on-device model"), _as_paragraphs(_read(NOTICE))),
            (self.tr("The words that a search knows"), _as_paragraphs(_read(WORDS))),
        ]
        if self._samples is not None:
            credits_text = _read(self._samples / "CREDITS.md").partition("\n")[2]
            parts.append((self.tr("The sample photos"), credits_text))
        return "\n\n".join(f"### {heading}\n{text}" for heading, text in parts)


def _inside() -> list[str]:
    """A line for each part of a packaged program, that leads to the licence's text."""
    try:
        lines = (LICENCES / "INDEX.tsv").read_text(encoding="utf-8").splitlines()
    except OSError:  # not packaged
        return []
    parts = []
    for name, version, licence, folder in (line.split("\t") for line in lines):
        link = f"[{name}]({(LICENCES / folder).as_uri()})" if folder else name
        parts.append(f"- {link} {version}, {licence}".replace(" ,", ","))
    return parts


def _as_paragraphs(text: str) -> str:
    """A notice in Markdown, without the title above it; what is set in begins a line of its own."""
    title, _, rest = text.partition("\n\n")
    return (rest or title).replace("\n    ", "  \n")


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except OSError:
        return str(path)
