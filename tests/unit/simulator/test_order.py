"""Commands to the simulator say exactly what was ordered, or are refused."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nba_desktop.simulator.order import OrderError, PlayOrder, play_order

seconds = st.floats(0, 3600, allow_nan=False)

orders = st.builds(
    PlayOrder,
    recording=st.sampled_from(["01", "18"]),
    caller=st.none() | st.from_regex(r"\A\+[0-9]{7,15}\Z"),
    call=st.text(max_size=5),
    pause=st.booleans(),
    after_s=seconds,
    wait_s=st.none() | seconds,
    ring_s=st.none() | seconds,
    talk_s=st.none() | seconds,
    agents=st.none() | st.lists(st.integers(1, 99), unique=True, max_size=2).map(tuple),
)


@given(orders)
def test_an_order_comes_back_from_its_command(order: PlayOrder) -> None:
    assert play_order(json.loads(json.dumps(order.command()))) == order


def test_the_shortest_command_is_a_call_that_waits_for_the_agent() -> None:
    order = play_order({"play": "01"})
    assert (order.call, order.pause, order.after_s, order.agents) == ("", True, 0.0, None)
    assert [order.lasting(gate) for gate in ("offered", "answered", "ended")] == [None, None, None]


@pytest.mark.parametrize(
    "wrong",
    [
        {"play": 1},
        {"play": "01", "from": 49},
        {"play": "01", "call": 7},
        {"play": "01", "after": -1},
        {"play": "01", "ring": "3"},
        {"play": "01", "talk": True},
        {"play": "01", "wait": float("nan")},
        {"play": "01", "after": 1e9},
        {"play": "01", "agents": "7"},
        {"play": "01", "agents": [7, 7]},
        {"play": "01", "agents": [0]},
        {"play": "01", "agents": ["7"]},
    ],
    ids=str,
)
def test_what_cannot_be_obeyed_is_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(OrderError):
        play_order(wrong)
