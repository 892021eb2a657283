"""The jump list of Windows: what a right click on the program's button in the taskbar offers."""

from __future__ import annotations

import ctypes
import os
import subprocess
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack, suppress
from ctypes import c_int, c_uint32, c_void_p, c_wchar_p
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from .app_id import APP_ID
from .com import ComObject, Guid, create, guid

Create: TypeAlias = Callable[[Guid, Guid], ComObject]

LIST = guid("77F10CF0-3DB5-4966-B520-B7C54FD35ED6")  # CLSID_DestinationList
COLLECTION = guid("2D3468C1-36A7-43B6-AC24-D3F02FD9607A")  # CLSID_EnumerableObjectCollection
LINK = guid("00021401-0000-0000-C000-000000000046")  # CLSID_ShellLink
I_LIST = guid("6332DEBF-87B5-4670-90C0-5E57B408A49E")
I_COLLECTION = guid("5632B1A4-E38A-400A-928A-D4CD63230295")
I_ARRAY = guid("92CA9DCD-5622-4BBA-A805-5E9F541BD8C9")
I_LINK = guid("000214F9-0000-0000-C000-000000000046")
I_PROPERTIES = guid("886D8EEB-8CF2-4446-8D02-CDBA1DBDCF99")

# Places in the tables, by the order in shobjidl_core.h, objectarray.h and propsys.h.
LIST_SET_APP_ID, LIST_BEGIN, LIST_APPEND_CATEGORY, LIST_ADD_TASKS, LIST_COMMIT = 3, 4, 5, 7, 8
ARRAY_COUNT, ARRAY_GET, COLLECTION_ADD = 3, 4, 5
LINK_SET_DESCRIPTION, LINK_GET_ARGUMENTS, LINK_SET_ARGUMENTS = 7, 10, 11
LINK_SET_ICON, LINK_SET_PATH = 17, 20
PROPERTIES_SET, PROPERTIES_COMMIT = 6, 7

_LONGEST = 1024
"""Letters of a link's arguments that Windows keeps in a jump list (INFOTIPSIZE)."""
_FOLDER_ICON = 3
"""A closed folder, of the icons in shell32.dll."""


class _PropertyKey(ctypes.Structure):
    _fields_ = [("kind", ctypes.c_ubyte * 16), ("number", c_uint32)]


class _Text(ctypes.Structure):
    """A PROPVARIANT that holds a text."""

    _fields_ = [
        ("type", ctypes.c_uint16),
        ("reserved", ctypes.c_uint16 * 3),
        ("text", c_wchar_p),
        ("rest", c_void_p),
    ]


_TITLE = _PropertyKey(guid("F29F85E0-4FF9-1068-AB91-08002B27B3D9"), 2)
_VT_LPWSTR = 31


@dataclass(frozen=True, slots=True)
class JumpList:
    """What is offered: `program` with `add_arguments` or with one of the `folders`."""

    program: Path
    add_title: str
    add_arguments: str
    folders_title: str
    folders: Sequence[Path]


def write_jump_list(wanted: JumpList, make: Create = create) -> list[Path]:
    """Let Windows show it from now on; those of the folders that the person has removed there.

    These are left out: Windows refuses them once. Raises OSError where there is no such thing.
    """
    by_arguments = {arguments_for(folder): folder for folder in wanted.folders}
    with ExitStack() as stack:

        def new(class_id: Guid, interface: Guid) -> ComObject:
            return stack.enter_context(make(class_id, interface))

        jump_list = new(LIST, I_LIST)
        jump_list.call(LIST_SET_APP_ID, c_wchar_p(APP_ID))
        slots = ctypes.pointer(c_uint32())
        removed = stack.enter_context(jump_list.get(LIST_BEGIN, slots, interface=I_ARRAY))
        gone = set(_arguments_in(removed))
        links = [
            _link(new, wanted.program, folder.name or str(folder), arguments, folder)
            for arguments, folder in by_arguments.items()
            if arguments not in gone
        ]
        if links:
            # Refused where the person does not want Windows to show what was opened lately.
            with suppress(OSError):
                title = c_wchar_p(wanted.folders_title)
                jump_list.call(LIST_APPEND_CATEGORY, title, _collect(new, links).address)
        add = _link(new, wanted.program, wanted.add_title, wanted.add_arguments)
        jump_list.call(LIST_ADD_TASKS, _collect(new, [add]).address)
        jump_list.call(LIST_COMMIT)
    return [folder for arguments, folder in by_arguments.items() if arguments in gone]


def arguments_for(folder: Path) -> str:
    """How a program is told a folder, by the rules of Windows' command lines."""
    return subprocess.list2cmdline([str(folder)])


def _arguments_in(removed: ComObject) -> Iterator[str]:
    count = c_uint32()
    removed.call(ARRAY_COUNT, ctypes.pointer(count))
    for place in range(count.value):
        with removed.get(ARRAY_GET, c_uint32(place), interface=I_LINK) as link:
            text = ctypes.create_unicode_buffer(_LONGEST)
            link.call(LINK_GET_ARGUMENTS, ctypes.cast(text, c_void_p), c_int(_LONGEST))
            yield text.value


def _collect(new: Create, links: Iterable[ComObject]) -> ComObject:
    collection = new(COLLECTION, I_COLLECTION)
    for link in links:
        collection.call(COLLECTION_ADD, link.address)
    return collection


def _link(
    new: Create, program: Path, title: str, arguments: str, folder: Path | None = None
) -> ComObject:
    link = new(LINK, I_LINK)
    link.call(LINK_SET_PATH, c_wchar_p(str(program)))
    link.call(LINK_SET_ARGUMENTS, c_wchar_p(arguments))
    if folder is None:
        link.call(LINK_SET_ICON, c_wchar_p(str(program)), c_int(0))
    else:
        icons = Path(os.environ.get("SYSTEMROOT", "C:/Windows"), "System32", "shell32.dll")
        link.call(LINK_SET_ICON, c_wchar_p(str(icons)), c_int(_FOLDER_ICON))
        link.call(LINK_SET_DESCRIPTION, c_wchar_p(str(folder)[:255]))
    with link.query(I_PROPERTIES) as properties:
        text = _Text(_VT_LPWSTR, text=title)
        properties.call(PROPERTIES_SET, ctypes.pointer(_TITLE), ctypes.pointer(text))
        properties.call(PROPERTIES_COMMIT)
    return link
