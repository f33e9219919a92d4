"""What holds for every test: its own home, no network, and nothing unexpected in the log."""

from __future__ import annotations

import gc
import ipaddress
import logging
import os
import re
import socket
import sys
import tempfile
from collections.abc import Callable, Iterator, MutableMapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, Final

import hypothesis
import pytest

from tests.windows import windows_gone_afterwards

# The usual run finds the same every time; `HYPOTHESIS_PROFILE=explore` looks for what it has not seen yet.
hypothesis.settings.register_profile(
    "ci",
    max_examples=30,
    derandomize=True,
    deadline=None,
    database=None,
    suppress_health_check=[hypothesis.HealthCheck.too_slow],
)
hypothesis.settings.register_profile("explore", deadline=None, max_examples=2000, print_blob=True)

HOME_KEY: pytest.StashKey[tempfile.TemporaryDirectory[str]] = pytest.StashKey()

FOLDERS: Final = {
    "XDG_CONFIG_HOME": "config",
    "XDG_CONFIG_DIRS": "machine-config",
    "XDG_DATA_HOME": "data",
    "XDG_STATE_HOME": "state",
    "XDG_CACHE_HOME": "cache",
    "XDG_RUNTIME_DIR": "runtime",
}


def point_into(environ: MutableMapping[str, str], home: Path) -> None:
    """Point what programs find by environment variables into `home`, which is made; an absolute path."""
    home.mkdir(mode=0o700, exist_ok=True)
    environ["HOME"] = str(home)
    for variable, folder in FOLDERS.items():
        # Thousands of tests pass here.
        path = f"{home}/{folder}"
        with suppress(FileExistsError):
            os.mkdir(path, 0o700)
        environ[variable] = path


def isolate_environment(environ: MutableMapping[str, str], home: Path) -> None:
    """Take everything of this machine's user out of the environment, also for child processes."""
    point_into(environ, home)
    environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    # One for all workers and programs of a run: who finds none reads every font of the machine.
    environ.setdefault("MPLCONFIGDIR", f"{home}/cache/matplotlib")
    # A person's keyring is reached over D-Bus; tests bring their own backends.
    environ["PYTHON_KEYRING_BACKEND"] = "keyring.backends.fail.Keyring"
    environ["DBUS_SESSION_BUS_ADDRESS"] = "disabled:"
    for variable in ("LC_ALL", "LC_MESSAGES", "LC_TIME", "LC_NUMERIC", "LANGUAGE"):
        environ.pop(variable, None)
    environ["LANG"] = "C.UTF-8"
    # Neither UTC nor without summer time, so that a mixed-up clock shows; spelled out, so that it needs no tzdata.
    environ["TZ"] = "CET-1CEST,M3.5.0,M10.5.0/3"
    # `requests` would take a proxy or another certificate store from here.
    for variable in list(environ):
        if variable.lower().endswith("_proxy") or variable in ("REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE"):
            del environ[variable]
    # Every test that starts a program would have it compile all of its modules anew.
    environ.pop("PYTHONDONTWRITEBYTECODE", None)


def pytest_configure(config: pytest.Config) -> None:
    hypothesis.settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ci"))
    home = tempfile.TemporaryDirectory(prefix="nba-tests-")
    config.stash[HOME_KEY] = home
    isolate_environment(os.environ, Path(home.name).resolve())
    sys.dont_write_bytecode = False
    # Several workers take the files in the order below, not those with the most tests first.
    config.option.loadscopereorder = False
    # Python looks for garbage only in what tests make: their modules, which stay, take half a second each time.
    gc.disable()


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Let several workers begin with what takes long: a long file that comes last keeps all others waiting.

    What starts processes comes first, then what has windows, of which the last files are among the longest.
    """
    if hasattr(config, "workerinput"):
        tests = Path(__file__).parent
        processes, windows = {tests / "desktop", tests / "e2e", tests / "faults"}, tests / "widget"

        @cache
        def place(file: Path) -> int:
            if file.parent == tests / "unit" or processes & set(file.parents):
                return 0
            return 1 if windows in file.parents else 2

        items.sort(key=lambda item: place(item.path))


def pytest_collection_finish() -> None:
    gc.collect()
    gc.freeze()
    gc.enable()


def pytest_unconfigure(config: pytest.Config) -> None:
    config.stash[HOME_KEY].cleanup()


@dataclass
class Homes:
    """Homes that nobody has used: a new one for each of thousands of tests takes longer than most of them."""

    make: Callable[[], Path]
    unused: list[Path] = field(default_factory=list)

    @contextmanager
    def lent(self) -> Iterator[Path]:
        home = self.unused.pop() if self.unused else self.make()
        places: dict[str, str] = {}
        point_into(places, home)
        with pytest.MonkeyPatch.context() as patch:
            for variable, value in places.items():
                patch.setenv(variable, value)
            yield home
        folders = set(FOLDERS.values())
        if set(os.listdir(home)) == folders and not any(os.listdir(home / folder) for folder in folders):
            self.unused.append(home)


@pytest.fixture(scope="session")
def homes(tmp_path_factory: pytest.TempPathFactory) -> Homes:
    return Homes(lambda: tmp_path_factory.mktemp("home"))


@pytest.fixture(autouse=True)
def own_home(homes: Homes) -> Iterator[Path]:
    """A home of this test alone; settings and stores of one test are never seen by the next."""
    with homes.lent() as home:
        yield home


@pytest.fixture(autouse=True)
def no_left_over_windows() -> Iterator[None]:
    """What a test puts on the screen is gone when it ends; what was there before it, of a whole module, stays."""
    with windows_gone_afterwards():
        yield


class Connections:
    """Refuses every connection and name look-up that would leave this machine, and remembers that it was tried."""

    def __init__(self) -> None:
        self.refused: list[str] = []

    def refuse_unless_loopback(self, host: str) -> None:
        if host in ("", "localhost"):
            return
        try:
            if ipaddress.ip_address(host).is_loopback:
                return
        except ValueError:
            if host.endswith(".invalid"):
                # Reserved to exist nowhere (RFC 2606): tests name it for a backend that cannot be found.
                raise socket.gaierror(socket.EAI_NONAME, "Name or service not known") from None
        self.refused.append(host)
        raise ConnectionRefusedError(f"a test tried to reach {host}; only loopback is allowed")

    def guarded(self, original: Callable[[socket.socket, Any], Any]) -> Callable[[socket.socket, Any], Any]:
        def connect(connection: socket.socket, address: Any) -> Any:
            if connection.family in (socket.AF_INET, socket.AF_INET6):
                self.refuse_unless_loopback(str(address[0]))
            return original(connection, address)

        return connect


@pytest.fixture(scope="session")
def connections() -> Iterator[Connections]:
    guard = Connections()
    with pytest.MonkeyPatch.context() as patch:
        for method in ("connect", "connect_ex"):
            patch.setattr(socket.socket, method, guard.guarded(getattr(socket.socket, method)))

        look_up = socket.getaddrinfo

        def guarded_look_up(host: str | bytes | None, *args: Any, **kwargs: Any) -> Any:
            if host is not None:
                guard.refuse_unless_loopback(host.decode() if isinstance(host, bytes) else host)
            return look_up(host, *args, **kwargs)

        patch.setattr(socket, "getaddrinfo", guarded_look_up)
        yield guard


@pytest.fixture(autouse=True)
def only_loopback(connections: Connections) -> Iterator[None]:
    connections.refused.clear()
    yield
    if connections.refused:
        pytest.fail(f"tried to leave this machine: {', '.join(connections.refused)}", pytrace=False)


class Collected(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.records: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.records.append(f"{record.name}: {record.getMessage()}")


@pytest.fixture(autouse=True)
def no_unexpected_log(request: pytest.FixtureRequest) -> Iterator[None]:
    """Fail a test for a log record it did not name with `expected_log`, and for a named one that did not come."""
    collected = Collected()
    root = logging.getLogger()
    root.addHandler(collected)
    try:
        yield
    finally:
        root.removeHandler(collected)
    patterns = [str(marker.args[0]) for marker in request.node.iter_markers("expected_log")]
    unexpected = [line for line in collected.records if not any(re.search(p, line) for p in patterns)]
    missing = [p for p in patterns if not any(re.search(p, line) for line in collected.records)]
    complaints = [f"unexpected log record: {line}" for line in unexpected]
    complaints += [f"expected log record never came: {pattern}" for pattern in missing]
    if complaints:
        pytest.fail("\n".join(complaints), pytrace=False)
