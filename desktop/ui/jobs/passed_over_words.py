"""PassedOverWords: says what of a drop was passed over, and why."""

from __future__ import annotations

from PySide6.QtCore import QObject

from desktop.core.walk.passed_over import PassedOver


class PassedOverWords(QObject):
    """An object because lupdate finds plurals in `tr` alone."""

    def about(self, passed_over: PassedOver) -> list[str]:
        """A few words for each reason; none where nothing was passed over."""
        said = []
        if passed_over.unreadable:
            words = self.tr(
                "%n files of kinds that Tagdrop cannot read ({0})", "", passed_over.unreadable
            )
            said.append(words.format(passed_over.kind_names()))
        if passed_over.online_only:
            count = passed_over.online_only
            said.append(self.tr("%n photos are only online: download them first", "", count))
        if passed_over.not_photos:
            said.append(self.tr("%n files are not photos", "", passed_over.not_photos))
        return said
