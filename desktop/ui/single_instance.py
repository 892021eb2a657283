"""One window per data folder: a second start hands its photos over to the first and ends."""

from __future__ import annotations

import ctypes
import hashlib
import logging
import os
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from filelock import FileLock, Timeout
from PySide6.QtCore import QObject, Signal
from PySide6.QtNetwork import QLocalServer, QLocalSocket

from desktop.core.errors import StorageError

log = logging.getLogger(__name__)

PATIENCE_S = 10.0
"""How long a second start waits for a first that is just starting, busy or just ending."""
CONNECT_MS = 1000
PAUSE_S = 0.1
LENGTH_BYTES = 8
MOST_BYTES = 64_000_000
TAKEN = b"taken"
_ASKS = b"asks"
MUTEX = "app.tagdrop.Tagdrop"
"""On Windows, what is there as long as a window is open; the installer looks for it."""


class Instance(QObject):
    """That this process has the one window of a data folder; it listens for later starts.

    A lock file says who has it, and the system frees that even after a crash. So a socket that was
    left behind is known to be dead, and is replaced.
    """

    received = Signal(list)
    """Another start wants the window in front, with these photos (Path), perhaps none."""
    asked = Signal()
    """It wants the person to be asked for photos, too."""

    def __init__(self, data_dir: Path, lock: FileLock | None) -> None:
        super().__init__()
        self._lock = lock
        if sys.platform == "win32":  # the system frees it when the process ends
            ctypes.windll.kernel32.CreateMutexW(None, False, MUTEX)
        self._read: dict[QLocalSocket, bytearray] = {}
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._on_connection)
        if lock is None:
            return
        name = server_name(data_dir)
        QLocalServer.removeServer(name)
        if not self._server.listen(name):
            log.error("later starts cannot be heard: %s", self._server.errorString())

    def close(self) -> None:
        """Let the next start have the window."""
        for socket in self._read:
            socket.deleteLater()
        self._read.clear()
        self._server.close()
        if self._lock is not None:
            self._lock.release()

    def _on_connection(self) -> None:
        while self._server.hasPendingConnections():
            socket = self._server.nextPendingConnection()
            self._read[socket] = bytearray()
            socket.readyRead.connect(self._look)
            socket.disconnected.connect(self._look)
        self._look()

    def _look(self) -> None:
        """Read what has come; whoever has said all is answered."""
        for socket in list(self._read):
            message = self._read[socket]
            message.extend(socket.readAll().data())
            length = int.from_bytes(message[:LENGTH_BYTES], "big")
            is_whole = len(message) >= LENGTH_BYTES + length
            if is_whole:
                socket.write(TAKEN)
                socket.flush()
            is_gone = socket.state() == QLocalSocket.LocalSocketState.UnconnectedState
            if is_whole or is_gone or length > MOST_BYTES:
                del self._read[socket]
                socket.disconnectFromServer()
                socket.deleteLater()
            if is_whole:
                paths, asks = _from_message(bytes(message[LENGTH_BYTES:]))
                self.received.emit(paths)
                if asks:
                    self.asked.emit()


def claim(
    data_dir: Path, paths: Sequence[Path], *, asks: bool = False, patience_s: float = PATIENCE_S
) -> Instance | None:
    """Become the one window of `data_dir`; None when another has it and took `paths`.

    With `asks` that one then asks for photos.

    Raises StorageError when another has it and does not answer, or may not be asked.
    """
    try:
        folder = data_dir / "locks"
        folder.mkdir(parents=True, exist_ok=True)
        lock = FileLock(folder / "window.lock", timeout=0, thread_local=False)
        deadline = time.monotonic() + patience_s
        while True:
            try:
                lock.acquire()
                return Instance(data_dir, lock)
            except Timeout:
                if _hand_over(server_name(data_dir), _to_message(paths, asks), patience_s):
                    return None
            if time.monotonic() > deadline:
                raise StorageError(
                    "Tagdrop is already open but not responding",
                    "Wait a moment and start it again. If that does not help, quit the one that"
                    " is open.",
                )
            time.sleep(PAUSE_S)
    except (OSError, NotImplementedError) as error:  # a disk that cannot be written or has no locks
        log.info("one window only cannot be seen to: %s", error)
        return Instance(data_dir, None)


def server_name(data_dir: Path) -> str:
    """Where the window of this data folder listens; the same for every way to write the folder."""
    digest = hashlib.sha256(os.fsencode(data_dir.resolve())).hexdigest()[:16]
    name = f"tagdrop-{digest}"
    if os.name == "nt":
        return name
    private = Path(os.environ.get("XDG_RUNTIME_DIR") or tempfile.gettempdir())
    return str((private if private.is_dir() else Path(tempfile.gettempdir())) / name)


def _hand_over(name: str, message: bytes, patience_s: float) -> bool:
    socket = QLocalSocket()
    socket.connectToServer(name)
    if not socket.waitForConnected(CONNECT_MS):
        if socket.error() == QLocalSocket.LocalSocketError.SocketAccessError:
            raise StorageError(
                "Tagdrop is already open with other rights",
                "Close the window that is open: an administrator or somebody else started it. Then"
                " start Tagdrop again.",
            )
        return False
    if sys.platform == "win32":  # only who was just started may let another window come forward
        ctypes.windll.user32.AllowSetForegroundWindow(-1)
    socket.write(len(message).to_bytes(LENGTH_BYTES, "big") + message)
    patience_ms = round(patience_s * 1000)
    while socket.bytesToWrite():
        if not socket.waitForBytesWritten(patience_ms):
            return False
    answer = b""
    while not answer.startswith(TAKEN):
        if not socket.bytesAvailable() and not socket.waitForReadyRead(patience_ms):
            return False
        answer += socket.readAll().data()
    return True


def _to_message(paths: Sequence[Path], asks: bool) -> bytes:
    """Absolute paths in the bytes of the file system: the other window stands elsewhere."""
    parts = [os.fsencode(Path(path).absolute()) for path in paths]
    return b"\0".join([_ASKS if asks else b"", *parts])


def _from_message(message: bytes) -> tuple[list[Path], bool]:
    first, *parts = message.split(b"\0")
    return [Path(os.fsdecode(part)) for part in parts], first == _ASKS
