"""A disk that fails from one moment on, for the process that asks for it and until it ends.

A filter of system calls (seccomp) answers in the kernel's place, so that neither root, another program nor a disk of
its own is needed, and nothing between the panel and the kernel is replaced.
"""

from __future__ import annotations

import ctypes
import errno
import os
import platform
import struct
import sys
from typing import Final

_PR_SET_NO_NEW_PRIVS: Final = 38
_PR_SET_SECCOMP: Final = 22
_SECCOMP_MODE_FILTER: Final = 2
_RET_ALLOW: Final = 0x7FFF0000
_RET_ERRNO: Final = 0x00050000
_LOAD_SYSCALL_NUMBER: Final = 0x20
_JUMP_IF_EQUAL: Final = 0x15
_RETURN: Final = 0x06

# fsync and fdatasync; pwrite64, write and ftruncate's kin that make a file longer.
_SYNCING: Final = {"x86_64": (74, 75), "aarch64": (82, 83)}
_WRITING: Final = {"x86_64": (18,), "aarch64": (68,)}

can_fail: Final = sys.platform == "linux" and platform.machine() in _SYNCING


def stop_syncing() -> None:
    """From now on this thread's fsync and fdatasync fail with EIO."""
    _answer(_SYNCING[platform.machine()], errno.EIO)


def stop_writing() -> None:
    """From now on this thread's writes at a place of a file fail with ENOSPC; pipes and sockets go on."""
    _answer(_WRITING[platform.machine()], errno.ENOSPC)


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("filter", ctypes.c_void_p))


def _answer(syscalls: tuple[int, ...], error: int) -> None:
    steps = [(_LOAD_SYSCALL_NUMBER, 0, 0, 0)]
    for left, number in enumerate(reversed(syscalls)):
        # Where it is this one, jump over the other comparisons and the leave.
        steps.insert(1, (_JUMP_IF_EQUAL, left + 1, 0, number))
    steps += [(_RETURN, 0, 0, _RET_ALLOW), (_RETURN, 0, 0, _RET_ERRNO | error)]
    code = b"".join(struct.pack("HBBI", *step) for step in steps)
    buffer = ctypes.create_string_buffer(code, len(code))
    program = _Program(len(steps), ctypes.cast(buffer, ctypes.c_void_p))
    libc = ctypes.CDLL(None, use_errno=True)
    for arguments in (
        (_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0),
        (_PR_SET_SECCOMP, _SECCOMP_MODE_FILTER, ctypes.byref(program), 0, 0),
    ):
        if libc.prctl(*arguments):
            code_of_error = ctypes.get_errno()
            raise OSError(code_of_error, os.strerror(code_of_error))
