"""The storm of kills: panels are killed at random moments while the network and the backend fail at random.

A program of its own, because it forks a panel per round, which only a process without threads may do. Last line JSON:
what was acknowledged, and how much of it the backend has not exactly once. Exit code 1 unless that is nothing.
"""

from __future__ import annotations

import argparse
import gc
import json
import os
import random
import select
import signal
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

sys.path.insert(0, str(Path(__file__).parents[2]))

from nba_desktop.adapters.agent_stores import set_aside_files
from tests.conftest import isolate_environment
from tests.faults.arrived import compare
from tests.faults.canaries import files, plant, traces
from tests.faults.processes import LOG, KillableBackend, Network, new_site
from tests.faults.storm_panel import RECORDED, click, drain, record_and_send

_WHOLE_PANEL_EVERY: Final = 10
_WHOLE_PANEL_AT: Final = 2
_NOBODY_THERE_EVERY: Final = 17
_BACKEND_KILLED_EVERY: Final = 25
_BACKEND_GOES: Final = 4
_BACKEND_COMES: Final = 7
_KILLED_EARLY_EVERY: Final = 7
_LONGEST_S: Final = 0.6
_FIRST_WORD_LIMIT_S: Final = 60.0
_DRAIN_LIMIT_S: Final = 300.0
_LONGEST_LIFE_S: Final = 600

Work = Callable[[Path, str, str, int, int], None]


@dataclass(frozen=True, slots=True)
class Storm:
    """What a storm came to; all but the first five must be 0."""

    kill_rounds: int
    seed: int
    acknowledged: int
    requests: int
    backend_kills: int
    lost: int
    doubled: int
    out_of_order: int
    refused: int
    set_aside: int
    traces: int

    @property
    def is_good(self) -> bool:
        """Whether everything that was acknowledged arrived exactly once, in order, and nothing of it lies about."""
        wrong = self.lost, self.doubled, self.out_of_order, self.refused, self.set_aside, self.traces
        return self.acknowledged > self.kill_rounds and not any(wrong)


def storm(rounds: int, seed: int, folder: Path) -> Storm:
    """Kill `rounds` panels, then send what is left through a network that is well again, and count."""
    chance = random.Random(seed)
    data, site = folder / "panel", folder / "site"
    token = new_site(site)
    plant(site)
    said: list[str] = []
    kills = 0
    with KillableBackend(site) as backend, Network(backend.port, seed) as network:
        gc.freeze()
        for number in range(rounds):
            place = number % _BACKEND_KILLED_EVERY
            if place == _BACKEND_GOES:
                backend.kill()
                kills += 1
            if place == _BACKEND_COMES and kills:
                backend.start_again()
            is_whole = number % _WHOLE_PANEL_EVERY == _WHOLE_PANEL_AT
            nobody = number % _NOBODY_THERE_EVERY == _NOBODY_THERE_EVERY - 1
            url = "http://127.0.0.1:9" if nobody else network.url
            work = click if is_whole else record_and_send
            is_early = number % _KILLED_EARLY_EVERY == 0
            said += _killed(work, data, url, token, number, chance.uniform(0.0, _LONGEST_S), is_early)
        if not backend.is_running:
            backend.start_again()
        network.calm()
        (last,) = _finished(drain, data, network.url, token)
        requests = sum(network.count().values())
    arrived = compare(said, site, RECORDED)
    return Storm(
        kill_rounds=rounds,
        seed=seed,
        acknowledged=len(said),
        requests=requests,
        backend_kills=kills,
        lost=arrived.lost,
        doubled=arrived.doubled,
        out_of_order=arrived.out_of_order,
        refused=int(last.split()[1]),
        set_aside=len(set_aside_files(data)),
        traces=len(traces({**files([data]), "the backend's log": (site / LOG).read_bytes()})),
    )


def _killed(work: Work, data: Path, url: str, token: str, number: int, lives_s: float, is_early: bool) -> list[str]:
    """Let a panel live for so long and kill it; what it had said.

    Its life begins with the first thing it says, an early one's before it has opened anything.
    """
    child, reader = _forked(work, data, url, token, number)
    said, until = b"", time.monotonic() + (lives_s if is_early else _FIRST_WORD_LIMIT_S)
    while (left := until - time.monotonic()) > 0:
        if select.select([reader], [], [], left)[0]:
            piece = os.read(reader, 65536)
            assert piece, f"the panel of round {number} ended by itself"
            if not said and not is_early:
                until = time.monotonic() + lives_s
            said += piece
    assert said or is_early, f"the panel of round {number} recorded nothing"
    os.kill(child, signal.SIGKILL)
    return _whole_lines(said + _rest(child, reader))


def _finished(work: Work, data: Path, url: str, token: str) -> list[str]:
    """Let a panel work to its end; what it said."""
    child, reader = _forked(work, data, url, token, 0)
    ready, _, _ = select.select([reader], [], [], _DRAIN_LIMIT_S)
    if not ready:
        os.kill(child, signal.SIGKILL)
        raise TimeoutError(f"a panel without faults has not sent all within {_DRAIN_LIMIT_S:g} s")
    return _whole_lines(_rest(child, reader))


def _forked(work: Work, data: Path, url: str, token: str, number: int) -> tuple[int, int]:
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reader)
        # Nobody is left behind when the storm itself is ended.
        signal.alarm(_LONGEST_LIFE_S)
        code = 1
        try:
            work(data, url, token, writer, number)
            code = 0
        finally:
            # Neither the parent's clean-up nor its buffers are the child's.
            os._exit(code)
    os.close(writer)
    return child, reader


def _rest(child: int, reader: int) -> bytes:
    said = b""
    while piece := os.read(reader, 65536):
        said += piece
    os.close(reader)
    os.waitpid(child, 0)
    return said


def _whole_lines(said: bytes) -> list[str]:
    """A line that was cut by the kill was not said."""
    return said.decode().rpartition("\n")[0].splitlines()


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=500)
    parser.add_argument("--seed", type=int, default=20261122, help="another one kills at other moments")
    parser.add_argument("--keep", type=Path, help="a folder for what was written (default: a temporary one)")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="nba-storm-") as folder:
        isolate_environment(os.environ, Path(folder) / "home")
        kept = options.keep or Path(folder) / "files"
        kept.mkdir(parents=True, exist_ok=True)
        result = storm(options.rounds, options.seed, kept)
    sys.stdout.write(f"{json.dumps(asdict(result))}\n")
    return 0 if result.is_good else 1


if __name__ == "__main__":
    sys.exit(main())
