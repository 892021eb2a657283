"""PanelFoot: what is done to the selected photos as a whole: favourite, and all labels right."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from ..look.icons import put_before_words


class PanelFoot(QWidget):
    """Two buttons; the one for favourites says whether the photos are some."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.favourite = QPushButton(self.tr("Favourite"))
        self.favourite.setCheckable(True)
        self.keep_all = QPushButton(self.tr("Confirm all"))
        put_before_words(self.keep_all, "check")
        self.keep_all.setToolTip(self.tr("Confirm all labels shown (Ctrl+Return in the list)"))
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(8)
        line.addWidget(self.favourite)
        line.addWidget(self.keep_all)
        line.addStretch(1)
        self.show_favourite(is_favourite=False)

    def show_favourite(self, *, is_favourite: bool) -> None:
        """Say whether all selected photos are favourites."""
        self.favourite.setChecked(is_favourite)
        put_before_words(self.favourite, "star-filled" if is_favourite else "star")
        self.favourite.setToolTip(
            self.tr("Remove from favourites (Ctrl+D)")
            if is_favourite
            else self.tr("Add to favourites (Ctrl+D)")
        )
