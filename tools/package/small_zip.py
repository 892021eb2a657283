"""A .zip as small as the format allows: packed by libdeflate, which takes its time.

Python's zipfile packs by zlib alone, and takes nothing that is packed already.
"""

from __future__ import annotations

import os
import struct
import time
import zlib
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from imagecodecs import deflate_encode

BEST = 12
_STORED, _DEFLATED, _NEEDS = 0, 8, 20
_IS_UTF8 = 1 << 11
_A_FILE = 0o100644 << 16
_MADE_ON_UNIX = 3 << 8 | _NEEDS


def write_zip(target: Path, folder: Path, *, called: str, date: time.struct_time) -> None:
    """Pack all files of a folder, which is `called` so in there; the same for the same files.

    All have one date, in UTC. Raises ValueError above 65,535 files, and struct.error above 4 GiB.
    """
    day = (date.tm_year - 1980) << 9 | date.tm_mon << 5 | date.tm_mday
    second = date.tm_hour << 11 | date.tm_min << 5 | date.tm_sec // 2
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    if len(files) > 0xFFFF:
        raise ValueError(f"{len(files)} files are too many for a .zip")
    index = b""
    with target.open("wb") as archive, ThreadPoolExecutor(os.cpu_count()) as pool:
        for path, (kind, size, checksum, packed) in zip(
            files, pool.map(_packed, files), strict=True
        ):
            name = f"{called}/{path.relative_to(folder).as_posix()}".encode()
            about = struct.pack(
                "<5H3I2H",
                *(_NEEDS, _IS_UTF8, kind, second, day),
                *(checksum, len(packed), size, len(name), 0),
            )
            index += b"PK\1\2" + struct.pack("<H", _MADE_ON_UNIX) + about
            index += struct.pack("<3H2I", 0, 0, 0, _A_FILE, archive.tell()) + name
            archive.write(b"PK\3\4" + about + name + packed)
        begin = archive.tell()
        count = len(files)
        end = struct.pack("<4H2IH", 0, 0, count, count, len(index), begin, 0)
        archive.write(index + b"PK\5\6" + end)


def _packed(path: Path) -> tuple[int, int, int, bytes]:
    """How a file is kept, its size and checksum, and what stands for it."""
    content = path.read_bytes()
    packed = bytes(deflate_encode(content, BEST, raw=True)) if content else b""
    kind = _DEFLATED if len(packed) < len(content) else _STORED
    return kind, len(content), zlib.crc32(content), packed if kind == _DEFLATED else content
