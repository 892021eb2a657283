"""Sessions: how ONNX networks are run on this computer."""

from __future__ import annotations

import functools
from pathlib import Path

import onnxruntime


def open_session(model: Path, *, threads: int = 1) -> onnxruntime.InferenceSession:
    """A network, loaded; thread-safe. Raises what onnxruntime raises for a damaged file.

    `threads` work on one input. Many inputs at a time with one thread each are the faster way.
    """
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    # Waiting threads would burn CPU time that the window needs (and cost 30 % of the speed).
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    _share_memory()
    options.add_session_config_entry("session.use_env_allocators", "1")
    return onnxruntime.InferenceSession(str(model), options, providers=["CPUExecutionProvider"])


@functools.cache  # the process has one, for good
def _share_memory() -> None:
    """Let all networks take memory from one place, no more than they ask for.

    With one each, which grow by doubling, 80 photos on two cores took 12 MB more.
    """
    memory = onnxruntime.OrtMemoryInfo(
        "Cpu", onnxruntime.OrtAllocatorType.ORT_ARENA_ALLOCATOR, 0, onnxruntime.OrtMemType.DEFAULT
    )
    no_limit, as_asked = 0, 1
    arena = onnxruntime.OrtArenaCfg(no_limit, as_asked, -1, -1)
    onnxruntime.create_and_register_allocator(memory, arena)
