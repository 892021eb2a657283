"""AccountPage: account, location, monthly limit and what will be created; then one button."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QLocale, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QPushButton,
    QWidget,
)

from desktop.core.money.prices import analyses, price_in
from desktop.core.money.upload_log import OPT_OUT_URL

from ...look.page_parts import Point, level, sentence, title
from ...words.core_texts import say
from ...work import Task
from .. import calls
from ..account import AmazonAccount
from ..dollars_field import DollarsField
from ..layout import LEAST_LETTERS, Line, account_text, buttons, form, heading, lines_above
from ..places import location


class AccountPage(QWidget):
    """Everything that is to be known and chosen before something is made, on one page."""

    def __init__(self, account: AmazonAccount, show_details: Callable[[], object]) -> None:
        super().__init__()
        self._account = account
        self._asked: Task | None = None
        self._heading = heading()
        self._warning = sentence()
        self._free = sentence()
        self.region = QComboBox()
        self.limit = DollarsField(self.tr("Monthly limit in dollars"))
        self._limit_text = sentence()
        self._key = Point()
        self.no_users = QCheckBox(self.tr("This account does not allow users"))
        self.details = QPushButton(self.tr("Show the technical details"))
        self.opt_out = QPushButton(self.tr("How to opt out"))
        self.primary = QPushButton(self.tr("Set up"))
        self._back = QPushButton(self.tr("Back"))
        self._lay_out()
        self.region.activated.connect(self._on_region)
        self.limit.valueChanged.connect(self._on_limit)
        self.details.clicked.connect(lambda _: show_details())
        self.opt_out.clicked.connect(lambda: QDesktopServices.openUrl(QUrl(OPT_OUT_URL)))
        self.no_users.toggled.connect(self._on_no_users)
        self.primary.clicked.connect(self._on_primary)
        self._back.clicked.connect(lambda: account.go("sign-in"))
        account.changed.connect(self._ask_what_is_given)
        account.moved.connect(self._show)
        account.settings.changed.connect(self._show)
        account.work.run(calls.regions, self._show_regions)
        self._ask_what_is_given()

    def _lay_out(self) -> None:
        lines = lines_above(self, buttons(self._back, last=self.primary))
        lines.addWidget(self._heading)
        lines.addWidget(self._warning)
        fields = form()
        fields.addRow(self.tr("Location:"), self.region)
        limit = Line()
        limit.addWidget(self.limit)
        letter_px = self._limit_text.fontMetrics().averageCharWidth()
        self._limit_text.setMinimumWidth(LEAST_LETTERS * letter_px)
        limit.addWidget(self._limit_text, 1)
        fields.addRow(self.tr("Monthly limit:"), limit)
        lines.addLayout(level(fields))
        lines.addWidget(self._free)
        lines.addSpacing(8)
        lines.addWidget(title(self.tr("What will be created in your Amazon account")))
        for text in (
            self.tr("Storage for copies of photos, each deleted once its labels are here"),
            self.tr("A small program that runs when a copy arrives"),
            self.tr("A table for the labels and the files' names, kept until you remove it"),
        ):
            lines.addWidget(Point(text=text))
        lines.addWidget(self._key)
        lines.addWidget(self.no_users)
        lines.addWidget(
            sentence(
                self.tr(
                    "It costs nothing while idle, and one button removes it all. Amazon may keep"
                    " photos it has analysed to improve its service, also in another region, unless"
                    " the account opts out, which needs AWS Organizations."
                )
            )
        )
        lines.addLayout(buttons(self.details, self.opt_out))
        lines.addStretch(1)

    def _show(self) -> None:
        account, access = self._account, self._account.access
        number = account_text(account.flow.account)
        if access is None:
            text = self.tr("You are no longer signed in to account {0}")
            self.primary.setText(self.tr("Sign in again"))
        else:
            text = self.tr("Signed in to account {0}")
            self.primary.setText(self.tr("Set up"))
        self._heading.setText(text.format(number))
        self.primary.setEnabled(access is None or self.region.currentIndex() >= 0)
        warning = access.warning if access is not None else None
        self._warning.setText(say(warning) if warning is not None else "")
        self._warning.setVisible(warning is not None)
        self._show_who_labels()
        now = account.settings.now
        self.limit.show_dollars(now.monthly_limit_dollars)
        price = price_in(now, account.flow.region)
        photos = analyses(now.monthly_limit_dollars, price)
        text = self.tr(
            "about %Ln photos at ${0} for 1,000, before tax; then Tagdrop stops", "", photos
        )
        self._limit_text.setText(text.format(QLocale().toString(price, "f", 2)))

    def _show_who_labels(self) -> None:
        """A key of the app's own; or a profile, which is there after the set-up, too."""
        flow = self._account.flow
        by_profile = flow.way == "profile"
        self.no_users.setVisible(by_profile)
        self.no_users.setChecked(flow.with_user == "no")
        if by_profile and self.no_users.isChecked():
            text = self.tr("No key: your profile “{0}” labels the photos").format(flow.profile)
        else:
            text = self.tr("A key for Tagdrop that allows nothing else")
        self._key.say(text)

    def _ask_what_is_given(self) -> None:
        """Ask how fast the account may label and what it gets for nothing, where it says so."""
        access, region = self._account.access, self._account.flow.region
        self._free.hide()
        if self._asked is not None:
            self._asked.drop()  # it would say it of another location
            self._asked = None
        if access is not None and region:
            self._asked = self._account.work.run(
                lambda stop: calls.given(access, region, stop),
                lambda given: self._show_given(given, region),
            )
        self._show()

    def _show_given(self, given: calls.Given, region: str) -> None:
        if given.dollars_per_1000 is not None:
            self._account.note_price(region, given.dollars_per_1000)
        number = QLocale().toString
        said = []
        if given.credit_dollars is not None:
            credit = number(given.credit_dollars, "f", 2)
            said.append(self.tr("The account has ${0} of credit left.").format(credit))
        if given.photos_left is not None:
            said.append(self.tr("%Ln more photos are free this month.", "", given.photos_left))
        if given.photos_per_s is not None:
            rate = self.tr("Amazon labels up to {0} photos a second there.")
            said.append(rate.format(number(given.photos_per_s, "g", 3)))
        self._free.setText(" ".join(said))
        self._free.setVisible(bool(said))

    def _show_regions(self, found: calls.Regions) -> None:
        if not self._account.flow.region:
            self._account.keep(region=found.nearest)
        for region in sorted(found.all, key=location):
            self.region.addItem(location(region), region)
        self.region.setCurrentIndex(self.region.findData(self._account.flow.region))
        self._ask_what_is_given()
        if not self.limit.hasFocus():
            self.primary.setFocus()

    def _on_region(self, place: int) -> None:
        self._account.keep(region=self.region.itemData(place))
        self._ask_what_is_given()

    def _on_limit(self, dollars: float) -> None:
        self._account.settings.change(monthly_limit_dollars=dollars)

    def _on_no_users(self, is_so: bool) -> None:
        self._account.keep(with_user="no" if is_so else "")
        self._show()

    def _on_primary(self) -> None:
        if self._account.access is None:
            self._account.sign_in_for("set-up")
        else:
            self._account.go("progress", goal="finish")
