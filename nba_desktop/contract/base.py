"""The two kinds of messages, and the field types they share."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Annotated, Literal
from uuid import UUID

import uuid6
from pydantic import AfterValidator, AwareDatetime, BaseModel, ConfigDict, Field, StringConstraints

Language = Literal["de", "en"]


class Said(BaseModel):
    """What the panel says: unknown keys are an error, so that nothing said is dropped unread."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Answer(BaseModel):
    """What the backend answers: unknown keys are ignored, so that an older panel reads a newer backend."""

    model_config = ConfigDict(frozen=True, extra="ignore")


def _to_utc(moment: datetime) -> datetime:
    try:
        return moment.astimezone(UTC)
    except OverflowError as error:
        raise ValueError("the moment has no place in the calendar of UTC") from error


Moment = Annotated[AwareDatetime, AfterValidator(_to_utc)]
"""A point in time with zone, always UTC on the wire and in the store."""

FIRST_DAY = date(1900, 1, 1)
LAST_DAY = date(2999, 12, 31)
"""Between them days can be reckoned with: years before and after there are days, too."""

CalendarDay = Annotated[date, Field(ge=FIRST_DAY, le=LAST_DAY)]

Code = Annotated[str, StringConstraints(pattern=r"^[A-Za-z][A-Za-z0-9_.\-]{0,63}$")]
"""A stable identifier from a catalogue or a table of codes; never shown as it is."""

ShortText = Annotated[str, StringConstraints(max_length=500)]

Params = dict[str, str | int | float | bool | None]
"""Values for a code's sentence; the side that shows it formats them by locale."""

Count = Annotated[int, Field(ge=0)]


def new_id() -> UUID:
    """A UUIDv7: made where the fact happens, sortable by time, unique without asking anyone."""
    return uuid6.uuid7()
