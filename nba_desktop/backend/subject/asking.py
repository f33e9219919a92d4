"""Erasures and corrections as other systems ask for them: a CloudEvent 1.0, as JSON or in headers, or plain JSON."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Annotated, Any, Final, TypeVar
from urllib.parse import unquote

from pydantic import Field, StringConstraints, ValidationError

from nba_desktop.backend.errors import InvalidMessage
from nba_desktop.backend.field_words import in_words
from nba_desktop.backend.subject.correction import FIELDS
from nba_desktop.backend.subject.export import LONGEST_REASON
from nba_desktop.contract.base import Said
from nba_desktop.contract.problems import FieldProblem

STRUCTURED: Final = "application/cloudevents+json"
PLAIN: Final = "application/json"

_HEADER: Final = "ce-"
_Name = Annotated[str, StringConstraints(min_length=1, max_length=256, pattern=r"^[^\x00]*$")]
_Number = Annotated[str, StringConstraints(min_length=1, max_length=64, pattern=r"^[^\x00]*$")]
_Text = Annotated[str, StringConstraints(max_length=400, pattern=r"^[^\x00]*$")]


class Asked(Said):
    """What another system asks for a customer, once by its `source` and `id`."""

    source: _Name
    id: _Name
    customer_no: _Number


class ErasureAsked(Asked):
    """Erase the customer. The reason is kept for good: it names nobody."""

    reason: Annotated[
        str, StringConstraints(min_length=1, max_length=LONGEST_REASON, pattern=r"^[^\x00]*$", strip_whitespace=True)
    ] = "asked for by another system"


class CorrectionAsked(Asked):
    """Put other values into the customer's fields; null empties one that may be empty."""

    changes: Annotated[
        dict[str, _Text | None],
        Field(min_length=1, max_length=len(FIELDS), description=f"By field: {', '.join(FIELDS)}."),
    ]


AnyAsked = TypeVar("AnyAsked", bound=Asked)


def read_asked(kind: type[AnyAsked], headers: Mapping[str, str], body: bytes) -> AnyAsked:
    """Return what a request asks for; `headers` have lower-case names. Raises `InvalidMessage`."""
    media = headers.get("content-type", "").partition(";")[0].strip().lower()
    if media not in (STRUCTURED, PLAIN):
        raise _refused("Content-Type", f"send {PLAIN} or {STRUCTURED}")
    plain = _json(body)
    if not isinstance(plain, dict):
        raise _refused("body", "send one JSON object")
    attributes: dict[str, Any] = {
        name[len(_HEADER) :]: unquote(value) for name, value in headers.items() if name.startswith(_HEADER)
    }
    data: Any = plain
    if media == STRUCTURED:
        attributes, data = plain, plain.get("data")
    if attributes:
        if attributes.get("specversion") != "1.0":
            raise _refused("specversion", "send 1.0")
        if not isinstance(data, dict):
            raise _refused("data", "send an object")
        data = {**data, "source": attributes.get("source"), "id": attributes.get("id")}
    try:
        return kind.model_validate(data)
    except ValidationError as error:
        found = error.errors(include_url=False, include_input=False)
        problems = tuple(
            FieldProblem(where=".".join(map(str, one["loc"][:2])) or "body", message=in_words(one)) for one in found
        )
        raise InvalidMessage("the request breaks the contract", problems) from None


def _json(body: bytes) -> Any:
    try:
        return json.loads(body)
    except (ValueError, RecursionError):
        raise _refused("body", "not readable as JSON: send one JSON document in UTF-8") from None


def _refused(where: str, message: str) -> InvalidMessage:
    return InvalidMessage("the request cannot be read", (FieldProblem(where=where, message=message),))
