"""KeywordsForm: which labels become keywords, and where they are written."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QFormLayout, QLineEdit, QSpinBox, QWidget

from desktop.core.settings import MOST_KEYWORDS, Settings

from ..live_settings import LiveSettings
from ..look.page_parts import column_of, inset, level, sentence
from ..settings.where_box import WhereBox
from ..words.languages import OWN_NAMES
from .keywords_preview import KeywordsPreview
from .run_dialog import Run
from .scope import Scope

LONGEST_PREFIX = 60


class KeywordsForm(QWidget):
    """What is chosen here counts when it is begun, and is kept for the next time.

    `make_run` makes what writes them out of photos and settings.
    """

    refused = Signal(str)

    def __init__(
        self,
        settings: LiveSettings,
        preview: KeywordsPreview,
        make_run: Callable[[Scope, Settings], Run],
    ) -> None:
        super().__init__()
        self._live, self._make_run = settings, make_run
        self._draft = settings.now
        self.title = self.tr("Write keywords into photos")
        self.act = self.tr("Write keywords")
        self.where = WhereBox()
        self.where.changed.connect(lambda values: self._change(**values))
        self.preview = preview
        self._make_choice()
        self.keeps = QCheckBox(self.tr("Keep photos up to date"))
        self.keeps.toggled.connect(lambda on: self._change(keeps_keywords=on))
        text = self.tr(
            "From then on, keywords are written by themselves after each job and each correction."
        )
        self.keeps.setAccessibleDescription(text)
        column = column_of(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.where)
        column.addSpacing(8)
        column.addLayout(self._lay_out_choice())
        column.addSpacing(8)
        column.addWidget(self.keeps)
        column.addWidget(sentence(text))
        self._show()

    def _make_choice(self) -> None:
        self.least = QSpinBox()
        inset(self.least)
        self.least.setRange(0, 100)
        self.least.setSuffix(self.tr(" %"))
        self.least.valueChanged.connect(lambda n: self._change(keyword_min_confidence=float(n)))
        self.confirmed = QCheckBox(self.tr("Only labels that you confirmed or added"))
        self.confirmed.toggled.connect(lambda on: self._change(keyword_confirmed_only=on))
        self.parents = QCheckBox(self.tr("Also what they belong to: Mammal and Animal for Dog"))
        self.parents.toggled.connect(lambda on: self._change(keyword_parents=on))
        self.most = QSpinBox()
        inset(self.most)
        self.most.setRange(0, MOST_KEYWORDS)
        self.most.setSpecialValueText(self.tr("All"))
        self.most.valueChanged.connect(lambda n: self._change(most_keywords=n))
        self.prefix = QLineEdit()
        self.prefix.setMaxLength(LONGEST_PREFIX)
        self.prefix.setPlaceholderText(self.tr("None; for example “Auto”"))
        self.prefix.textChanged.connect(lambda text: self._change(keyword_prefix=text.strip()))
        self.languages = QComboBox()
        self.languages.addItem(self.tr("Same as the window"), "system")
        for code, name in OWN_NAMES.items():
            self.languages.addItem(name, code)
        self.languages.currentIndexChanged.connect(
            lambda place: self._change(keyword_language=self.languages.itemData(place))
        )

    def _lay_out_choice(self) -> QFormLayout:
        form = QFormLayout()
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.ExpandingFieldsGrow)
        form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
        form.setHorizontalSpacing(16)
        form.setLabelAlignment(Qt.AlignmentFlag.AlignLeft)
        form.addRow(self.tr("Labels at least this sure"), self.least)
        form.addRow(self.confirmed)
        form.addRow(self.parents)
        form.addRow(self.tr("Labels per photo, at most"), self.most)
        form.addRow(self.tr("Language of the keywords"), self.languages)
        form.addRow(self.tr("Put all keywords under"), self.prefix)
        return level(form)

    @property
    def widget(self) -> QWidget:
        return self

    def _show(self) -> None:
        now = self._draft
        self.where.show_settings(now)
        self.least.setValue(round(now.keyword_min_confidence))
        self.least.setEnabled(not now.keyword_confirmed_only)
        self.confirmed.setChecked(now.keyword_confirmed_only)
        self.parents.setChecked(now.keyword_parents)
        self.most.setValue(now.most_keywords)
        self.prefix.setText(now.keyword_prefix)
        self.languages.setCurrentIndex(self.languages.findData(now.keyword_language))
        self.keeps.setChecked(now.keeps_keywords)

    def _change(self, **values: Any) -> None:
        draft = replace(self._draft, **values)
        if draft != self._draft:
            self._draft = draft
            self.where.show_settings(draft)
            self.least.setEnabled(not draft.keyword_confirmed_only)
            self.preview.show_settings(draft)

    def show_scope(self, scope: Scope) -> None:
        self.preview.show_scope(scope, self._draft)
        self.refused.emit("")

    def close_down(self) -> None:
        self.preview.close_down()

    def begin(self, scope: Scope, start: Callable[[Run], None]) -> None:
        values = {name: getattr(self._draft, name) for name in _KEPT}
        self._live.change(**values)
        start(self._make_run(scope, self._draft))


_KEPT = (
    *("keywords_in_files", "sidecar_naming", "keyword_min_confidence", "keyword_confirmed_only"),
    *("keyword_parents", "keyword_prefix", "keyword_language", "most_keywords", "keeps_keywords"),
)
