"""Every table, every column and every field of an event is declared: nothing new is forgotten."""

from __future__ import annotations

from typing import get_args

import pytest

from nba_desktop.backend.store.schema.metadata import metadata
from nba_desktop.backend.subject.event_fields import COMMON_FIELDS, EVENT_FIELDS
from nba_desktop.backend.subject.export import SECTIONS
from nba_desktop.backend.subject.tables import HIDDEN_COLUMNS, OTHER_TABLES, SUBJECT_TABLES, Erasure
from nba_desktop.contract.events import AnyEvent, ContactEvent

EVENTS = {event.model_fields["type"].default: event for event in get_args(get_args(AnyEvent)[0])}


def test_every_table_is_exported_or_says_why_not() -> None:
    assert set(SUBJECT_TABLES) | set(OTHER_TABLES) == set(metadata.tables)
    assert not set(SUBJECT_TABLES) & set(OTHER_TABLES)
    assert all(OTHER_TABLES.values())


def test_no_table_that_names_a_customer_stays_out() -> None:
    naming = {
        name
        for name, table in metadata.tables.items()
        if {"customer_id", "customer_no", "number_e164", "e164"} & set(table.columns.keys())
    }
    assert naming <= set(SUBJECT_TABLES)


def test_every_declared_table_has_a_section() -> None:
    sections = {one.section for one in SUBJECT_TABLES.values()}
    assert len(sections) == len(SUBJECT_TABLES)
    assert sections | {"value", "facts", "wordings"} == set(SECTIONS)


def test_what_is_emptied_and_what_is_hidden_is_there() -> None:
    for name, table in SUBJECT_TABLES.items():
        assert set(table.emptied) <= set(metadata.tables[name].columns.keys())
        assert not table.emptied or table.erasure is Erasure.UNLINKED
    columns = {column.name for name in SUBJECT_TABLES for column in metadata.tables[name].c}
    assert set(HIDDEN_COLUMNS) <= columns


@pytest.mark.parametrize("name", sorted(EVENTS))
def test_every_field_of_an_event_says_whether_it_is_personal(name: str) -> None:
    assert set(EVENT_FIELDS[name]) == set(EVENTS[name].model_fields) - COMMON_FIELDS


def test_no_field_is_declared_of_an_event_that_there_is_not() -> None:
    assert set(EVENT_FIELDS) == set(EVENTS)
    assert {*ContactEvent.model_fields, "type"} == COMMON_FIELDS
