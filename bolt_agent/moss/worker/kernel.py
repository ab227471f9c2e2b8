"""The walls that the kernel holds: limits of resources, Landlock, and a list of the system calls that are left.

Each function gives up something for good, and says whether the system could. Only Linux has Landlock and seccomp.
"""

from __future__ import annotations

import ctypes
import os
import platform
import struct
import sys
from contextlib import suppress

try:
    import resource  # now: later no file can be read
except ImportError:  # Windows
    resource = None  # type: ignore[assignment]

__all__ = ["filter_system_calls", "limit_cpu", "limit_files", "limit_memory", "restrict_access"]

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

LANDLOCK_CREATE_RULESET, LANDLOCK_RESTRICT_SELF, LANDLOCK_VERSION = 444, 446, 1
"""Calls that have the same number on every architecture, and the flag that asks for the version."""

LANDLOCK_FILES = {1: 13, 2: 14, 3: 15, 5: 16}
"""How many rights on files a version of Landlock knows, from that version on."""


def limit_memory(memory: int) -> bool:
    """Cap memory (MiB beyond what is in use), and let no process be started, as far as the system can."""
    return _limit(RLIMIT_AS=_mapped_now() + memory * 2**20, RLIMIT_CORE=0, RLIMIT_FSIZE=0, RLIMIT_NPROC=0)


def limit_files() -> bool:
    """Let nothing be opened any more; what is open stays so."""
    return _limit(RLIMIT_NOFILE=0)


def limit_cpu(seconds: float) -> None:
    """Let this process compute for that many seconds more, where the system can count them."""
    if resource is None:
        return
    used = resource.getrusage(resource.RUSAGE_SELF)
    soft = int(used.ru_utime + used.ru_stime + seconds + 1)
    resource.setrlimit(resource.RLIMIT_CPU, (soft, resource.getrlimit(resource.RLIMIT_CPU)[1]))


def restrict_access() -> bool:
    """Give up every file and, where Landlock knows it, every TCP port. False where the kernel has no Landlock."""
    if sys.platform != "linux":
        return False
    libc = ctypes.CDLL(None, use_errno=True)
    version = libc.syscall(LANDLOCK_CREATE_RULESET, None, ctypes.c_size_t(0), LANDLOCK_VERSION)
    if version < 1 or not _give_up_privileges(libc):
        return False
    files = (1 << LANDLOCK_FILES[max(known for known in LANDLOCK_FILES if known <= version)]) - 1
    handled = [files, *([0b11] if version >= 4 else []), *([0b11] if version >= 6 else [])]  # TCP; sockets, signals
    rules = struct.pack(f"={len(handled)}Q", *handled)
    ruleset = libc.syscall(LANDLOCK_CREATE_RULESET, rules, ctypes.c_size_t(len(rules)), 0)
    if ruleset < 0:
        return False
    try:
        return bool(libc.syscall(LANDLOCK_RESTRICT_SELF, ruleset, 0) == 0)
    finally:
        os.close(ruleset)


def filter_system_calls() -> bool:
    """Let the kernel refuse every call that is not in the list, with EPERM. False where it cannot."""
    if sys.platform != "linux" or platform.machine() not in CALLS:
        return False
    architecture, allowed = CALLS[platform.machine()]
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

    libc = ctypes.CDLL(None, use_errno=True)
    arguments = Program(len(program), ctypes.addressof(filters))
    if not _give_up_privileges(libc):
        return False
    return bool(libc.prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, ctypes.byref(arguments), 0, 0) == 0)


def _limit(**limits: int) -> bool:
    """Whether one of them, at least, is a limit that this system knows and lets us set."""
    known = {getattr(resource, name): value for name, value in limits.items() if hasattr(resource, name)}
    done = False
    for limit, value in known.items():
        with suppress(ValueError, OSError):
            resource.setrlimit(limit, (value, value))
            done = True
    return done


def _give_up_privileges(libc: ctypes.CDLL) -> bool:
    return bool(libc.prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0)


def _mapped_now() -> int:
    """Bytes of address space that Python itself and the libraries take already."""
    try:
        with open("/proc/self/statm", encoding="ascii") as statm:
            return int(statm.read().split()[0]) * os.sysconf("SC_PAGESIZE")
    except OSError:
        return 512 * 2**20
