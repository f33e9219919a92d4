"""Why a call was shown or not, in sentences, from what the flight recorder kept."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from nba_desktop.adapters.flight.ring import Record, Recorded
from nba_desktop.doctor.gaps import Outage, at_of, clock, moment, outage_sentence, outages
from nba_desktop.doctor.heard_calls import HeardCall, Role, heard_calls
from nba_desktop.doctor.heard_genesys import heard_conversations

_Say = Callable[[str], None]

_INTERNAL: Final = (
    "It was a call from extension to extension, which your settings leave out (telephony.internal_calls)."
)
_ENDS: Final = {
    "normal": "ended normally",
    "missed": "was not answered",
    "elsewhere": "was answered elsewhere",
    "transferred": "was transferred",
    "failed": "failed in the telephone network",
    "unknown": "was gone when the panel could look again",
}


@dataclass(slots=True)
class Story:
    """One call: what is known of it, whether the panel showed it, and what happened in sentences."""

    conversation: str
    began: datetime
    ended: datetime
    caller: str = ""
    queue: str = ""
    shown: bool = False
    verdict: str = ""
    sentences: list[str] = field(default_factory=list)
    positions: list[int] = field(default_factory=list)
    consult_of: set[str] = field(default_factory=set)
    start: Record = field(default_factory=dict)


def shown(masked: str) -> str:
    """A masked number as a person should read it: nobody must take its made-up middle for a real number."""
    signs = masked.lstrip("+")
    if not masked:
        return "no number"
    if len(signs) < 6 or not signs.isdigit():
        return masked
    return f"{masked[:3] if masked.startswith('+') else masked[:2]}…{masked[-2:]}"


def stories(recorded: Recorded) -> list[Story]:
    """Tell every call, in the order they began."""
    all_heard = [*heard_calls(recorded.records), *heard_conversations(recorded.records)]
    heard = {call.conversation: call for call in all_heard}
    decisions = _decisions(recorded.records, heard)
    starts = [record for record in recorded.records if record["kind"] == "start"]
    gaps = outages(recorded.records)
    told = [
        _story(conversation, heard.get(conversation), decisions.get(conversation, []), starts, gaps)
        for conversation in dict.fromkeys([*heard, *decisions])
    ]
    return sorted(told, key=lambda story: story.began)


def _decisions(records: Iterable[Record], heard: dict[str, HeardCall]) -> dict[str, list[Record]]:
    homes = {channel: call.conversation for call in heard.values() for channel in call.channels}
    found: dict[str, list[Record]] = {}
    for record in records:
        if record["kind"] != "decision":
            continue
        event = record["event"]
        leg, conversation = event.get("leg_id", ""), event.get("interaction_id", "")
        concerned = {change["conversation"] for change in record["calls"] if change.get("conversation")}
        if leg or conversation:
            concerned.add(homes.get(leg) or conversation or leg)
        for one in concerned:
            found.setdefault(one, []).append(record)
    return found


def _story(
    conversation: str, heard: HeardCall | None, decisions: list[Record], starts: list[Record], gaps: list[Outage]
) -> Story:
    times = [at_of(record) for record in decisions] + ([heard.began, heard.ended] if heard else [])
    story = Story(conversation, min(times), max(times))
    story.start = _last(starts, story.began)
    story.positions = sorted({*(heard.positions if heard else []), *(int(record["n"]) for record in decisions)})
    caller: dict[str, Any] = next((r["event"]["caller"] for r in decisions if r["event"].get("caller")), {})
    story.caller = caller.get("raw", "") or (heard.caller if heard else "")
    story.queue = next(
        (r["event"]["queue"] for r in decisions if r["event"].get("queue")), heard.queue if heard else ""
    )
    story.shown = any("was" not in change for record in decisions for change in _open_changes(record, conversation))
    say = story.sentences.append
    story.consult_of = {
        change["consult_of"] for record in decisions for change in record["calls"] if "consult_of" in change
    }
    if decisions and not story.consult_of and all(r["event"].get("direction") != "outbound" for r in decisions):
        _say_caller(caller, say)
    if decisions:
        _say_decisions(story, decisions, heard, say)
    elif heard and heard.role is not None:
        _say_left_out(story, heard.role, say)
    elif heard:
        _say_unheeded(story, heard, say)
    for outage in gaps:
        if outage.since <= story.ended and (outage.until is None or outage.until >= story.began):
            say(outage_sentence(outage))
            story.verdict = story.verdict or "the link was down"
    return story


def _open_changes(record: Record, conversation: str) -> list[dict[str, Any]]:
    return [
        change
        for change in record["calls"]
        if change.get("conversation") == conversation
        and change["now"] in ("offered", "live")
        and "consult_of" not in change
    ]


def _say_caller(caller: dict[str, Any], say: _Say) -> None:
    if caller.get("presentation") == "restricted":
        say("The caller withheld his number, so no customer could be looked up by it.")
    elif not caller.get("raw"):
        say("The telephone system gave no number of the caller, so no customer could be looked up by it.")
    elif not caller.get("e164"):
        say(
            f"The number {shown(caller['raw'])} is an extension or service, or not written as the number format in the "
            "settings says, so no customer could be looked up by it."
        )


def _say_decisions(story: Story, decisions: list[Record], heard: HeardCall | None, say: _Say) -> None:
    verdicts = [record["verdict"] for record in decisions]
    for record in decisions:
        for change in record["calls"]:
            if change.get("conversation") == story.conversation:
                _say_change(story, record, change, heard, say)
    own = [one for record in decisions for one in record["calls"] if one.get("conversation") == story.conversation]
    if own and own[-1].get("unconfirmed") and own[-1]["now"] in ("offered", "live"):
        say("Nothing has confirmed it since; the panel ends such a call after five minutes.")
    if story.shown or story.verdict:
        return
    if "queue_filtered" in verdicts:
        queues = ", ".join(story.start.get("queues", [])) or "none"
        say(
            f"The panel did not show it: its queue “{story.queue}” is not one of those in your settings ({queues})."
            " Way out: add the queue to telephony.queues in the settings file, or empty that list."
        )
        story.verdict = "filtered: queue"
    elif "too_old" in verdicts:
        since = f" ({moment(at_of(story.start))})" if story.start else ""
        say(f"The panel did not show it: the event is older than the panel's start{since}.")
        story.verdict = "older than the start"
    elif "repeated" in verdicts:
        say("The panel did not show it: the telephone system repeated an event that had been dealt with before.")
        story.verdict = "repeated"
    else:
        kinds = ", ".join(dict.fromkeys(str(record["event"]["type"]) for record in decisions))
        say(
            f"The panel did not show it: what was heard of it ({kinds}) neither begins a call nor belongs "
            "to an open one."
        )
        story.verdict = "no call of the panel's"


def _say_change(story: Story, record: Record, change: dict[str, Any], heard: HeardCall | None, say: _Say) -> None:
    at, now, was = clock(at_of(record)), change["now"], change.get("was")
    device = record["event"].get("device")
    where = f" at {device}" if device else ""
    if "consult_of" in change and was is None:
        say(f"{at} It was a call of the agent's within another one: the panel kept the customer of that one.")
        story.verdict = "consultation"
    elif was is None and now == "offered":
        say(f"{at} It rang{where}: the panel showed it.")
        story.verdict = "shown"
    elif was is None and now == "live":
        say(f"{at} It was already being talked on{where} when the panel first heard of it: the panel showed it.")
        story.verdict = "shown"
    elif was is None:
        say(f"{at} It was over before the panel first heard of it ({_ENDS[change.get('cause', 'unknown')]}).")
        story.verdict = "over before it was heard of"
    elif was == "offered" and now == "live":
        say(f"{at} It was answered{where}.")
        story.verdict = "answered"
    elif now == "withdrawn":
        others = [one for one in heard.answered_by if one != device] if heard else []
        by = f" by {', '.join(others)}" if change.get("cause") == "elsewhere" and others else ""
        say(f"{at} It {_ENDS[change.get('cause', 'unknown')]}{by}: the panel took it off the screen.")
        story.verdict = f"withdrawn: {change.get('cause', 'unknown')}"
    elif was == "live" and now in ("wrap_up", "closed"):
        after = "the wrap-up began" if now == "wrap_up" else "it needed no wrap-up"
        say(f"{at} It {_ENDS[change.get('cause', 'unknown')]}: {after}.")
        story.verdict = f"ended: {change.get('cause', 'unknown')}"
    elif change.get("unconfirmed"):
        say(f"{at} The link was lost: from here on nobody could confirm that the call still existed.")
    elif was == now == "live" and record["event"]["type"] in ("held", "resumed", "joined", "left"):
        words = {"held": "was put on hold", "resumed": "was taken off hold", "joined": "became a conference"}
        say(f"{at} It {words.get(record['event']['type'], 'lost a participant')}.")


def _say_left_out(story: Story, role: Role, say: _Say) -> None:
    """Why nothing came of a conversation that is the agent's own."""
    if role == "internal" and not story.start.get("internal_calls", True):
        say(_INTERNAL)
        story.verdict = "filtered: internal call"
    elif role == "watched":
        say("You listened in on a colleague's call: it was none of your own.")
        story.verdict = "listened in"
    elif role == "no call":
        say("It was no telephone call: the panel shows those alone.")
        story.verdict = "no call"
    else:
        say("It was over, or had not begun, whenever the panel heard of it.")
        story.verdict = "not followed"


def _say_unheeded(story: Story, heard: HeardCall, say: _Say) -> None:
    own = [str(one) for one in story.start.get("interfaces", [])]
    mine = ", ".join(own) or "none are set"
    tried = [one for one in heard.tried if one in own]
    caller_is_inside = heard.caller.isdigit() and len(heard.caller) < 6
    if any(one in own for one in heard.rung) and caller_is_inside and not story.start.get("internal_calls", True):
        say(_INTERNAL)
        story.verdict = "filtered: internal call"
    elif any(one in own for one in heard.rung):
        say(
            "It rang at your telephone, yet the panel made nothing of it: the recording begins in the middle of it, or "
            "the panel was not logged in at that moment."
        )
        story.verdict = "not followed"
    elif tried:
        status = heard.dial_status.get(tried[0], "")
        reason = f" (dial status {status})" if status else ""
        say(f"Your telephone {tried[0]} was tried and did not ring{reason}: is it switched on and registered?")
        story.verdict = "your telephone did not ring"
    elif heard.rung:
        say(
            f"It rang at {', '.join(heard.rung)}, which is not one of your devices ({mine}): it was another agent's "
            "call."
        )
        if heard.answered_by:
            say(f"It was answered by {', '.join(heard.answered_by)}.")
        story.verdict = "another agent's"
    elif heard.queue:
        end = " and the caller hung up" if heard.abandoned else ""
        say(f"It waited in the queue “{heard.queue}”{end}; no telephone rang.")
        story.verdict = "no telephone rang"
    else:
        say(f"No telephone rang, as far as the telephone system told; your devices are {mine}.")
        story.verdict = "no telephone rang"


def _last(starts: list[Record], until: datetime) -> Record:
    """The start of the panel that had the call; the first one known when the older records are gone."""
    earlier = [record for record in starts if at_of(record) <= until]
    return earlier[-1] if earlier else next(iter(starts), {})
