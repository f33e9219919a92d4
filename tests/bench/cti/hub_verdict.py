"""What panels saw of the hub's calls, held against the plan."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from tests.bench.cti.hub_plan import Kind, PlannedCall
from tests.bench.cti.panel_state import Change

_EXAMPLES: Final = 5

Sent = Mapping[str, Mapping[Kind, int]]
"""By conversation and kind of report, when the first such report was sent (nanoseconds of the monotonic clock)."""


@dataclass
class Verdict:
    """`lost` calls of which an agent did not see what he had to, `strange` changes that nobody should have seen.

    Latencies are milliseconds from the sending of the report that brings a state to the panel's being in it, of all
    panels and of the one with the panel's own line. `shapes` says how many calls of each shape were as they must be,
    and how many there were; `examples` tells of the first that were not.
    """

    lost: int = 0
    strange: int = 0
    latencies_ms: list[float] = field(default_factory=list)
    source_ms: list[float] = field(default_factory=list)
    shapes: dict[str, tuple[int, int]] = field(default_factory=dict)
    examples: list[str] = field(default_factory=list)


def compare(calls: Sequence[PlannedCall], changes: Sequence[Change], sent: Sent, source_agent: str) -> Verdict:
    """Say what of the plan came true; `source_agent` is the one with the panel's own line."""
    seen: dict[tuple[str, str], list[tuple[str, int]]] = defaultdict(list)
    for agent, conversation, state, at in changes:
        seen[agent, conversation].append((state, at))
    verdict = Verdict()
    for call in calls:
        complete = True
        for agent, wanted in call.sees.items():
            got = seen.pop((agent, call.conversation), [])
            states, wanted_states = [state for state, _ in got], [state for state, _ in wanted]
            if states != wanted_states:
                complete = False
                verdict.examples += [f"{call.conversation} at {agent}, {call.shape}: {states}, not {wanted_states}"]
            for (state, at), (wanted_state, kind) in zip(got, wanted, strict=False):
                if state == wanted_state:
                    latency = (at - sent[call.conversation][kind]) / 1e6
                    verdict.latencies_ms.append(latency)
                    if agent == source_agent:
                        verdict.source_ms.append(latency)
        verdict.lost += not complete
        good, all_ = verdict.shapes.get(call.shape, (0, 0))
        verdict.shapes[call.shape] = (good + complete, all_ + 1)
    verdict.strange = sum(map(len, seen.values()))
    del verdict.examples[_EXAMPLES:]
    return verdict
