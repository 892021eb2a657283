"""A library for Windows whose functions return 0: it stands for one that is never asked anything.

Whoever was linked with a library does not start without it, although he may get by with the answer
that there is nothing. The file is a PE32+ as Microsoft's "PE Format" has it: headers, a page of
code, and a page with the names of the functions.
"""

from __future__ import annotations

import struct
from collections.abc import Iterable
from pathlib import Path

PAGE, SECTOR = 0x1000, 0x200
CODE, NAMES = PAGE, 2 * PAGE
"""Where the two pages lie, from the library's beginning in memory."""
RETURN_ONE = b"\xb8\x01\0\0\0\xc3"  # mov eax, 1; ret: of the library itself, which is then loaded
RETURN_ZERO = b"\x31\xc0\xc3"  # xor eax, eax; ret: of its functions
FUNCTION = CODE + 0x10
_X64, _PE32_PLUS, _WINDOW = 0x8664, 0x20B, 2
_IS_LIBRARY = 0x2000 | 0x20 | 0x2  # a DLL, anywhere in 64 bits, complete
_MAY_LIE_ANYWHERE = 0x20 | 0x40 | 0x100  # and its data are never run
_EXECUTABLE_PAGE, _READABLE_PAGE = 0x60000020, 0x40000040


def functions_of(user: Path, library: str) -> list[str]:
    """The names of what a program or library takes from `library`."""
    from pefile import PE  # noqa: PLC0415 - PyInstaller brings it along on Windows alone

    with PE(str(user)) as image:
        taken = {each.dll.decode(): each.imports for each in image.DIRECTORY_ENTRY_IMPORT}
    return [one.name.decode() for one in taken[library]]


def write_empty_library(path: Path, functions: Iterable[str]) -> None:
    """Make the library; its name, by which it is asked for, is the file's."""
    names = _names(path.name, sorted(functions))
    if len(names) > SECTOR:
        raise ValueError(f"{path.name} has too many functions")
    code = RETURN_ONE.ljust(FUNCTION - CODE, b"\xcc") + RETURN_ZERO
    headers = b"MZ".ljust(0x3C, b"\0") + struct.pack("<I", 0x40) + b"PE\0\0"
    headers += struct.pack("<2H3I2H", _X64, 2, 0, 0, 0, 0xF0, _IS_LIBRARY)
    headers += struct.pack("<H2B5I", _PE32_PLUS, 14, 0, SECTOR, SECTOR, 0, CODE, CODE)
    headers += struct.pack(
        "<Q2I6H4I", 0x180000000, PAGE, SECTOR, 6, 0, 0, 0, 6, 0, 0, 3 * PAGE, SECTOR, 0
    )
    headers += struct.pack(
        "<2H4Q2I", _WINDOW, _MAY_LIE_ANYWHERE, 1 << 20, PAGE, 1 << 20, PAGE, 0, 16
    )
    headers += struct.pack("<2I", NAMES, len(names)) + bytes(15 * 8)
    for name, size, place, offset, kind in (
        (b".text", len(code), CODE, SECTOR, _EXECUTABLE_PAGE),
        (b".rdata", len(names), NAMES, 2 * SECTOR, _READABLE_PAGE),
    ):
        headers += struct.pack("<8s6I2HI", name, size, place, SECTOR, offset, 0, 0, 0, 0, kind)
    path.write_bytes(b"".join(part.ljust(SECTOR, b"\0") for part in (headers, code, names)))


def _names(library: str, functions: list[str]) -> bytes:
    """The page with the names: the export directory and its three tables, then the texts."""
    count = len(functions)
    addresses = NAMES + 40
    pointers = addresses + 4 * count
    numbers = pointers + 4 * count
    texts = numbers + 2 * count
    at, places, text = texts, [], b""
    for name in (library, *functions):
        places.append(at)
        text += name.encode("ascii") + b"\0"
        at = texts + len(text)
    directory = struct.pack(
        "<2I2H7I", 0, 0, 0, 0, places[0], 1, count, count, addresses, pointers, numbers
    )
    tables = struct.pack(f"<{2 * count}I{count}H", *[FUNCTION] * count, *places[1:], *range(count))
    return directory + tables + text
