"""The window's language: the system's or the chosen one, with Qt's own texts and the labels."""

from __future__ import annotations

import logging
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator

from . import label_names

log = logging.getLogger(__name__)

TRANSLATIONS = Path(__file__).parents[1] / "translations"
_SPEAKS = "speaks"
OWN_NAMES = {"en": "English", "de": "Deutsch"}
"""The languages the window speaks, as each calls itself."""


def speak(application: QCoreApplication, language: str) -> str:
    """Speak "system"'s language or another one of `OWN_NAMES` from now on; tells which it is.

    Call it before the first window is made: texts are translated as they are set.
    """
    code = language if language in OWN_NAMES else _system_language()
    if language in OWN_NAMES and QLocale().language() != QLocale(code).language():
        QLocale.setDefault(QLocale(code))  # numbers and dates as the texts around them
    if application.property(_SPEAKS):  # to look for children takes 6 ms, which the start has not
        for spoken in application.findChildren(QTranslator):
            application.removeTranslator(spoken)  # an English text is in no file: no other may win
            spoken.deleteLater()
    application.setProperty(_SPEAKS, True)
    of_qt = Path(QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath))
    _install(application, of_qt / f"qtbase_{code}.qm")
    # English has one too, for "1 photo" and "2 photos".
    _install(application, TRANSLATIONS / f"tagdrop_{code}.qm")
    label_names.use_language(code)
    return code


def _system_language() -> str:
    """The first of the person's languages that the window speaks, or English."""
    for name in QLocale.system().uiLanguages():
        code = name.partition("-")[0]
        if code in OWN_NAMES:
            return code
    return "en"


def _install(application: QCoreApplication, path: Path) -> None:
    translator = QTranslator(application)
    if translator.load(str(path)):
        application.installTranslator(translator)
    else:
        log.info("no translation in %s", path)
