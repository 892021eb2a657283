"""PrivacyPage: what leaves this computer, when, and where it goes."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from .settings_pages import page_column, sentence, title
from .web_pictures import folder_for_pictures


class PrivacyPage(QWidget):
    """A page of the settings; it says it all before anything is done."""

    def __init__(self) -> None:
        super().__init__()
        column = page_column(self)
        for heading, text in (
            (
                self.tr("Labelling on this computer"),
                self.tr(
                    "Nothing leaves this computer. No account, no network, no statistics: Tagdrop"
                    " reports to nobody."
                ),
            ),
            (
                self.tr("Labelling with Amazon"),
                self.tr(
                    "Only while a job runs that you started with Amazon, a copy of each photo goes"
                    " to your own Amazon account: shrunk to about 2016 pixels on its long edge,"
                    " without the place, date, camera or anything else written in the photo; its"
                    " name holds the file's name. Amazon Rekognition looks at it there, the labels"
                    " come back, and Amazon deletes the copy after a day (unless the set-up was"
                    " given another time)."
                ),
            ),
            (
                self.tr("Pictures out of a browser"),
                self.tr(
                    "A picture that you drag or copy out of a browser is kept as a file in {0}."
                    " Where the browser does not hand it over, it is fetched once from its website,"
                    " and from nowhere else."
                ).format(folder_for_pictures()),
            ),
            (
                self.tr("What stays here"),
                self.tr(
                    "Photos are only read, never changed. Labels, small pictures for the grid,"
                    " settings and a log lie in Tagdrop's own folder on this computer. An Amazon"
                    " key lies in the system's keychain."
                ),
            ),
        ):
            column.addWidget(title(heading))
            column.addWidget(sentence(text))
            column.addSpacing(8)
        column.addStretch(1)
