"""The walls around generated code: what the worker process gives up before it runs any.

On Linux the kernel holds them: after `raise_walls` the process can compute, and read and write what is open already,
and nothing else: no file, no socket, no process can be opened. Limits on memory and computing hold wherever the
system has them. Inside Python, imports are limited to a list; that is a help to the author, not a wall.
"""

from __future__ import annotations

import builtins
import ctypes
import importlib
import os
import platform
import struct
import sys
from collections.abc import Callable
from types import ModuleType
from typing import Any

__all__ = ["ALLOWED_MODULES", "guarded_builtins", "limit_cpu", "load_allowed_modules", "raise_walls"]

ALLOWED_MODULES = (
    "bolt_agent",
    "collections",
    "colorsys",
    "dataclasses",
    "datetime",
    "enum",
    "functools",
    "itertools",
    "json",
    "math",
    "random",
    "re",
    "statistics",
    "string",
    "textwrap",
    "time",
    "typing",
)
"""What generated code may import; all of it is loaded before the walls go up."""

PR_SET_NO_NEW_PRIVS, PR_SET_SECCOMP, SECCOMP_MODE_FILTER = 38, 22, 2
SECCOMP_RET_ALLOW, SECCOMP_RET_EPERM, SECCOMP_RET_KILL = 0x7FFF0000, 0x00050001, 0x80000000
BPF_LOAD, BPF_EQUAL, BPF_AT_LEAST, BPF_RETURN = 0x20, 0x15, 0x35, 0x06
SYSCALL_AT, ARCHITECTURE_AT = 0, 4
"""Offsets in struct seccomp_data."""

X32_CALLS = 0x40000000
"""On x86-64 the same numbers with this bit are a second door to the kernel; it stays shut."""

# What a computing Python needs of the kernel, by the numbers of <asm/unistd.h>: memory, time, random numbers,
# signals to itself, locks, the pipes that are open, and leaving.
CALLS: dict[str, tuple[int, dict[str, int]]] = {
    "x86_64": (
        0xC000003E,
        {
            "read": 0, "write": 1, "close": 3, "fstat": 5, "lseek": 8, "mmap": 9, "mprotect": 10, "munmap": 11,
            "brk": 12, "rt_sigaction": 13, "rt_sigprocmask": 14, "rt_sigreturn": 15, "sched_yield": 24,
            "mremap": 25, "madvise": 28, "nanosleep": 35, "getpid": 39, "exit": 60, "gettimeofday": 96,
            "getrusage": 98, "sigaltstack": 131, "gettid": 186, "futex": 202, "restart_syscall": 219,
            "clock_gettime": 228, "clock_getres": 229, "clock_nanosleep": 230, "exit_group": 231, "prlimit64": 302,
            "getrandom": 318, "rseq": 334,
        },
    ),
    "aarch64": (
        0xC00000B7,
        {
            "close": 57, "lseek": 62, "read": 63, "write": 64, "fstat": 80, "exit": 93, "exit_group": 94, "futex": 98,
            "nanosleep": 101, "clock_gettime": 113, "clock_getres": 114, "clock_nanosleep": 115, "sched_yield": 124,
            "restart_syscall": 128, "sigaltstack": 132, "rt_sigaction": 134, "rt_sigprocmask": 135,
            "rt_sigreturn": 139, "getrusage": 165, "gettimeofday": 169, "getpid": 172, "gettid": 178, "brk": 214,
            "munmap": 215, "mremap": 216, "mmap": 222, "mprotect": 226, "madvise": 233, "prlimit64": 261,
            "getrandom": 278, "rseq": 293,
        },
    ),
}  # fmt: skip


def load_allowed_modules() -> None:
    """Load what generated code may import, while files can still be read."""
    for name in ALLOWED_MODULES:
        importlib.import_module(name)
    "é".encode("latin-1")  # codecs load on first use
    "x".encode("utf-8", "replace")


def raise_walls(*, memory: int) -> list[str]:
    """Give up files, network and processes, and cap memory (MiB). The names of the walls that stand."""
    walls = []
    if _limit_resources(memory):
        walls.append("rlimit")
    if sys.platform == "linux" and platform.machine() in CALLS and _filter_system_calls(*CALLS[platform.machine()]):
        walls.append("seccomp")
    return [*walls, "imports"]


def limit_cpu(seconds: float) -> None:
    """Let this process compute for that many seconds more, where the system can count them."""
    try:
        import resource
    except ImportError:
        return
    used = resource.getrusage(resource.RUSAGE_SELF)
    soft = int(used.ru_utime + used.ru_stime + seconds + 1)
    resource.setrlimit(resource.RLIMIT_CPU, (soft, resource.getrlimit(resource.RLIMIT_CPU)[1]))


def guarded_builtins() -> dict[str, Callable[..., Any]]:
    """What replaces builtins of generated code: imports from the list only, no files, no questions to a terminal."""
    missing = {name: _missing(name) for name in ("breakpoint", "input", "open")}
    return {"__import__": _guard(builtins.__import__), **missing}


def _guard(load: Callable[..., ModuleType]) -> Callable[..., ModuleType]:
    def guarded_import(name: str, *args: Any, **kwargs: Any) -> ModuleType:
        if name.partition(".")[0] not in ALLOWED_MODULES:
            raise ImportError(f"generated code cannot import {name}; it may import {', '.join(ALLOWED_MODULES)}")
        return load(name, *args, **kwargs)

    return guarded_import


def _missing(name: str) -> Callable[..., Any]:
    def missing(*_: Any, **__: Any) -> Any:
        raise PermissionError(f"generated code has no {name}(): it sees the robot and nothing else")

    return missing


def _limit_resources(memory: int) -> bool:
    try:
        import resource
    except ImportError:
        return False
    limits = {
        resource.RLIMIT_AS: _mapped_now() + memory * 2**20,
        resource.RLIMIT_CORE: 0,
        resource.RLIMIT_FSIZE: 0,
    }
    for limit, value in limits.items():
        resource.setrlimit(limit, (value, value))
    return True


def _mapped_now() -> int:
    """Bytes of address space that Python itself and the libraries take already."""
    try:
        with open("/proc/self/statm", encoding="ascii") as statm:
            return int(statm.read().split()[0]) * os.sysconf("SC_PAGESIZE")
    except OSError:
        return 512 * 2**20


def _filter_system_calls(architecture: int, allowed: dict[str, int]) -> bool:
    """Let the kernel refuse every call that is not in the list, with EPERM. False where the kernel cannot."""
    numbers = sorted(allowed.values())
    deny = len(numbers)
    program = [
        (BPF_LOAD, 0, 0, ARCHITECTURE_AT),
        (BPF_EQUAL, 1, 0, architecture),
        (BPF_RETURN, 0, 0, SECCOMP_RET_KILL),
        (BPF_LOAD, 0, 0, SYSCALL_AT),
        (BPF_AT_LEAST, deny, 0, X32_CALLS),
        *((BPF_EQUAL, deny - index, 0, number) for index, number in enumerate(numbers)),
        (BPF_RETURN, 0, 0, SECCOMP_RET_EPERM),
        (BPF_RETURN, 0, 0, SECCOMP_RET_ALLOW),
    ]
    code = b"".join(struct.pack("=HBBI", *instruction) for instruction in program)
    filters = ctypes.create_string_buffer(code, len(code))

    class Program(ctypes.Structure):
        _fields_ = (("length", ctypes.c_ushort), ("filters", ctypes.c_void_p))

    prctl = ctypes.CDLL(None, use_errno=True).prctl
    arguments = Program(len(program), ctypes.addressof(filters))
    if prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0:
        return False
    return bool(prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, ctypes.byref(arguments), 0, 0) == 0)
