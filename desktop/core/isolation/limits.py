"""What a child process takes upon itself: no more time and memory than it may have."""

from __future__ import annotations

import contextlib
import ctypes
import math
import os
import sys
import threading
import time
from pathlib import Path

LOOK_EVERY_S = 0.1


def limit_time(limit_s: float) -> None:
    """End this process after so much more processor time, rounded up to a second.

    On Windows only the clock counts, for which the parent looks.
    """
    if sys.platform != "win32":
        import resource  # noqa: PLC0415 - Windows has none

        end_s = math.ceil(time.process_time() + limit_s)
        resource.setrlimit(resource.RLIMIT_CPU, (end_s, resource.RLIM_INFINITY))


def limit_memory(most_bytes: int) -> None:
    """End this process, or have it refused, when it asks for more than `most_bytes`."""
    if sys.platform == "win32":
        _limit_in_a_job(most_bytes)
    elif sys.platform == "darwin":  # which takes resource limits for memory and does not heed them
        threading.Thread(target=_end_above, args=(most_bytes,), daemon=True).start()
    else:
        import resource  # noqa: PLC0415

        # All that is written to; the libraries themselves do not count
        resource.setrlimit(resource.RLIMIT_DATA, (most_bytes, most_bytes))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        with contextlib.suppress(OSError):  # if memory runs out, this process goes, not another
            Path("/proc/self/oom_score_adj").write_text("1000")


def _end_above(most_bytes: int) -> None:
    import resource  # noqa: PLC0415

    pause = threading.Event()
    while resource.getrusage(resource.RUSAGE_SELF).ru_maxrss <= most_bytes:
        pause.wait(LOOK_EVERY_S)
    os._exit(1)


def _limit_in_a_job(most_bytes: int) -> None:
    """A job object that holds this process alone (JOBOBJECT_EXTENDED_LIMIT_INFORMATION)."""

    class Basic(ctypes.Structure):
        _fields_ = (
            ("per_process_user_time", ctypes.c_int64),
            ("per_job_user_time", ctypes.c_int64),
            ("flags", ctypes.c_uint32),
            ("minimum_working_set", ctypes.c_size_t),
            ("maximum_working_set", ctypes.c_size_t),
            ("active_processes", ctypes.c_uint32),
            ("affinity", ctypes.c_size_t),
            ("priority_class", ctypes.c_uint32),
            ("scheduling_class", ctypes.c_uint32),
        )

    class Extended(ctypes.Structure):
        _fields_ = (
            ("basic", Basic),
            ("io_counters", ctypes.c_uint64 * 6),
            ("process_memory", ctypes.c_size_t),
            ("job_memory", ctypes.c_size_t),
            ("peak_process_memory", ctypes.c_size_t),
            ("peak_job_memory", ctypes.c_size_t),
        )

    process_memory, extended_limit_information = 0x100, 9
    kernel = ctypes.windll.kernel32  # type: ignore[attr-defined]
    kernel.CreateJobObjectW.restype = kernel.GetCurrentProcess.restype = ctypes.c_void_p
    job = ctypes.c_void_p(kernel.CreateJobObjectW(None, None))  # never closed
    limits = Extended()
    limits.basic.flags, limits.process_memory = process_memory, most_bytes
    kernel.SetInformationJobObject(
        job, extended_limit_information, ctypes.byref(limits), ctypes.sizeof(limits)
    )
    kernel.AssignProcessToJobObject(job, ctypes.c_void_p(kernel.GetCurrentProcess()))
