"""The backend's stream of calls for the flight recorder: whole events, without the people in them."""

from __future__ import annotations

from nba_desktop.adapters.cti.hub_events import CALL, read_hub_event
from nba_desktop.adapters.cti.sse import SseEvent, SseItem, SseParser, SseProblem
from nba_desktop.adapters.flight.masking import REMOVED, Masking
from nba_desktop.contract.calls import HubCallEvent, HubParty


class SseCutter:
    """Cuts a stream's bytes into whole events; what only keeps the line alive is left out."""

    def __init__(self) -> None:
        self._parser = SseParser()

    def feed(self, data: bytes) -> list[str]:
        """Take the next bytes and return the events they completed, each with its blank line."""
        return [text for item in self._parser.feed(data) if (text := _text(item))]


def masked_hub_event(masking: Masking, text: str) -> str:
    """Mask one event of the stream; what is not a call event that this program knows is removed."""
    kept = [item for item in SseParser().feed(text.encode("utf-8", "replace")) if isinstance(item, SseEvent)]
    if len(kept) != 1:
        return _block(REMOVED, "", REMOVED)
    (item,) = kept
    event = read_hub_event(item)
    data = _masked(masking, event).model_dump_json() if isinstance(event, HubCallEvent) else REMOVED
    is_number = item.last_id.isascii() and item.last_id.isdigit()
    return _block(item.name if item.name == CALL else REMOVED, item.last_id if is_number else "", data)


def _masked(masking: Masking, event: HubCallEvent) -> HubCallEvent:
    changes = {
        "caller": _party(masking, event.caller),
        "called": _party(masking, event.called),
        "dialled": masking.number(event.dialled),
        "diverted_from": None if event.diverted_from is None else masking.number(event.diverted_from),
        "queue": None if event.queue is None else masking.text(event.queue),
        "customer_no": None if event.customer_no is None else REMOVED,
    }
    return event.model_copy(update=changes)


def _party(masking: Masking, party: HubParty) -> HubParty:
    e164 = None if party.e164 is None else masking.number(party.e164)
    return HubParty(raw=masking.number(party.raw), e164=e164, presentation=party.presentation)


def _text(item: SseItem) -> str:
    match item:
        case SseEvent(name, data, last_id):
            return _block(name, last_id, data)
        case SseProblem():
            return _block(REMOVED, "", REMOVED)
        case _:
            return ""


def _block(name: str, last_id: str, data: str) -> str:
    lines = [f"event: {name}", *([f"id: {last_id}"] if last_id else []), *(f"data: {one}" for one in data.split("\n"))]
    return "\n".join(lines) + "\n\n"
