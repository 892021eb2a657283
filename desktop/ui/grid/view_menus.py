"""The two menus of the view bar: in which order photos stand, and how they look."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu, QToolButton, QWidget

from desktop.core.library.catalog import Sort
from desktop.core.settings import Settings, TileShape

from ..look.icons import dress, put_before_words


class SortButton(QToolButton):
    """Says by what photos are sorted; its menu has the orders, and each both ways round."""

    chosen = Signal(str, bool)
    """An order, and whether it is turned round."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sort: Sort = "added"
        self._is_reversed = False
        self._names: dict[Sort, str] = {
            "added": self.tr("Date added"),
            "taken": self.tr("Date taken"),
            "name": self.tr("Name"),
            "surest": self.tr("Surest label"),
            "state": self.tr("State"),
        }
        newest, oldest = self.tr("Newest first"), self.tr("Oldest first")
        self._ways: dict[Sort, tuple[str, str]] = {
            "added": (newest, oldest),
            "taken": (newest, oldest),
            "name": (self.tr("A to Z"), self.tr("Z to A")),
            "surest": (self.tr("Most certain first"), self.tr("Least certain first")),
            "state": (self.tr("Failed first"), self.tr("Failed last")),
        }
        menu = QMenu(self)
        sorts = QActionGroup(menu)
        for sort, name in self._names.items():
            self._add(menu, sorts, name, sort=sort)
        menu.addSeparator()
        ways = QActionGroup(menu)
        self._ahead = self._add(menu, ways, "", is_reversed=False)
        self._back = self._add(menu, ways, "", is_reversed=True)
        self._actions = dict(zip(self._names, sorts.actions(), strict=True))
        self.setMenu(menu)
        _behave(self, self.tr("Sort photos by"))
        put_before_words(self, "arrow-up-down")
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.show_sort("added", is_reversed=False)

    def _add(
        self,
        menu: QMenu,
        group: QActionGroup,
        text: str,
        *,
        sort: Sort | None = None,
        is_reversed: bool | None = None,
    ) -> QAction:
        action = menu.addAction(text)
        action.setCheckable(True)
        action.setData(sort if is_reversed is None else is_reversed)
        group.addAction(action)

        def choose() -> None:
            """Another order begins its usual way round."""
            turned = self._is_reversed if is_reversed is None else is_reversed
            if sort is not None and sort != self._sort:
                turned = False
            self.chosen.emit(sort or self._sort, turned)

        action.triggered.connect(choose)
        return action

    def show_sort(self, sort: Sort, *, is_reversed: bool) -> None:
        """Show an order without telling that it changed."""
        self._sort, self._is_reversed = sort, is_reversed
        self._ahead.setText(self._ways[sort][0])
        self._back.setText(self._ways[sort][1])
        self._actions[sort].setChecked(True)
        (self._back if is_reversed else self._ahead).setChecked(True)
        self.setText(self._names[sort])
        way = self._ways[sort][is_reversed]
        self.setToolTip(self.tr("Sorted by {0}: {1}").format(self._names[sort], way))
        self.setAccessibleDescription(way)


class LookButton(QToolButton):
    """Its menu says which shape photos have in the grid, and what stands below them."""

    changed = Signal(dict)
    """What was chosen, as fields of the Settings."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        menu = QMenu(self)
        shapes = QActionGroup(menu)
        self._shapes: dict[TileShape, QAction] = {
            "photo": self._add(menu, self.tr("Rows"), tile_shape="photo"),
            "square": self._add(menu, self.tr("Squares"), tile_shape="square"),
        }
        for action in self._shapes.values():
            shapes.addAction(action)
        menu.addSeparator()
        self._labels = self._add(menu, self.tr("Show labels"))
        self._labels.toggled.connect(lambda on: self.changed.emit({"shows_labels": on}))
        self._names = self._add(menu, self.tr("Show file names"))
        self._names.toggled.connect(lambda on: self.changed.emit({"shows_names": on}))
        self.setMenu(menu)
        _behave(self, self.tr("View"))
        dress(self, "layout-grid", self.tr("View"))

    def _add(self, menu: QMenu, text: str, **chosen: TileShape) -> QAction:
        action = menu.addAction(text)
        action.setCheckable(True)
        if chosen:
            action.triggered.connect(lambda: self.changed.emit(chosen))
        return action

    def show_settings(self, settings: Settings) -> None:
        """Show what is chosen without telling that it changed."""
        self.blockSignals(True)
        self._shapes[settings.tile_shape].setChecked(True)
        self._labels.setChecked(settings.shows_labels)
        self._names.setChecked(settings.shows_names)
        self.blockSignals(False)


def _behave(button: QToolButton, name: str) -> None:
    button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
    button.setAutoRaise(True)
    button.setFocusPolicy(button.focusPolicy().StrongFocus)
    button.setMinimumHeight(28)
    button.setAccessibleName(name)
