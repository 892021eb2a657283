"""The menus of the sidebar's lines: what can be done with a label, a folder, a search, a job."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QMenu

from desktop.core.files.long_paths import file_path

from ..words.words import without_key
from .lines import SidebarEntry
from .sidebar import Sidebar

translate = QCoreApplication.translate


def make_menu(sidebar: Sidebar, entry: SidebarEntry) -> QMenu:
    """The menu of one line; it deletes itself when it is closed."""
    menu = QMenu(sidebar)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    name = without_key(entry.text)
    if entry.kind in ("heading", "rest"):
        menu.addAction(translate("Sidebar", "Show or hide"), lambda: sidebar.toggle(entry))
        return menu
    menu.addAction(translate("Sidebar", "Only “{0}”").format(name), lambda: sidebar.choose(entry))
    if entry.kind != "search":
        menu.addAction(
            translate("Sidebar", "And “{0}”").format(name), lambda: sidebar.combine(entry)
        )
    if entry.kind == "label":
        menu.addAction(
            translate("Sidebar", "Not “{0}”").format(name), lambda: sidebar.leave_out(entry)
        )
        menu.addSeparator()
        menu.addAction(translate("Sidebar", "Rename…"), lambda: sidebar.rename(entry))
        menu.addAction(translate("Sidebar", "Merge into…"), lambda: sidebar.merge(entry))
        menu.addAction(
            translate("Sidebar", "Never show “{0}”").format(name),
            lambda: sidebar.hide_asked.emit(entry.key),
        )
    elif entry.kind == "folder":
        folder = file_path(entry.key)
        menu.addSeparator()
        menu.addAction(
            translate("Sidebar", "Show in file manager"), lambda: sidebar.place_asked.emit(folder)
        )
        menu.addAction(translate("Sidebar", "Locate…"), lambda: sidebar.locate_asked.emit(folder))
        for actions in sidebar.folder_actions:
            menu.addActions(actions(folder, menu))
        menu.addSeparator()
        menu.addAction(
            translate("Sidebar", "Remove from Tagdrop"), lambda: sidebar.remove_asked.emit(folder)
        )
    elif entry.kind == "search":
        menu.addSeparator()
        menu.addAction(translate("Sidebar", "Rename…"), lambda: sidebar.rename(entry))
        menu.addAction(translate("Sidebar", "Remove"), lambda: sidebar.search_removed.emit(entry))
    elif entry.kind == "job":
        menu.addSeparator()
        menu.addAction(
            translate("Sidebar", "Undo this job's labels"),
            lambda: sidebar.take_back_asked.emit(int(entry.key)),
        )
    return menu
