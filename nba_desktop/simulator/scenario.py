"""A scenario: calls to play, and what the panel must show of them, as data."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Annotated, Final, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError, model_validator

from nba_desktop.simulator.order import PlayOrder

Protocol = Literal["asterisk", "zammad", "sipgate", "placetel"]
Text = Annotated[str, StringConstraints(min_length=1, max_length=2000)]
Seconds = Annotated[float, Field(ge=0, le=3600)]
Number = Annotated[str, StringConstraints(pattern=r"^(\+?[0-9]{3,15}|withheld|unknown)$")]

_SUFFIX: Final = ".toml"
_QUICK_RING_S: Final = 3.0
_QUICK_TALK_S: Final = 6.0
_QUICK_GAP_S: Final = 2.0


class ScenarioError(Exception):
    """A scenario that is missing or cannot be read; the message names the file and the place."""


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Words(_Part):
    """The same in the panel's languages."""

    de: Text
    en: Text


class SeenState(_Part):
    """One state of a call as the agent sees it. `number` is who is at the other end; left out, it is who it was.

    `consult` is the number of the customer whom the call asks about.
    """

    state: Literal["offered", "live", "wrap_up", "closed", "withdrawn"]
    number: Number | None = None
    held: bool = False
    conference: bool = False
    unconfirmed: bool = False
    consult: Number | None = None
    cause: Literal["normal", "missed", "elsewhere", "transferred", "failed", "unknown"] | None = None


class SeenCall(_Part):
    """What one call looks like to the panel, from its first state to its last."""

    direction: Literal["inbound", "outbound", "internal"] = "inbound"
    queue: str | None = None
    states: Annotated[tuple[SeenState, ...], Field(min_length=1)]

    @model_validator(mode="after")
    def _begins_with_a_number(self) -> Self:
        if self.states[0].number is None:
            raise ValueError("the first state says who calls")
        return self

    def spelled_out(self) -> SeenCall:
        """Return the call with the number in every state."""
        number = None
        states = []
        for state in self.states:
            number = state.number or number
            states.append(state.model_copy(update={"number": number}))
        return self.model_copy(update={"states": tuple(states)})

    def shortened(self) -> SeenCall:
        """Return the call with the number only where it changes."""
        number = None
        states = []
        for state in self.states:
            states.append(state if state.number != number else state.model_copy(update={"number": None}))
            number = state.number or number
        return self.model_copy(update={"states": tuple(states)})


class RecordedCall(_Part):
    """A recording of the telephone system, from this caller; `ring` and `talk` are seconds of ringing and talking."""

    recording: Annotated[str, StringConstraints(pattern=r"^[0-9]{2}$")]
    caller: Annotated[str, StringConstraints(pattern=r"^\+[0-9]{7,15}$")] | None = None
    after: Seconds = 0.0
    ring: Seconds | None = None
    talk: Seconds | None = None


class Post(_Part):
    """A webhook: the body of a request, `after` seconds. `{run}` in it is different at every playing."""

    after: Seconds
    body: Text


class Scenario(_Part):
    """Calls that teach one thing, and what the panel must show of them."""

    name: Annotated[str, StringConstraints(pattern=r"^[a-z0-9-]{1,40}$")]
    protocol: Protocol
    agent: Literal[1, 2] = 1
    title: Words
    task: Words
    calls: tuple[RecordedCall, ...] = ()
    line_drops: tuple[Seconds, ...] = ()
    posts: tuple[Post, ...] = ()
    expect: tuple[SeenCall, ...]

    @model_validator(mode="after")
    def _plays_what_its_protocol_can(self) -> Self:
        recorded = bool(self.calls) and not self.posts
        posted = bool(self.posts) and not self.calls and not self.line_drops
        if not (recorded if self.protocol == "asterisk" else posted):
            raise ValueError("asterisk plays calls, the other protocols posts")
        if [post.after for post in self.posts] != sorted(post.after for post in self.posts):
            raise ValueError("the posts are in the order of their times")
        return self

    def orders(self, run: str = "1", *, quick: bool = False) -> tuple[PlayOrder, ...]:
        """Return what the simulator is told to play, `run` making it different from an earlier playing.

        With `quick` nobody waits longer than the story needs; where calls overlap, it needs every second.
        """
        hurries = quick and len(self.calls) == 1 and not self.line_drops
        return tuple(
            PlayOrder(
                recording=call.recording,
                caller=call.caller,
                call=f"{self.name}-{run}-{number}",
                pause=False,
                after_s=call.after,
                ring_s=_at_most(call.ring, _QUICK_RING_S) if hurries else call.ring,
                talk_s=_at_most(call.talk, _QUICK_TALK_S) if hurries else call.talk,
            )
            for number, call in enumerate(self.calls, start=1)
        )

    def reports(self, *, quick: bool = False) -> tuple[Post, ...]:
        """Return the webhooks in their order; with `quick` nobody waits longer than the story needs."""
        after = before = 0.0
        posts = []
        for post in self.posts:
            gap = post.after - before
            after, before = after + (min(gap, _QUICK_GAP_S) if quick else gap), post.after
            posts.append(post.model_copy(update={"after": after}))
        return tuple(posts)


def _at_most(seconds: float | None, limit: float) -> float | None:
    return None if seconds is None else min(seconds, limit)


def scenario_names(folder: Path) -> tuple[str, ...]:
    """Return the names of the scenarios in `folder`, in order."""
    return tuple(sorted(path.name.removesuffix(_SUFFIX) for path in folder.glob(f"*{_SUFFIX}")))


def load_scenario(folder: Path, name: str) -> Scenario:
    """Read one scenario. Raises `ScenarioError` that names the file, the place and the way out."""
    names = scenario_names(folder)
    if name not in names:
        raise ScenarioError(f"there is no scenario {name[:40]!r}: `--scenario list` shows those there are")
    path = folder / f"{name}{_SUFFIX}"
    try:
        values = tomllib.loads(path.read_text(encoding="utf-8"))
        scenario = Scenario.model_validate({"name": name, **values})
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ScenarioError(f"{path} cannot be read: {error}") from error
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"])
        raise ScenarioError(f"{path}, {place}: {first['msg']}") from error
    return scenario
