"""CloudEvents as they come over HTTP; whatever is wrong is named with the field and the way out."""

from __future__ import annotations

import json
from typing import Any

import pytest

from nba_desktop.backend.arrivals.cloud_event import BATCH, MOST, TouchpointEvent, UnreadableEvent, read_request
from nba_desktop.backend.errors import InvalidMessage
from tests.fakes.backend_arrivals import plain_event, structured


def test_one_event_is_the_same_as_json_in_headers_and_in_a_batch() -> None:
    event = plain_event(effective_date="2026-04-01", source="urn:crm ä")
    headers = {
        "content-type": "application/json; charset=utf-8",
        **{f"ce-{name}": str(event[name]) for name in ("specversion", "id", "type", "time")},
        "ce-source": "urn:crm%20%C3%A4",
    }
    (one,) = structured(event)
    assert isinstance(one, TouchpointEvent)
    assert read_request(headers, json.dumps(event["data"]).encode()) == (one,)
    many = read_request({"content-type": BATCH}, json.dumps([event, event | {"id": "e-2"}]).encode())
    assert many == (one, one.model_copy(update={"id": "e-2"}))


def test_extension_attributes_are_passed_over() -> None:
    (one,) = structured(plain_event() | {"traceparent": "00-1", "subject": "x"})
    assert isinstance(one, TouchpointEvent)


@pytest.mark.parametrize(
    ("changes", "where", "says"),
    [
        ({"specversion": "0.3"}, "specversion", "send 1.0"),
        ({"id": ""}, "id", "unique for the source"),
        ({"source": 7}, "source", "name the system"),
        ({"time": "yesterday"}, "time", "RFC 3339"),
        ({"time": "2026-03-12T09:30:00"}, "time", "with a zone"),
        ({"datacontenttype": "text/xml"}, "datacontenttype", "application/json"),
        ({"data": "x"}, "data", "customer_no"),
        ({"data": {}}, "data", "either by 'customer_id' or by 'customer_no'"),
        ({"data": {"customer_no": "1", "case_open": True}}, "data", "case_id"),
        ({"data": {"customer_no": "1", "channel": "fax"}}, "data.channel", "one of phone"),
        ({"data": {"customer_no": "1", "name": "Lisa"}}, "data.name", "there are customer_id"),
        ({"data": {"customer_no": "1", "Lisa": "x"}}, "data", "there are customer_id"),
        ({"data": {"customer_no": ""}}, "data.customer_no", "at most 64 characters"),
        ({"data": {"customer_no": "1", "case_open": "perhaps"}}, "data.case_open", "send true or false"),
        ({"data": {"customer_no": "1", "params": {"kwh": []}}}, "data.params.kwh", "an object with texts"),
        ({"data": {"customer_no": "1", "params": {"Lisa": []}}}, "data.params", "an object with texts"),
    ],
)
def test_what_breaks_the_contract_is_named_with_the_way_out(changes: dict[str, Any], where: str, says: str) -> None:
    (one,) = structured(plain_event() | changes)
    assert isinstance(one, UnreadableEvent)
    assert (one.errors[0].where, one.id) == (where, "" if "id" in changes else "e-1")
    assert says in one.errors[0].message
    assert len(one.errors) == 1
    assert "Lisa" not in str(one.errors)


@pytest.mark.parametrize(
    ("plain", "says"),
    [
        ({}, "'specversion' is missing: send 1.0"),
        (plain_event() | {"time": "2026-03-12T09:30:00"}, "'time' does not fit: say when it happened, in RFC 3339"),
        (plain_event() | {"data": {"channel": "fax"}}, "'channel' does not fit: send one of phone, "),
        ([plain_event()], f"an event is one JSON object: send several as {BATCH}"),
    ],
)
def test_a_mistake_is_said_in_words_of_our_own(plain: Any, says: str) -> None:
    (one,) = structured(plain)
    assert isinstance(one, UnreadableEvent)
    assert one.errors[0].message.startswith(says)


def test_what_is_no_object_has_no_name() -> None:
    (one,) = structured([1])
    assert isinstance(one, UnreadableEvent)
    assert (one.source, one.errors[0].where) == ("", "body")


@pytest.mark.parametrize(
    ("headers", "body", "where"),
    [
        ({}, b"{}", "Content-Type"),
        ({"content-type": "application/json"}, b"{}", "Content-Type"),
        ({"content-type": "text/plain", "ce-specversion": "1.0"}, b"x", "Content-Type"),
        ({"content-type": BATCH}, b"{}", "body"),
        ({"content-type": BATCH}, b"[]", "body"),
        ({"content-type": BATCH}, json.dumps([1] * (MOST + 1)).encode(), "body"),
        ({"content-type": BATCH}, b"[NaN]", "body"),
        ({"content-type": BATCH}, b"[" * 100_000, "body"),
        ({"content-type": BATCH}, b"\xff", "body"),
    ],
)
def test_a_request_without_events_is_refused_as_a_whole(headers: dict[str, str], body: bytes, where: str) -> None:
    with pytest.raises(InvalidMessage) as refused:
        read_request(headers, body)
    assert [one.where for one in refused.value.errors] == [where]
