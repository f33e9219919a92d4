"""A panel that is looked at while calls come: what each call has looked like, state by state."""

from __future__ import annotations

from nba_desktop.app import Panel
from nba_desktop.domain.call import Calls, Interaction
from nba_desktop.domain.call_event import Party
from nba_desktop.simulator.scenario import SeenCall, SeenState


class Watch:
    """Writes down what each call looks like; calls that were there before are none of its business."""

    def __init__(self, panel: Panel) -> None:
        self._panel = panel
        self._before = {one.interaction_id for one in panel.session.calls.interactions}
        self._seen: dict[str, SeenCall] = {}
        panel.calls_changed.connect(self._on_calls)

    def end(self) -> None:
        """Look no more."""
        self._panel.calls_changed.disconnect(self._on_calls)

    def calls(self) -> list[SeenCall]:
        """Return what was seen, in the order the calls came."""
        return list(self._seen.values())

    def _on_calls(self, calls: Calls) -> None:
        for one in calls.interactions:
            if one.interaction_id not in self._before:
                self._note(one, calls)

    def _note(self, one: Interaction, calls: Calls) -> None:
        state = seen_state(one, calls)
        known = self._seen.get(one.interaction_id)
        states = () if known is None else known.states
        closed_by_the_agent = bool(states) and states[-1].state == "wrap_up" and state.state == "closed"
        if not closed_by_the_agent and (not states or states[-1] != state):
            states = (*states, state)
        self._seen[one.interaction_id] = SeenCall(direction=one.direction, queue=one.queue, states=states)


def seen_state(one: Interaction, calls: Calls) -> SeenState:
    """Return what an agent sees of a call."""
    about = None if one.consult_of is None else calls.find(one.consult_of)
    return SeenState(
        state=one.state.value,
        number=number_of(_other(one)),
        held=one.held,
        conference=one.conference,
        unconfirmed=one.unconfirmed,
        consult=None if about is None else number_of(about.other),
        cause=one.cause,
    )


def _other(one: Interaction) -> Party:
    # A consultation is shown by whom the agent asks, who is called from extension to extension.
    outgoing = one.consult_of is not None and one.direction != "inbound" and one.called != Party()
    return one.called if outgoing else one.other


def number_of(party: Party) -> str:
    """Return the number as the panel shows it: `withheld` and `unknown` are two things."""
    if party.presentation == "restricted":
        return "withheld"
    return party.e164 or party.raw or "unknown"
