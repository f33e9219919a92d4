"""CloudEvents 1.0 that report a touchpoint, as they come over HTTP: one as JSON, one in headers, or many as JSON."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Annotated, Any, Final, Literal, Self
from urllib.parse import unquote

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError, model_validator
from pydantic_core import ErrorDetails

from nba_desktop.backend.errors import InvalidMessage
from nba_desktop.contract.base import Moment, Params, Said
from nba_desktop.contract.codes import ContactChannel, Experience
from nba_desktop.contract.outcome import CustomerKey
from nba_desktop.contract.problems import FieldProblem

STRUCTURED: Final = "application/cloudevents+json"
BATCH: Final = "application/cloudevents-batch+json"
PLAIN: Final = "application/json"
MOST: Final = 200
"""So many events may come in one batch."""

_HEADER: Final = "ce-"
_NAME: Final = re.compile(r"[a-z][a-z0-9_]{0,63}$")
_Text = Annotated[str, StringConstraints(min_length=1, max_length=256, pattern=r"^[^\x00]*$")]
_Key = Annotated[str, StringConstraints(min_length=1, max_length=64, pattern=r"^[^\x00]*$")]

_WAYS_OUT: Final[Mapping[str, str]] = {
    "specversion": "send 1.0",
    "id": "send an id that is unique for the source, of at most 256 characters",
    "source": "name the system that reports, as a URI reference of at most 256 characters",
    "type": "end it with the code of a touchpoint's type, such as com.example.touchpoint.price_letter",
    "time": "say when it happened, in RFC 3339 with a zone, such as 2026-03-12T09:30:00Z",
    "datacontenttype": "send the data as application/json",
    "data": "send an object with customer_no or customer_id; see docs/touchpoints.md",
    "data.customer_id": "name the customer by customer_id or by customer_no, of at most 64 characters",
    "data.customer_no": "name the customer by customer_id or by customer_no, of at most 64 characters",
    "data.channel": f"send one of {', '.join(one.value for one in ContactChannel)}",
    "data.experience": f"send one of {', '.join(one.value for one in Experience)}",
    "data.case_id": "name the case by 1 to 64 characters",
    "data.case_open": "send true or false",
    "data.media_break": "send true or false",
    "data.params": "send an object with texts, numbers, true and false",
}


class TouchpointData(Said):
    """What happened to a customer, whom his id or his number names.

    Without a `channel` the type's only one is meant. `params` are the values of its sentence, `case_open` says whether
    a case is left open.
    """

    customer_id: CustomerKey | None = None
    customer_no: CustomerKey | None = None
    channel: ContactChannel | None = None
    params: Params = Field(default_factory=dict)
    experience: Experience = Experience.NEUTRAL
    case_id: _Key | None = None
    case_open: bool = False
    media_break: bool = False

    @model_validator(mode="after")
    def _one_customer(self) -> Self:
        if (self.customer_id is None) == (self.customer_no is None):
            raise ValueError("a touchpoint names the customer either by 'customer_id' or by 'customer_no'")
        if self.case_open and self.case_id is None:
            raise ValueError("what leaves a case open names it by 'case_id'")
        return self


class TouchpointEvent(BaseModel):
    """One CloudEvent that reports a touchpoint; extension attributes are passed over, as the specification wants it."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    specversion: Literal["1.0"]
    id: _Text
    source: _Text
    type: _Text
    time: Moment
    datacontenttype: Annotated[str, StringConstraints(pattern=r"^application/json\s*(;.*)?$")] | None = None
    data: TouchpointData


@dataclass(frozen=True, slots=True)
class UnreadableEvent:
    """An event that is none; `source` and `id` are empty where they cannot be read."""

    source: str
    id: str
    errors: tuple[FieldProblem, ...]


Arrived = TouchpointEvent | UnreadableEvent


def read_request(headers: Mapping[str, str], body: bytes) -> tuple[Arrived, ...]:
    """Return the events of a request; `headers` have lower-case names. Raises `InvalidMessage` when there are none."""
    kind = headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind == BATCH:
        many = _json(body)
        if not isinstance(many, list) or not 0 < len(many) <= MOST:
            raise _refused("body", f"a batch is a JSON array of 1 to {MOST} events: send more in several batches")
        return tuple(_read(one) for one in many)
    if kind == STRUCTURED:
        return (_read(_json(body)),)
    attributes = {name[len(_HEADER) :]: unquote(value) for name, value in headers.items() if name.startswith(_HEADER)}
    if "specversion" not in attributes:
        ways = f"send {STRUCTURED}, {BATCH}, or {PLAIN} with the attributes in headers ce-…"
        raise _refused("Content-Type", f"no CloudEvent: {ways}")
    if kind != PLAIN:
        raise _refused("Content-Type", f"send the data of an event in headers as {PLAIN}")
    return (_read({**attributes, "data": _json(body)}),)


def is_batch(headers: Mapping[str, str]) -> bool:
    """Whether a request is a batch, which is answered by a list."""
    return headers.get("content-type", "").partition(";")[0].strip().lower() == BATCH


def _read(plain: Any) -> Arrived:
    try:
        return TouchpointEvent.model_validate(plain)
    except ValidationError as error:
        found = error.errors(include_url=False, include_input=False)
        named = plain if isinstance(plain, dict) else {}
        problems = tuple(dict.fromkeys(_problems(found)))
        return UnreadableEvent(_name(named.get("source")), _name(named.get("id")), problems)


def _problems(errors: Iterable[ErrorDetails]) -> Iterable[FieldProblem]:
    for error in errors:
        if error["type"] == "value_error":
            # Ours: it repeats nothing of what was sent.
            yield FieldProblem(where=place_of(*error["loc"]), message=str(error["msg"]).removeprefix("Value error, "))
            continue
        # Deeper it is pydantic's own way of trying the types.
        where = place_of(*error["loc"][:3])
        if where == "body":
            message = f"an event is one JSON object: send several as {BATCH}"
        elif error["type"] == "extra_forbidden":
            message = f"nothing is known by this name: there are {', '.join(TouchpointData.model_fields)}"
        else:
            way = _WAYS_OUT.get(where) or _WAYS_OUT[where.rpartition(".")[0]]
            name = where.rpartition(".")[2]
            message = f"'{name}' {'is missing' if error['type'] == 'missing' else 'does not fit'}: {way}"
        yield FieldProblem(where=where, message=message)


def place_of(*names: int | str) -> str:
    """Return how a field is named; what does not look like a name may be anything, and is not repeated."""
    parts = [str(name) for name in names]
    return ".".join(parts if all(_NAME.match(part) for part in parts) else parts[:-1]) or "body"


def _name(value: object) -> str:
    return value if isinstance(value, str) and len(value) <= 256 else ""


def _json(body: bytes) -> Any:
    try:
        return json.loads(body, parse_constant=_no_number)
    except (ValueError, RecursionError):
        raise _refused("body", "not readable as JSON: send one JSON document in UTF-8") from None


def _no_number(_name: str) -> float:
    raise ValueError


def _refused(where: str, message: str) -> InvalidMessage:
    return InvalidMessage("the request holds no event", (FieldProblem(where=where, message=message),))
