"""Durations: says about how long a job takes."""

from __future__ import annotations

from PySide6.QtCore import QLocale, QObject


class Durations(QObject):
    """An object because lupdate finds plurals in `tr` alone."""

    def about(self, seconds: float) -> str:
        """A guess in words: about 4 minutes."""
        if seconds < 30:
            return self.tr("less than a minute")
        if seconds < 5400:
            return self.tr("about %n minutes", "", max(1, round(seconds / 60)))
        return self.tr("about {0} hours").format(QLocale().toString(seconds / 3600, "f", 1))
