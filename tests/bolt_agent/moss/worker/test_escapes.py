"""Attempts to get out of the worker: none reads the canaries, each can be ended, and the next program runs."""

import asyncio
import socket
import sys
import textwrap
import threading
import time

import pytest
from pydantic import ValidationError

import prompts
from bolt_agent.moss.worker.executor import Executor
from bolt_agent.moss.worker.protocol import Limits, Setup
from bolt_agent.robot.errors import BadValue
from bolt_agent.robot.motions import MotionAdapter
from drivers.clock import RealClock

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the kernel holds these walls on Linux only")

PREPARED = """
os_ = [c for c in ().__class__.__base__.__subclasses__() if c.__name__ == "_wrap_close"][0].__init__.__globals__
sys_ = os_["sys"]
load = __builtins__["__import__"].__closure__[0].cell_contents
FILE, PORT = {file!r}, {port}
"""
"""What a determined author finds in a minute: the modules os and sys, and an import without a guard."""

FILES = {
    "open": "print(open(FILE).read())",
    "io.open": "print(sys_.modules['io'].open(FILE).read())",
    "FileIO": "print(load('_io').FileIO(FILE).read())",
    "os.open": "print(os_['read'](os_['open'](FILE, 0), 99))",
    "codecs.open": "print(load('codecs').open(FILE).read())",
    "linecache": "print(load('linecache').getlines(FILE) or 1 / 0)",
    "a loader": "print(load('importlib.machinery').machinery.SourceFileLoader('x', FILE).get_data(FILE))",
    "pathlib": "print(load('pathlib').Path(FILE).read_text())",
    "listdir": "print(os_['listdir']('/'))",
    "scandir": "print(list(os_['scandir']('/')))",
    "stat": "print(os_['stat'](FILE).st_size)",
    "chdir": "os_['chdir']('/'); print('moved')",
    "mkdir": "os_['mkdir'](FILE + '.d'); print('made')",
    "remove": "os_['remove'](FILE); print('removed')",
    "rename": "os_['rename'](FILE, FILE + '.x'); print('renamed')",
    "symlink": "os_['symlink'](FILE, FILE + '.l'); print('linked')",
    "chmod": "os_['chmod'](FILE, 0o777); print('changed')",
    "a memory file": "print(os_['memfd_create']('x'))",
    "own memory": "os_['open']('/proc/self/mem', 2); print('opened')",
    "the host's environment": "print(os_['open']('/proc/%d/environ' % os_['getppid'](), 0))",
    "a pipe": "print(os_['pipe']())",
    "execfile": "exec(compile(open(FILE).read(), FILE, 'exec'))",
}
ENVIRONMENT = {
    "environ": "print(os_['environ']['CANARY'])",
    "getenv": "print(os_['getenv']('CANARY') or 1 / 0)",
    "environb": "print(os_['environb'][b'CANARY'])",
    "gc": "print([o for o in load('gc').get_objects() if isinstance(o, dict) and 'CANARY' in o][0])",
    "frames": "f = sys_._getframe()\nwhile f: f = f.f_back\nprint(f.f_globals['CANARY'])",
    "arguments": "print([a for a in sys_.orig_argv if 'tweet' in a][0])",
}
NETWORK = {
    "socket": "load('socket').create_connection(('127.0.0.1', PORT)); print('connected')",
    "_socket": "load('_socket').socket(); print('socket')",
    "socketpair": "print(load('socket').socketpair())",
    "names": "print(load('socket').getaddrinfo('localhost', PORT))",
    "http": "load('http.client').client.HTTPConnection('127.0.0.1', PORT).request('GET', '/'); print('asked')",
    "url": "print(load('urllib.request').request.urlopen('http://127.0.0.1:%d' % PORT))",
}
PROCESSES = {
    "fork": "print('forked', os_['fork']())",
    "forkpty": "print('forked', os_['forkpty']())",
    "execv": "os_['execv']('/bin/echo', ['echo', 'tweet'])",
    "posix_spawn": "print(os_['posix_spawn']('/bin/true', ['true'], {}))",
    "popen": "print(os_['popen']('echo tweet').read() or 1 / 0)",
    "subprocess": "print(load('subprocess').run(['echo', 'tweet'], capture_output=True))",
    "multiprocessing": "load('multiprocessing').Process(target=print).start(); print('started')",
    "a thread": "load('_thread').start_new_thread(print, ()); print('started')",
    "threading": "load('threading').Thread(target=print).start(); print('started')",
    "kill the host": "os_['kill'](os_['getppid'](), 9); print('killed')",
    "kill the group": "os_['killpg'](0, 9); print('killed')",
    "higher limits": "r = load('resource'); r.setrlimit(r.RLIMIT_AS, (-1, -1)); print('raised')",
    "priority": "print(os_['nice'](-5))",
    "ptrace": "print(load('ctypes').CDLL(None).ptrace(16, os_['getppid'](), 0, 0) + 1 or 1 / 0)",
}
BOMBS = {
    "a string": "'a' * 10**10",
    "a list": "x = [0]\nwhile True: x += x",
    "bytes": "bytearray(10**10)",
    "a dictionary": "d = {}\nwhile True: d[len(d)] = 'x' * 10000",
    "recursion": "f = lambda: f()\nf()",
    "a deep structure": "x = []\nfor i in range(10**6): x = [x]\nprint(repr(x)[:0], 1 / 0)",
    "cyclic values": "x = []; x.append(x)\nmoss.body.new_move(run=True).roll(x, x, x)",
    "a huge value": "moss.face.scroll_matrix_text('x' * 10**7)",
}
PROTOCOL = {
    "noise on every pipe": "[os_['write'](fd, b'nonsense\\n') for fd in range(3, 20)]",
    "a forged end": '[os_[\'write\'](fd, b\'{"kind": "done", "output": "forged"}\\n\') for fd in (3, 4)]; 1 / 0',
    "a forged motion": "moss.body._outlet.stage.ask('perform', motion={'kind': 'teleport'}, move=0); print('went')",
    "an unknown question": "moss.body._outlet.stage.ask('shell', command='id'); print('answered')",
    "a motion beyond limits": """
        stage = moss.body._outlet.stage
        stage.ask('perform', motion={'kind': 'drive', 'heading': 0, 'speed': 9999, 'duration': 1}, move=0)
        print('went')
    """,
    "a patched forwarder": "type(moss.body._outlet.stage).perform = None\nmoss.face.show('heart'); print('shown')",
    "closed pipes": "[os_['close'](fd) for fd in range(3, 9)]\nprint(moss.body.position)",
    "leaving": "os_['_exit'](0)",
    "aborting": "os_['abort']()",
    "a crash": "load('ctypes').string_at(0)",
    "exit": "raise SystemExit",
    "interrupt": "raise KeyboardInterrupt",
    "a line without end": "while True: [os_['write'](fd, b'x' * 65536) for fd in (3, 4)]",
}
ENDLESS = {
    "a loop": "while True: pass",
    "a stubborn loop": "while True:\n    try:\n        while True: pass\n    except BaseException: pass",
    "a call that never returns": "sum(range(10**15))",
    "a hard pattern": "import re\nre.match('(a+)+$', 'a' * 50 + 'b')",
    "a huge power": "3 ** 10**9",
    "a lock": "lock = load('_thread').allocate_lock(); lock.acquire(); lock.acquire()",
    "a signal that is ignored": "s = load('signal'); [s.signal(n, s.SIG_IGN) for n in (2, 15, 24)]\nwhile True: pass",
    "endless output": "while True: print('x' * 1000)",
    "endless questions": "while True: moss.body.position",
    "a sleep": "import time\ntime.sleep(10**5)",
    "a wait": "moss.body.wait(10**5)",
}
ATTEMPTS = {
    f"{family}: {name}": code
    for family, attempts in {
        "file": FILES,
        "environment": ENVIRONMENT,
        "network": NETWORK,
        "process": PROCESSES,
        "bomb": BOMBS,
        "protocol": PROTOCOL,
        "endless": ENDLESS,
    }.items()
    for name, code in attempts.items()
}
PATIENCE = 0.4
"""Seconds of wall time after which an attempt that still runs is stopped."""


def make_sure(motion):
    """Refuse what is no motion, as the real host does."""
    try:
        MotionAdapter.validate_python(motion)
    except ValidationError:
        raise BadValue("that is no motion") from None


class Host:
    def __init__(self, clock):
        self.clock = clock

    async def answer(self, what, args):
        if what == "wait":
            await self.clock.sleep(args["seconds"] or 0)
        elif what == "perform":
            make_sure(args["motion"])
        return {"x": 1.0, "y": 2.0} if what == "state" else None


@pytest.fixture(scope="module")
def outcomes(tmp_path_factory):
    """Each attempt made once, one after another, in one executor: (outcome, seconds to a stop, the next program's)."""
    canary = tmp_path_factory.mktemp("canary") / "canary.txt"
    canary.write_text("tweet")
    with pytest.MonkeyPatch.context() as patch, socket.create_server(("127.0.0.1", 0)) as server:
        patch.setenv("CANARY", "tweet")
        visitors = []
        server.settimeout(0.1)
        listening = threading.Thread(target=_count, args=(server, visitors))
        listening.start()
        prepared = PREPARED.format(file=str(canary), port=server.getsockname()[1])
        clock = RealClock()
        found = clock.run(_attempt_all(prepared, clock))
        assert canary.read_text() == "tweet"
        assert list(canary.parent.iterdir()) == [canary]
        server.close()
        listening.join()
        assert visitors == []
    return found


def _count(server, visitors):
    while server.fileno() >= 0:
        try:
            visitors.append(server.accept())
        except TimeoutError:
            continue
        except OSError:
            return


async def _attempt_all(prepared, clock):
    limits = Limits(cpu=10, memory=64, calls=10**9, seconds=10**9)
    executor = Executor(Setup(module="prompts.bolt", source=prompts.read("bolt.py"), limits=limits), Host(clock), clock)
    found = {}
    try:
        await executor.open(spare=True)
        for name, code in ATTEMPTS.items():
            body = textwrap.indent(textwrap.dedent(code).strip("\n"), "    ")
            attempt = asyncio.create_task(executor.run(f"{prepared}\ndef run(moss):\n{body}\n    print('ESCAPED')\n"))
            await asyncio.wait({attempt}, timeout=PATIENCE)
            stopped = time.monotonic()
            if not attempt.done():
                executor.stop()
            outcome = await attempt
            found[name] = outcome, time.monotonic() - stopped, await executor.run("def run(moss): print('fine')")
    finally:
        executor.close()
    return found


@pytest.mark.parametrize("name", ATTEMPTS)
def test_no_attempt_gets_out(outcomes, name):
    outcome, stopping, following = outcomes[name]
    assert "tweet" not in outcome.output
    assert "ESCAPED" not in outcome.output
    assert outcome.error is not None
    assert stopping < 0.5  # 10 ms at the most on a machine with nothing else to do
    assert following.output == "fine\n"


def test_there_are_many_attempts():
    assert len(ATTEMPTS) >= 60
