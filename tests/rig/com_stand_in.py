"""Objects of COM for tests: real tables of functions, which note what they are asked for."""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Mapping
from ctypes import c_long, c_void_p
from typing import Any

from desktop.ui.system.com import ComObject

_PLACES = 24
_NOT_IMPLEMENTED = -0x7FFFBFFF  # E_NOTIMPL
Method = tuple[tuple[Any, ...], Callable[..., object]]
"""The types of its arguments after the first, and what it does: its code for Windows, or None."""


class ComStandIn:
    """An object with these methods, by their places; all others are not implemented.

    Asked for another interface it gives the `other` one.
    """

    def __init__(self, methods: Mapping[int, Method], other: ComStandIn | None = None) -> None:
        self.released = 0
        self._other = other
        also = {0: ((c_void_p, ctypes.POINTER(c_void_p)), self._query), 2: ((), self._release)}
        self._functions = [
            self._function(*{**also, **methods}.get(place, ((), lambda: _NOT_IMPLEMENTED)))
            for place in range(_PLACES)
        ]
        addresses = [ctypes.cast(each, c_void_p).value for each in self._functions]
        self._table = (c_void_p * _PLACES)(*addresses)
        self._object = c_void_p(ctypes.addressof(self._table))
        self.address = c_void_p(ctypes.addressof(self._object))

    @property
    def handed_out(self) -> ComObject:
        """As the program gets it."""
        return ComObject(self.address)

    @staticmethod
    def _function(types: tuple[Any, ...], do: Callable[..., object]) -> Any:
        kind = getattr(ctypes, "WINFUNCTYPE", ctypes.CFUNCTYPE)(c_long, c_void_p, *types)
        return kind(lambda _, *arguments: do(*arguments) or 0)

    def _query(self, _: object, found: Any) -> int:
        if self._other is None:
            return _NOT_IMPLEMENTED
        found[0] = self._other.address.value
        return 0

    def _release(self) -> int:
        self.released += 1
        return 0
