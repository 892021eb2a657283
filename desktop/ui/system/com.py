"""COM objects of Windows, called through their tables of functions: its shell is made of them."""

from __future__ import annotations

import ctypes
import sys
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from ctypes import c_long, c_uint32, c_void_p
from typing import Any, TypeAlias

Guid: TypeAlias = "ctypes.Array[ctypes.c_ubyte]"
_Bytes16 = ctypes.c_ubyte * 16
_QUERY_INTERFACE, _RELEASE = 0, 2
_IN_PROCESS, _APARTMENT = 1, 2  # CLSCTX_INPROC_SERVER, COINIT_APARTMENTTHREADED
_FUNCTION = getattr(ctypes, "WINFUNCTYPE", ctypes.CFUNCTYPE)  # 64 bits know only one way to call


def guid(text: str) -> Guid:
    """The 16 bytes that stand for a class or an interface."""
    return _Bytes16.from_buffer_copy(uuid.UUID(text).bytes_le)


class ComObject:
    """One interface of an object, which is let go at the end of the `with`."""

    def __init__(self, address: c_void_p) -> None:
        self.address = address

    def __enter__(self) -> ComObject:
        return self

    def __exit__(self, *_: object) -> None:
        self._function(_RELEASE)(self.address)

    def call(self, place: int, *arguments: Any) -> None:
        """Call the method at this place of the table, with values of ctypes. Raises OSError."""
        code = self._function(place, *map(type, arguments))(self.address, *arguments)
        _check(code)

    def get(self, place: int, *arguments: Any, interface: Guid) -> ComObject:
        """What a method hands out whose last arguments are an interface and where to put it."""
        found = c_void_p()
        self.call(place, *arguments, ctypes.pointer(interface), ctypes.pointer(found))
        return ComObject(found)

    def query(self, interface: Guid) -> ComObject:
        """Another interface of the same object."""
        return self.get(_QUERY_INTERFACE, interface=interface)

    def _function(self, place: int, *types: Any) -> Any:
        table = ctypes.cast(self.address, ctypes.POINTER(ctypes.POINTER(c_void_p))).contents
        return _FUNCTION(c_long, c_void_p, *types)(table[place])


def _check(code: int) -> None:
    if code < 0:
        raise OSError(f"0x{code & 0xFFFFFFFF:08X} from COM")


def create(class_id: Guid, interface: Guid) -> ComObject:
    """A new object of Windows'. Raises OSError, also on a system without COM."""
    if sys.platform == "win32":
        make = ctypes.WinDLL("ole32").CoCreateInstance
        make.argtypes = [c_void_p, c_void_p, c_uint32, c_void_p, c_void_p]
        make.restype = c_long
        made = c_void_p()
        _check(make(class_id, None, _IN_PROCESS, interface, ctypes.byref(made)))
        return ComObject(made)
    else:  # noqa: RET505 - mypy reads one of both
        raise OSError("no COM here")


@contextmanager
def in_this_thread() -> Iterator[None]:
    """Let a thread use COM; Qt has seen to it for the GUI thread. Raises OSError."""
    if sys.platform == "win32":
        ole = ctypes.WinDLL("ole32")
        ole.CoInitializeEx.argtypes, ole.CoInitializeEx.restype = [c_void_p, c_uint32], c_long
        ole.CoUninitialize.argtypes, ole.CoUninitialize.restype = [], None
        _check(ole.CoInitializeEx(None, _APARTMENT))
        try:
            yield
        finally:
            ole.CoUninitialize()
    else:
        yield
