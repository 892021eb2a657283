"""Attributes: what a file has besides its content, carried over to the one that replaces it."""

from __future__ import annotations

import ctypes
import os
import stat
import sys
from pathlib import Path

from . import reasons

_COPYFILE_ACL_AND_XATTR = 1 << 0 | 1 << 2
_DACL = 4
_KEPT_ATTRIBUTES = 0x2 | 0x20 | 0x2000  # hidden, archive, not content indexed
_FILE_WRITE_ATTRIBUTES, _SHARE_ALL, _OPEN_EXISTING = 0x100, 7, 3
_TICKS_1970 = 116_444_736_000_000_000


def keep_attributes(source: Path, target: Path, info: os.stat_result) -> None:
    """Give `target`, a new file of ours, what `source` (with this stat) has.

    Owner, permissions, extended attributes and access lists, modification time, and the creation
    time where the system has one that can be set. Raises OSError or AppError when one cannot be
    kept: then the file is better left alone.
    """
    if sys.platform == "win32":
        _keep_windows(source, target, info)
    else:
        ours = target.stat()
        if (ours.st_uid, ours.st_gid) != (info.st_uid, info.st_gid):
            try:
                os.chown(target, info.st_uid, info.st_gid)
            except PermissionError as error:
                raise reasons.has_other_owner() from error
        target.chmod(stat.S_IMODE(info.st_mode))
        if sys.platform == "linux":
            _keep_linux(source, target)
        elif sys.platform == "darwin":
            _keep_macos(source, target, info)
    os.utime(target, ns=(info.st_atime_ns, info.st_mtime_ns))


def _keep_linux(source: Path, target: Path) -> None:
    """Access lists are among the extended attributes. The system's own are its own to set."""
    for name in os.listxattr(source):
        try:
            os.setxattr(target, name, os.getxattr(source, name))
        except PermissionError:
            if not name.startswith(("security.", "trusted.")):
                raise


def _keep_macos(source: Path, target: Path, info: os.stat_result) -> None:
    copyfile = ctypes.CDLL(None, use_errno=True).copyfile
    if copyfile(os.fsencode(source), os.fsencode(target), None, _COPYFILE_ACL_AND_XATTR) != 0:
        code = ctypes.get_errno()
        raise OSError(code, os.strerror(code))
    # A modification time before its creation makes the file as old as that.
    born_ns = int(getattr(info, "st_birthtime", info.st_mtime) * 1e9)
    os.utime(target, ns=(info.st_atime_ns, born_ns))


if sys.platform == "win32":

    def _keep_windows(source: Path, target: Path, info: os.stat_result) -> None:
        """Creation time, attributes and access list: a file that replaces one has its folder's."""
        security = ctypes.WinDLL("advapi32", use_last_error=True)
        kernel = ctypes.WinDLL("kernel32", use_last_error=True)
        needed = ctypes.c_ulong()
        security.GetFileSecurityW(os.fspath(source), _DACL, None, 0, ctypes.byref(needed))
        held = ctypes.create_string_buffer(needed.value)
        if needed.value and not (
            security.GetFileSecurityW(os.fspath(source), _DACL, held, needed, ctypes.byref(needed))
            and security.SetFileSecurityW(os.fspath(target), _DACL, held)
        ):
            raise ctypes.WinError(ctypes.get_last_error())
        attributes = info.st_file_attributes & _KEPT_ATTRIBUTES
        kernel.SetFileAttributesW(os.fspath(target), attributes or 0x80)
        kernel.CreateFileW.restype = ctypes.c_void_p
        handle = ctypes.c_void_p(
            kernel.CreateFileW(
                os.fspath(target), _FILE_WRITE_ATTRIBUTES, _SHARE_ALL, None, _OPEN_EXISTING, 0, None
            )
        )
        if handle.value == ctypes.c_void_p(-1).value:
            raise ctypes.WinError(ctypes.get_last_error())
        born_ns = getattr(info, "st_birthtime_ns", info.st_ctime_ns)  # st_ctime before Python 3.12
        born = ctypes.c_ulonglong(born_ns // 100 + _TICKS_1970)
        is_set = kernel.SetFileTime(handle, ctypes.byref(born), None, None)
        code = ctypes.get_last_error()
        kernel.CloseHandle(handle)
        if not is_set:
            raise ctypes.WinError(code)
