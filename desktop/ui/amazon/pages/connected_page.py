"""ConnectedPage: the account, this month's count and cost, and everything that can be done."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QLabel, QPushButton, QWidget

from desktop.core.money.spending import Spent

from ...look.page_parts import begin_at_start, sentence
from ...notices.remedies import Actions
from ...words.core_texts import amount, money
from .. import calls
from ..account import AmazonAccount
from ..account_box import AccountBox
from ..backfill_row import BackfillRow
from ..dollars_field import DollarsField
from ..error_box import ErrorBox
from ..layout import account_text, heading, lines_above, rows
from ..options_box import OptionsBox
from ..places import location


class ConnectedPage(QWidget):
    """What is written here is read anew whenever the page is shown."""

    details_asked = Signal()

    def __init__(self, account: AmazonAccount, actions: Actions) -> None:
        super().__init__()
        self._account = account
        self.is_known = False  # whether Amazon has said how things stand
        self._account_text, self._place = sentence(), sentence()
        begin_at_start(self._account_text)
        self._month = sentence(self.tr("Counting…"))
        self.limit = DollarsField(self.tr("Monthly limit in dollars"))
        self.price = DollarsField(self.tr("Price of 1,000 photos in dollars"))
        self.options = OptionsBox(account.settings)
        self.in_account = AccountBox(account.settings)
        self.update_now = QPushButton(self.tr("Update now"))
        self.update_now.setEnabled(False)
        self._version = sentence(self.tr("Checking for a newer version…"))
        self.backfill = BackfillRow(account, self)
        self.error_box = ErrorBox(actions)
        self.doctor = QPushButton(self.tr("Check everything"))
        self.new_key = QPushButton(self.tr("New key…"))
        self.computer = QPushButton(self.tr("Add another computer…"))
        self.details = QPushButton(self.tr("Technical details"))
        self.forget = QPushButton(self.tr("Remove from this computer…"))
        self.remove = QPushButton(self.tr("Delete everything from Amazon…"))
        self._lay_out()
        self._connect()
        self._show()

    def _lay_out(self) -> None:
        lines = lines_above(self, None)
        lines.addWidget(heading(self.tr("Amazon is set up")))
        lines.addWidget(self.error_box)
        fields: tuple[tuple[str, QWidget], ...] = (
            (self.tr("Account:"), self._account_text),
            (self.tr("Location:"), self._place),
            (self.tr("This month:"), self._month),
            (self.tr("Monthly limit:"), self.limit),
            (self.tr("Price of 1,000 photos:"), self.price),
        )
        lines.addLayout(rows((QLabel(name), field) for name, field in fields))
        lines.addWidget(self.in_account)
        lines.addWidget(self.options)
        lines.addSpacing(8)
        lines.addLayout(rows(self._acts()))
        lines.addStretch(1)

    def _acts(self) -> list[tuple[QPushButton, QLabel]]:
        words = {
            self.doctor: self.tr("Checks each part and labels one test photo."),
            self.computer: self.tr("Creates a key and a connection file for it."),
            self.new_key: self.tr("Replaces this computer's key."),
            self.details: self.tr("The full template and permissions."),
            self.forget: self.tr("Nothing changes at Amazon, and your labels stay here."),
            self.remove: self.tr("Nothing is left at Amazon; your labels stay here."),
        }
        acts = [(act, sentence(text)) for act, text in words.items()]
        acts.insert(1, (self.update_now, self._version))
        acts.insert(2, (self.backfill.button, self.backfill.text))
        return acts

    def _connect(self) -> None:
        account = self._account
        self.limit.valueChanged.connect(
            lambda dollars: account.settings.change(monthly_limit_dollars=dollars)
        )
        self.price.valueChanged.connect(
            lambda dollars: account.settings.change(dollars_per_1000=dollars)
        )
        self.options.asked.connect(account.change_options)
        self.in_account.asked.connect(account.change_account)
        for button, goal in (
            (self.update_now, "update"),
            (self.new_key, "new-key"),
            (self.computer, "computer"),
            (self.remove, "remove"),
        ):
            button.clicked.connect(lambda _, goal=goal: account.sign_in_for(goal))
        self.doctor.clicked.connect(lambda: account.go("doctor"))
        self.forget.clicked.connect(lambda: account.go("forget"))
        self.details.clicked.connect(self.details_asked)
        account.settings.changed.connect(self._show)

    def showEvent(self, event: QShowEvent) -> None:
        """Look at Amazon and at this month's count anew."""
        super().showEvent(event)
        account, connection = self._account, self._account.connection
        if connection is not None:
            account.work.run(
                lambda stop: calls.look(connection, stop),
                self._on_looked,
                lambda _: self._on_looked(calls.Service("unknown")),
            )
            account.work.run(lambda _: account.spending.this_month(), self.show_month)

    def show_month(self, month: Spent) -> None:
        """Say how many photos were labelled this month and what that cost."""
        limit = self._account.settings.now.monthly_limit_dollars
        photos = self.tr("%Ln photos", "", month.images)
        self._month.setText(
            self.tr("{0}, {1} of ${2}").format(photos, money(month.dollars), amount(limit))
        )

    def focus_limit(self) -> None:
        """The person wants to raise the limit."""
        self.limit.setFocus()
        self.limit.selectAll()

    def _on_looked(self, service: calls.Service) -> None:
        self.is_known = True
        version = service.version
        if service.options is not None:  # another computer may have changed them
            self._account.settings.change(**service.options)
        self.in_account.take(service.parameters)
        self.update_now.setEnabled(version == "older")
        self._version.setText(
            {
                "current": self.tr("The labelling service is up to date."),
                "older": self.tr("A newer version of the labelling service is available."),
                "newer": self.tr(
                    "The labelling service was set up by a newer Tagdrop: update this one."
                ),
                "unknown": self.tr("The labelling service cannot be reached right now."),
            }[version]
        )

    def _show(self) -> None:
        connection, now = self._account.connection, self._account.settings.now
        if connection is None:
            return
        self._account_text.setText(account_text(connection.account))
        self._place.setText(location(connection.region))
        self.limit.show_dollars(now.monthly_limit_dollars)
        self.price.show_dollars(now.dollars_per_1000)
