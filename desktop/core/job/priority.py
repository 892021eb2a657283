"""Priority: threads that work on many images give way to the one that a person works with."""

from __future__ import annotations

import ctypes
import os
import sys
import threading
from contextlib import suppress

NICE = 10
"""So much nicer than the main thread, which may itself have been started with `nice`. Measured as
1,000 images are dropped, on 2 CPUs that other programs use too: the window's longest stop is 90 ms
instead of 214 (medians of 14 runs each)."""

BELOW_NORMAL = -1
"""Windows: THREAD_PRIORITY_BELOW_NORMAL. Its background mode would slow reading photos as well."""
QOS_UTILITY = 0x11
"""macOS: QOS_CLASS_UTILITY, for work whose progress a person sees."""


def give_way() -> None:
    """From here on, this thread and the ones it starts use the CPUs that others leave them.

    Windows and macOS give it to this thread only, so each worker asks for itself.
    """
    if sys.platform == "linux":
        with suppress(OSError):  # lower already, or not allowed
            nice = os.getpriority(os.PRIO_PROCESS, os.getpid()) + NICE  # the system stops at 19
            os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), nice)
    elif sys.platform == "win32":
        kernel = ctypes.windll.kernel32
        kernel.GetCurrentThread.restype = ctypes.c_void_p
        kernel.SetThreadPriority(ctypes.c_void_p(kernel.GetCurrentThread()), BELOW_NORMAL)
    elif sys.platform == "darwin":
        with suppress(OSError, AttributeError):
            ctypes.CDLL(None).pthread_set_qos_class_self_np(QOS_UTILITY, 0)
