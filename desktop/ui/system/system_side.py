"""SystemSide: connects the window with what the system's shell shows of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from desktop.core.settings import default_data_dir

from ..jobs.end_notice import EndNotice
from .notification import Notification
from .recent_folders import RecentFolders
from .taskbar import TaskbarProgress

if TYPE_CHECKING:
    from ..parts import Parts
    from ..window import Window


class SystemSide(QObject):
    """Made once by the shell, when the window stands."""

    def __init__(self, window: Window, parts: Parts) -> None:
        super().__init__(window)
        feed, progress = window.feed, window.progress
        taskbar = TaskbarProgress(window)
        feed.job_started.connect(taskbar.start)
        feed.counted.connect(taskbar.show_tally)
        feed.job_ended.connect(taskbar.end)
        progress.paused.connect(taskbar.pause)
        progress.resumed.connect(taskbar.resume)
        window.state.closing.connect(taskbar.close)
        notice = EndNotice(window, progress.receipt, tell=Notification(window).tell)
        feed.job_started.connect(notice.on_started)
        feed.job_ended.connect(notice.on_ended)
        if parts.data_dir == default_data_dir():  # the system's shell starts that one
            self._offer_folders(window, parts)

    def _offer_folders(self, window: Window, parts: Parts) -> None:
        recent = RecentFolders(
            window,
            parts.library.store,
            parts.work,
            samples=parts.samples,
            add=window.add,
            add_photos=window.top_bar.add_photos.trigger,
        )
        window.state.keep("folders left out", recent.left_out, recent.leave_out)
        window.feed.loaded.connect(recent.look)
        window.feed.job_ended.connect(recent.look)
