"""Mistakes in words of our own, for every kind that a message of the contract can have."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any, Literal
from uuid import UUID

import pytest
from pydantic import AwareDatetime, BaseModel, Field, TypeAdapter, ValidationError

from nba_desktop.backend.field_words import in_words
from nba_desktop.contract.base import Moment
from nba_desktop.contract.codes import ContactChannel


class Some(BaseModel):
    name: str


@pytest.mark.parametrize(
    ("kind", "sent", "says"),
    [
        (Some, {}, "is missing: send it"),
        (Some, 7, "is no object: send {…}"),
        (UUID, "Lisa", "is no id: send a UUID"),
        (int, "Lisa", "is no whole number: send one, such as 3"),
        (bool, "Lisa", "is neither true nor false: send one of them"),
        (list[int], "Lisa", "is no list: send […]"),
        (Annotated[str, Field(min_length=2)], "L", "is too short: send at least 2 characters"),
        (Annotated[str, Field(max_length=2)], "Lisa", "is too long: send at most 2 characters"),
        (Annotated[list[int], Field(max_length=1)], [1, 2], "holds too much: send at most 1"),
        (Annotated[int, Field(ge=0)], -7, "is too small: send at least 0"),
        (Literal["1.0"], "Lisa", "is none of its values: send '1.0'"),
        (ContactChannel, "Lisa", "is none of its values: send 'phone', "),
        (AwareDatetime, "2026-03-12T09:30:00", "has no zone: "),
        (datetime, "Lisa", "is no moment: "),
        (date, "Lisa", "is no day: "),
        (Moment, "0001-01-01T00:00:00+23:00", "the moment has no place in the calendar"),
    ],
)
def test_each_kind_of_mistake_has_words_that_do_not_repeat_it(kind: Any, sent: object, says: str) -> None:
    with pytest.raises(ValidationError) as refused:
        TypeAdapter(kind).validate_python(sent)
    message = in_words(refused.value.errors()[0])
    assert message.startswith(says)
    assert "Lisa" not in message
