"""The first minutes with the window: empty, labelling, labelled, corrected, filtered, failed."""

from __future__ import annotations

import json

from desktop.backends.local import model_version
from desktop.core.library.catalog import Query
from desktop.recognisers import AWS, LOCAL
from tests.rig.photos import make_bad, make_photos

from .session import Session


def tour(session: Session) -> None:
    """Label the sample photos and do with them what one does first."""
    _start(session)
    _label(session)
    _look_at_one(session)
    _read_text(session)
    _filter(session)
    _ask(session)
    _find_older(session)
    _fail_and_cancel(session)


def _start(session: Session) -> None:
    window = session.window
    session.take("first-01-empty")
    window.adding.drop_target.cover()
    session.take("first-02-drag-over")
    window.adding.drop_target.hide()


def _label(session: Session) -> None:
    session.window.empty.samples_asked.emit()
    session.until(lambda: len(session.ended("done")) >= 5)
    job_id = session.window.feed.job_id
    assert job_id is not None
    session.parts.queue.pause(job_id)  # not by its button: it is to look as it does at work
    session.take("first-03-labelling")
    session.parts.queue.resume_job(job_id)
    session.until(session.idle)
    session.take("first-04-labelled")


def _look_at_one(session: Session) -> None:
    window = session.window
    session.select("friends")
    _point_at_boxes(session)
    session.take("first-05-panel")
    _correct(session)
    window.gallery.open()
    window.editing.all_boxes.trigger()
    session.take("first-07-viewer")
    window.editing.all_boxes.trigger()
    window.gallery.close_viewer()


def _point_at_boxes(session: Session) -> None:
    labels = session.window.panel.list
    with_boxes = [place for place, entry in enumerate(labels.labels.entries) if entry.boxes]
    if with_boxes:
        labels.setCurrentIndex(labels.labels.index(with_boxes[0]))


def _correct(session: Session) -> None:
    """Remove a label, and take that back."""
    window = session.window
    labels = window.panel.list
    names = [record.label for record in labels.labels.records]
    labels.setCurrentIndex(labels.labels.index(names.index("Cocker Spaniel")))
    window.panel.remove()
    session.until(lambda: bool(window.editing.note.text))
    session.take("first-06-corrected")
    window.editing.undo.trigger()
    session.until(window.editing.redo.isEnabled)
    window.editing.note.clear()
    _point_at_boxes(session)


def _read_text(session: Session) -> None:
    """As if Amazon had also read the text in a photo and flagged it."""
    window = session.window
    lines = [(text, 99.0, 0.1, 0.1, 0.5, 0.1) for text in ("APOLLO 11", "Launch Complex 39A")]
    with session.core.library.store.write() as db:
        (image_id,) = db.execute("SELECT image_id FROM files WHERE name LIKE 'rocket%'").fetchone()
        db.execute(
            "INSERT INTO texts VALUES (?, ?, ' apollo ', ?)",
            (image_id, LOCAL.name, json.dumps(lines)),
        )
        for flag in (("Violence", 71.0, "[]"), ("Weapons", 71.0, '["Violence"]')):
            db.execute("INSERT INTO flags VALUES (?, ?, ?, ?, ?)", (image_id, LOCAL.name, *flag))
    session.select("rocket")
    session.until(window.panel.notes.isVisible)
    session.take("first-08-text")
    window.grid.selectAll()
    session.until(lambda: window.panel.list.model().rowCount() > 5)
    session.take("first-09-several")
    window.grid.clearSelection()


def _filter(session: Session) -> None:
    """By labels and words, with a saved search and a folder that cannot be found."""
    window, browse = session.window, session.window.gallery.browse
    browse.show_only(Query(labels=("Nature",), without=("Person",)), "-sunset")
    session.until(lambda: bool(window.finding.filters.texts))
    window.finding.filters.save.click()
    session.until(lambda: bool(window.editing.note.text))
    sidebar = window.sidebar
    sidebar.show_missing([path for path, _ in browse.counts.folders])
    for key in ("Animal", "Nature"):
        sidebar.setExpanded(sidebar.entries.index_of("label", key), True)
    sidebar.setExpanded(sidebar.entries.index_of("heading", "jobs"), True)
    session.take("first-10-filtered")
    sidebar.show_missing([])
    window.editing.note.clear()
    browse.show_all()


def _ask(session: Session) -> None:
    """Of a job with Amazon."""
    shell, samples = session.shell, session.samples
    session.until(session.window.grid.isVisible)
    if samples is not None:
        shell.sheet.ask([samples], AWS.name, again=True)
    session.until(shell.sheet.isVisible)
    session.take("first-11-sheet")
    shell.sheet.cancel_button.click()


def _find_older(session: Session) -> None:
    """As if another model than this program's had labelled the photos."""
    shell = session.shell
    _name_models(session, "older")
    shell.older.look()
    session.until(lambda: bool(shell.offer.text))
    session.take("first-12-older")
    session.take_dialog("first-12-older-settings", shell.show_settings("labelling"))
    shell.show_settings().close()
    _name_models(session, model_version())
    shell.older.look()
    session.until(lambda: not shell.offer.text)


def _name_models(session: Session, version: str) -> None:
    with session.core.library.store.write() as db:
        db.execute("UPDATE answers SET model_version = ?", (version,))


def _fail_and_cancel(session: Session) -> None:
    window, folder = session.window, session.folder
    make_bad(folder / "bad")
    window.add([folder / "bad"])
    session.until(lambda: len(session.ended("failed")) == 5 and session.idle())
    session.select("truncated")
    session.take("first-13-failed")
    window.gallery.browse.ask(Query("failed"))
    session.until(lambda: window.model.rowCount() == 5)
    session.take("first-14-only-failed")
    window.gallery.browse.show_all()
    make_photos(folder / "more", 30)
    window.add([folder / "more"])
    session.until(lambda: len(session.ended("done")) >= 16)
    assert window.feed.job_id is not None
    session.parts.queue.cancel(window.feed.job_id)
    session.until(session.idle)
    session.select("china")
    window.grid.verticalScrollBar().setValue(10_000)
    session.take("first-15-cancelled")
    window.adding.paste()
    window.grid.verticalScrollBar().setValue(0)
    window.top_bar.slider.setValue(80)
    session.take("first-16-message")
    window.messages.clear()
