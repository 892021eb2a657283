"""A collection of some years in folders: what helps to find one's way in it."""

from __future__ import annotations

import shutil
from pathlib import Path

from PIL import Image
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QMenu

from desktop.core.errors import LimitError, Remedy
from desktop.core.library.catalog import Query
from desktop.ui.folders.watch_dialog import WatchDialog
from desktop.ui.sidebar.menu import make_menu
from desktop.ui.sidebar.model import ENTRY
from tests.rig.photos import make_bad, picture

from .session import Session

FOLDERS = (  # each with the month of its photos, and how many they are
    ("Holiday 2025/Beach", "2025:07", 9),
    ("Holiday 2025/Mountains", "2025:06", 7),
    ("Phone", "2024:10", 7),
    ("Phone/Received with a name that is far too long for the sidebar", "2022:03", 3),
    ("Scans", "2014:08", 4),
    ("Scans/Negatives", "1998:12", 2),
)
LONG = "Grandmother's ninetieth birthday in the garden, with all of her grandchildren.jpg"
EXIF, DATE_TAKEN = 0x8769, 0x9003


def tour(session: Session) -> None:
    """Look at it in every way there is."""
    photos = session.folder / "Pictures"
    _make(photos)
    session.label(photos, sum(count for _, _, count in FOLDERS))
    _days(session)
    _menus(session)
    _search(session)
    _review(session)
    _large(session)
    _many(session)
    _duplicates(session)
    _nothing(session)
    _watch(session, photos)
    _come_and_go(session, photos)
    _errors(session)


def _make(photos: Path) -> None:
    seed = 0
    for name, month, count in FOLDERS:
        (photos / name).mkdir(parents=True)
        for number in range(count):
            exif = Image.Exif()
            exif.get_ifd(EXIF)[DATE_TAKEN] = f"{month}:{1 + 2 * number:02} 12:30:00"
            path = photos / name / f"IMG_{4100 + seed}.jpg"
            picture(seed, edge_px=1000).save(path, exif=exif, quality=88)
            seed += 1
    phone = photos / "Phone"
    next(phone.glob("*.jpg")).rename(phone / LONG)


def _days(session: Session) -> None:
    window, settings = session.window, session.parts.settings
    window.gallery.order_by("taken")
    session.until(lambda: len(window.model.sections()) > 3)
    session.select("IMG_4103")
    session.take("photos-01-days")
    settings.change(tile_shape="square", shows_labels=False)
    session.take("photos-02-squares")
    settings.change(tile_shape="photo", shows_labels=True, shows_names=True)
    session.take("photos-03-names")
    settings.change(shows_names=False)


def _menus(session: Session) -> None:
    window, shell = session.window, session.shell
    bar, sidebar = window.gallery.view_bar, window.sidebar
    session.take_menu("photos-menu-sort", bar.sorts.menu(), bar.sorts)
    session.take_menu("photos-menu-view", bar.looks.menu(), bar.looks)
    session.take_menu("photos-menu-main", shell.menu)
    window.gallery.actions_.show_menu(window.mapToGlobal(QPoint(400, 300)))
    menu = session.application.activePopupWidget()
    assert isinstance(menu, QMenu)
    session.take_dialog("photos-menu-photo", menu)
    menu.close()
    for kind, place in (("label", 1), ("folder", 0)):  # the field is the first below the labels
        heading = sidebar.entries.index_of("heading", f"{kind}s")
        entry = sidebar.entries.index(place, 0, heading).data(ENTRY)
        session.take_menu(f"photos-menu-{kind}", make_menu(sidebar, entry))


def _search(session: Session) -> None:
    window, search = session.window, session.window.top_bar.search
    window.activateWindow()

    def begin() -> None:
        search.suggestions.close()
        search.begin_with("mou")
        session.until(lambda: search.suggestions.is_open)

    session.take("photos-04-suggestions", begin)
    search.suggestions.close()
    search.setText("flowers or dogs")
    session.until(lambda: bool(window.gallery.browse.shown_query.terms))
    session.take("photos-05-found")
    search.setText("mountian")
    session.until(lambda: bool(window.gallery.nothing.offers))
    session.take("photos-06-did-you-mean")
    window.gallery.browse.show_all()
    session.until(window.grid.isVisible)


def _review(session: Session) -> None:
    """As if some had been edited since they were labelled."""
    window = session.window
    with session.core.library.store.write() as db:
        db.execute("UPDATE images SET edited = 1 WHERE id % 3 = 0")
    session.shell.review.start()
    session.until(lambda: session.shell.review.is_on)
    session.take("photos-07-review")
    window.gallery.close_viewer()
    window.gallery.browse.ask(Query("review"))
    session.until(lambda: window.gallery.browse.shown_query.place == "review")
    session.take("photos-08-to-review")
    window.gallery.browse.show_all()
    session.until(lambda: window.gallery.browse.shown_query.is_everything)


def _large(session: Session) -> None:
    window = session.window
    session.select("IMG_4111")
    window.gallery.open()
    viewer = window.gallery.viewer
    session.take("photos-09-viewer")
    for _ in range(4):
        viewer.canvas.zoom_by(1)
    session.take("photos-10-zoomed")
    viewer.bar.info.toggle()
    session.take("photos-11-no-panel")
    viewer.bar.info.toggle()
    window.gallery.close_viewer()


def _many(session: Session) -> None:
    window = session.window
    session.select_all(list(range(2, 24)))
    session.until(lambda: window.panel.list.model().rowCount() > 3)
    session.take("photos-12-many")
    window.grid.clearSelection()
    session.select("Grandmother")
    window.panel.add_line.typed.emit("The ninetieth birthday of grandmother in the large garden")
    session.until(lambda: bool(window.editing.note.text))
    session.take("photos-13-long-names")
    window.editing.note.clear()
    window.editing.editor.undo()
    window.grid.clearSelection()


def _duplicates(session: Session) -> None:
    window, model = session.window, session.window.model
    copies = session.folder / "Pictures" / "Copies"
    copies.mkdir()
    some = sorted((session.folder / "Pictures" / "Scans").glob("*.jpg"))[:3]
    for path in some:
        shutil.copy(path, copies)
    with Image.open(some[0]) as photo:
        photo.resize((photo.width // 2, photo.height // 2)).save(copies / "smaller.jpg")
    session.label(copies, 4)
    session.shell.duplicates.action.trigger()
    session.until(lambda: window.gallery.browse.shown_query.place == "duplicates")
    session.until(lambda: any(section.count > 2 for section in model.sections()))
    window.editing.note.clear()
    session.take("photos-14-duplicates")
    window.gallery.browse.show_all()
    session.until(lambda: window.gallery.browse.shown_query.is_everything)


def _nothing(session: Session) -> None:
    window = session.window
    for name, query in (("failed", Query("failed")), ("favourites", Query("favourites"))):
        window.gallery.browse.ask(query)
        session.until(window.gallery.nothing.isVisible)
        session.take(f"photos-15-no-{name}")
    window.gallery.browse.show_all()
    session.until(window.grid.isVisible)


def _watch(session: Session, photos: Path) -> None:
    window, shell = session.window, session.shell
    dialog = WatchDialog(
        "Holiday 2025",
        lambda _: None,
        dollars_per_1000=1.0,
        everything=5.0,
        agreed=None,
        parent=window,
    )
    dialog.show()
    session.take_dialog("photos-watch", dialog)
    dialog.close()
    shell.watching.begin(photos / "Holiday 2025")
    session.until(lambda: bool(window.editing.note.text))
    session.take("photos-16-watched")
    window.editing.note.clear()
    session.take_menu("photos-menu-folders", shell.folders.menu)


def _come_and_go(session: Session, photos: Path) -> None:
    window, grid = session.window, session.window.grid
    window.gallery.order_by("added")
    session.until(lambda: len(window.model.sections()) <= 1)
    for path in sorted((photos / "Phone").glob("IMG_*.jpg"))[:3]:
        path.unlink()
    for number in range(5):
        picture(900 + number, edge_px=700).save(photos / "Phone" / f"new-{number}.jpg")
    grid.verticalScrollBar().setValue(grid.verticalScrollBar().maximum())
    session.shell.rescans.begin(photos / "Phone")
    session.until(lambda: bool(window.messages.title) and session.idle())
    session.take("photos-17-rescanned")
    window.messages.clear()
    window.editing.note.clear()
    grid.verticalScrollBar().setValue(0)
    (photos / "Scans").rename(photos / "Old scans")
    make_bad(photos / "Bad")
    window.add([photos / "Bad"])
    session.until(lambda: bool(window.messages.title) and session.idle())
    session.take("photos-18-missing-folder")
    window.messages.clear()


def _errors(session: Session) -> None:
    window = session.window
    window.say_error(
        LimitError(
            "Your limit of ${limit} a month is reached",  # of desktop/core/money/spending.py
            "The remaining photos are waiting. Raise the limit to continue now; otherwise they"
            " continue next month.",
            remedy=Remedy.RAISE_LIMIT,
            limit=5.0,
        )
    )
    session.take("photos-19-limit")
    window.messages.clear()
