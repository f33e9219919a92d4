"""The hub under load: a real backend, telephone systems that post, panels that listen, each in a process of its own."""

from __future__ import annotations

import contextlib
import io
import json
import time
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from nba_desktop.backend.cli import main as backend_command
from nba_desktop.backend.config import BackendConfig
from nba_desktop.backend.opening import open_store
from tests.bench.cti.children import ROOT, Meter, child, line_of, tell
from tests.bench.cti.hub_plan import SOURCES, agents, plan
from tests.bench.cti.hub_verdict import Verdict, compare
from tests.bench.cti.panel_state import Change

_HERE: Final = Path(__file__).parent
_LIMIT_S: Final = 120.0
_HEAD_START_S: Final = 0.5


@dataclass(frozen=True, slots=True)
class HubFigures:
    """What one run came to.

    `posts` are webhooks, of which `refused` were not taken. `calls_per_s` counts the calls that came to all that they
    must; what was behind at the end lowers it. `late_ms` is by how much each webhook left after it was due: the
    measurement's own weakness. `cores` is how many cores each process took, and all `others` of the machine.
    """

    calls: int
    posts: int
    refused: int
    calls_per_s: float
    late_ms: list[float]
    cores: dict[str, float]
    verdict: Verdict


def measure_hub(folder: Path, calls_per_s: int, seconds: int, agent_count: int) -> HubFigures:
    """Run the hub for `seconds`; `folder` takes the backend's data and what the processes write down."""
    calls = plan(calls_per_s, seconds, agent_count)
    everybody = agents(agent_count)
    tokens, addresses = _site(folder, everybody, calls_per_s)
    groups = {"hub_panel": everybody[:1], "hub_panels": everybody[1:]}
    with ExitStack() as stack:
        # A line for each webhook would hide what is measured.
        quiet = ("--log-level", "warning")
        serving = ("-m", "nba_desktop", "backend", "serve", "--data", str(folder), "--port", "0", *quiet)
        backend = stack.enter_context(child(*serving))
        url = json.loads(line_of(backend))["url"]
        panels = {name: stack.enter_context(child(str(_HERE / f"{name}.py"))) for name in groups}
        for name, ids in groups.items():
            chosen = {agent: tokens[agent] for agent in ids}
            tell(panels[name], {"url": url, "tokens": chosen, "out": str(folder / name)})
            _wait_until_ready(line_of(panels[name]))
        systems = stack.enter_context(child(str(_HERE / "hub_load.py")))
        load = {"calls_per_s": calls_per_s, "seconds": seconds, "agents": agent_count}
        tell(systems, load | {"url": url, "addresses": addresses, "out": str(folder / "sent")})
        _wait_until_ready(line_of(systems))
        meter = Meter({"backend": backend, **panels, "hub_load": systems})
        start_ns = time.monotonic_ns() + int(_HEAD_START_S * 1e9)
        tell(systems, start_ns)
        went = json.loads(line_of(systems))
        cores = meter.cores()
        for name, ids in groups.items():
            tell(panels[name], sum(len(call.sees.get(agent, ())) for call in calls for agent in ids))
        for name, panel in panels.items():
            if panel.wait(_LIMIT_S):
                raise RuntimeError(f"{name} failed")
    changes: list[Change] = [tuple(one) for name in groups for one in _read(folder / name)]
    verdict = compare(calls, changes, _read(folder / "sent"), everybody[0])
    end_ns = start_ns + int(max(call.steps[-1][0] for call in calls) * 1e9)
    behind_s = max(0, max((at for *_, at in changes), default=end_ns) - end_ns) / 1e9
    posts = sum(went["answers"].values())
    return HubFigures(
        calls=len(calls),
        posts=posts,
        refused=posts - went["answers"].get("200", 0),
        calls_per_s=(len(calls) - verdict.lost) / (seconds + behind_s),
        late_ms=went["late_ms"],
        cores=cores,
        verdict=verdict,
    )


def _wait_until_ready(said: str) -> None:
    if said != "ready\n":
        raise RuntimeError(f"a process of the measurement said {said!r} and not that it is ready")


def _read(path: Path) -> Any:
    return json.loads(path.read_bytes())


def _site(folder: Path, everybody: tuple[str, ...], calls_per_s: int) -> tuple[dict[str, str], dict[str, str]]:
    """Set a site up by its commands; return each agent's token and each source's address."""
    # Far above what comes: what a hiccup held up may come at once.
    most = str(min(100_000, max(1000, calls_per_s * 20)))
    # None of the commands begins a database.
    with open_store(BackendConfig(data=folder, resources=ROOT / "resources")):
        pass
    addresses = {
        source: _command("hook", "create", source, "--dialect", "zammad", "--events-per-second", most, data=folder)
        for source in SOURCES
    }
    tokens = {}
    for agent in everybody:
        tokens[agent] = _command("token", "create", "--agent", agent, "--role", "agent", data=folder)
        for source in SOURCES:
            _command("hook", "map", source, "--user", agent.upper(), "--agent", agent, data=folder)
    return tokens, addresses


def _command(*arguments: str, data: Path) -> str:
    """One command of the backend, in this process: there are hundreds."""
    said, complained = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(said), contextlib.redirect_stderr(complained):
        code = backend_command([*arguments, "--data", str(data)], ROOT / "resources")
    if code:
        raise RuntimeError(complained.getvalue())
    return said.getvalue().strip()
