"""ReadyPage: one test photo through everything that was made, with its labels and what it cost."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QLabel, QPushButton, QWidget

from desktop.core.errors import AppError
from desktop.core.library.effective import EffectiveLabel

from ...labels.label_entries import entries_of_image
from ...labels.label_list import LabelList
from ...look.page_parts import sentence
from ...notices.remedies import Actions
from ...words.core_texts import amount, money
from ...work import Task
from .. import calls
from ..account import AmazonAccount
from ..error_box import ErrorBox
from ..layout import LEAST_LETTERS, Line, busy_bar, buttons, heading, lines_above

PICTURE_PX = QSize(144, 108)
LABELS = 6


@dataclass(frozen=True, slots=True)
class Offer:
    """Photos that Amazon could label, and what has it label some of them at once.

    `find` says which are in the library; `samples` is a folder of others to begin with.
    """

    find: Callable[[], Sequence[Path]]
    samples: Path | None
    label: Callable[[Sequence[Path]], object]


class ReadyPage(QWidget):
    """The end of the set-up; what comes next is labelling."""

    waited = Signal()
    """Amazon is still starting up; from a work thread."""

    def __init__(
        self,
        account: AmazonAccount,
        actions: Actions,
        offer: Offer,
        close: Callable[[], object],
    ) -> None:
        super().__init__()
        self._account = account
        self._task: Task | None = None
        self._offer = offer
        self._offered: Sequence[Path] = ()
        self._close = close
        self._heading = heading()
        self._text = sentence()
        self._busy = busy_bar(self.tr("Labelling one test photo"))
        self._picture = QLabel()
        self._picture.setFixedSize(PICTURE_PX)
        self._picture.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        self._picture.setAccessibleName(self.tr("The test photo"))
        self.labels = LabelList()
        # A name, its bar and its number.
        least_px = 2 * LEAST_LETTERS * self.labels.fontMetrics().averageCharWidth()
        self.labels.setMinimumWidth(least_px)
        self.error_box = ErrorBox(actions)
        self.offered = QPushButton()
        self.offered.hide()
        self.primary = QPushButton(self.tr("Done"))
        both = Line()
        both.addWidget(self._picture, 0, Qt.AlignmentFlag.AlignTop)
        both.addWidget(self.labels, 1, Qt.AlignmentFlag.AlignTop)
        lines = lines_above(self, buttons(self.offered, last=self.primary))
        for widget in (self._heading, self._text, self._busy, self.error_box):
            lines.addWidget(widget)
        lines.addLayout(both, 1)
        self.primary.clicked.connect(self._on_done)
        self.offered.clicked.connect(self._on_offered)
        self.waited.connect(self._on_waited)
        account.moved.connect(self._on_moved)
        self._on_moved()

    def _on_moved(self) -> None:
        if self._account.page == "ready" and self._task is None:
            self.check()

    def check(self) -> None:
        """Send the test photo and wait for its labels."""
        connection, reserve = self._account.connection, self._account.reserve
        if connection is None:
            return
        self.error_box.clear()
        self._heading.setText(self.tr("Set up. One test photo is on its way"))
        self._text.show()
        self._text.setText(
            self.tr("It goes all the way through once and costs about a tenth of a cent.")
        )
        self._busy.show()
        self.labels.hide()
        self._picture.hide()
        self._task = self._account.work.run(
            lambda stop: calls.label_test_photo(connection, reserve, self.waited.emit, stop),
            self._on_labelled,
            self._on_failed,
        )

    @property
    def is_over(self) -> bool:
        """Whether the test photo has its labels."""
        return self._task is None and self.error_box.error is None

    def _on_waited(self) -> None:
        self._heading.setText(self.tr("Set up. Amazon is still starting up"))
        self._text.setText(
            self.tr(
                "It can take Amazon five minutes to notice new photos. The test photo is sent again"
                " every half minute, and you pay for it once. You can close this and go on."
            )
        )

    def _on_labelled(self, test: calls.TestPhoto) -> None:
        self._task = None
        self._busy.hide()
        now = self._account.settings.now
        price = money(now.dollars_per_1000 * now.analyses / 1000)
        self._heading.setText(self.tr("Ready. This cost {0}.").format(price))
        self._text.setText(self._where_key_is(test))
        picture = QPixmap(str(test.path)).scaled(
            PICTURE_PX * self.devicePixelRatioF(),
            Qt.AspectRatioMode.KeepAspectRatio,
            Qt.TransformationMode.SmoothTransformation,
        )
        picture.setDevicePixelRatio(self.devicePixelRatioF())
        self._picture.setPixmap(picture)
        account = self._account
        shown = [
            EffectiveLabel(record, account.backend, False, "") for record in test.records[:LABELS]
        ]
        self.labels.show_entries(entries_of_image(shown, account.recognisers), keep_place=False)
        self.labels.setMinimumHeight(self.labels.maximumHeight())  # the page scrolls, not the list
        self.labels.show()
        self._picture.show()
        self._account.work.run(lambda _: self._offer.find(), self._offer_photos)
        self.primary.setFocus()

    def _offer_photos(self, paths: Sequence[Path]) -> None:
        """Offer what is in the library, or the samples where there is nothing."""
        folder = self._offer.samples
        if paths:
            text = self.tr("Label my %Ln photos with Amazon (about ${0})", "", len(paths))
            self._show_offer(paths, text, len(paths))
        elif folder is not None:
            self._account.work.run(
                lambda stop: calls.count_photos(folder, stop), self._offer_samples
            )

    def _offer_samples(self, count: int) -> None:
        if self._offer.samples is not None and count:
            text = self.tr("Label %Ln sample photos (about ${0})", "", count)
            self._show_offer([self._offer.samples], text, count)

    def _show_offer(self, paths: Sequence[Path], text: str, count: int) -> None:
        """The button names the price, so that nothing asks for it once more."""
        now = self._account.settings.now
        dollars = count * now.dollars_per_1000 * now.analyses / 1000
        self._offered = paths
        self.offered.setText(text.format(amount(max(0.01, round(dollars, 2)))))
        self.offered.show()

    def _where_key_is(self, test: calls.TestPhoto) -> str:
        if test.is_key_kept:
            return self.tr("New photos are labelled with Amazon from now on. Drop some.")
        return self.tr(
            "New photos are labelled with Amazon from now on. This computer has no keychain, so"
            " the key is kept only until Tagdrop is closed; the next start asks you to sign in"
            " again."
        )

    def _on_failed(self, error: AppError) -> None:
        self._task = None
        self._busy.hide()
        self._heading.setText(self.tr("Set up, but the test photo has no labels yet"))
        self._text.hide()
        self.error_box.show_error(error, self.check)

    def _on_done(self) -> None:
        self._leave()
        self._close()

    def _on_offered(self) -> None:
        self._leave()
        self._close()
        self._offer.label(self._offered)

    def _leave(self) -> None:
        if self._task is not None:
            self._task.drop()
            self._task = None
        self._account.home()
