"""Whether the system wants things to move."""

from __future__ import annotations

import sys

import pytest
from PySide6.QtDBus import (
    QDBusConnection,
    QDBusMessage,
    QDBusServer,
    QDBusVariant,
    QDBusVirtualObject,
)
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from desktop.ui.look.motion import Motion


class Portal(QDBusVirtualObject):
    """Answers as GNOME's does, where `Read` wraps the value twice."""

    wants_motion = True

    def introspect(self, path: str) -> str:
        return ""

    def handleMessage(  # noqa: N802 - Qt's
        self, message: QDBusMessage, connection: QDBusConnection
    ) -> bool:
        assert message.member() == "Read"
        assert message.arguments() == ["org.gnome.desktop.interface", "enable-animations"]
        inner, outer = QDBusVariant(), QDBusVariant()
        inner.setVariant(self.wants_motion)
        outer.setVariant(inner)
        return connection.send(message.createReply(outer))


@pytest.mark.skipif(sys.platform != "linux", reason="the portal is Linux's")
def test_gnome_is_asked_whether_things_may_move(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    portal, server = Portal(), QDBusServer()
    server.setAnonymousAuthenticationAllowed(True)
    server.newConnection.connect(
        lambda peer: peer.registerVirtualObject("/org/freedesktop/portal/desktop", portal)
    )
    bus = QDBusConnection.connectToPeer(server.address(), "motion")
    monkeypatch.setattr(QDBusConnection, "sessionBus", lambda: bus)
    parent = QWidget()
    qtbot.addWidget(parent)
    motion = Motion(parent)
    assert motion.moves()
    portal.wants_motion = False
    qtbot.waitUntil(lambda: not motion.moves())
    portal.wants_motion = True
    qtbot.waitUntil(motion.moves)
    QDBusConnection.disconnectFromPeer("motion")
