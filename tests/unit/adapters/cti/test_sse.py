"""Server-sent events: every way to write them, every way to cut them, and nothing that makes the parser fail."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nba_desktop.adapters.cti.sse import SseEvent, SseItem, SseParser, SseProblem, SseRetry

_PIECES = [b"data", b"event", b"id", b"retry", b":", b" ", b"\r", b"\n", b"\r\n", b"\0", b"7", b"ab", b"\xef\xbb\xbf"]
_PIECES += ["ä€".encode(), b"\xc3", b"\xe2\x82", b"data: x\n\n", b"x" * 40]
STREAMS = st.lists(st.sampled_from(_PIECES) | st.binary(max_size=3), max_size=30).map(b"".join)


def parsed(data: bytes, longest: int = 1000) -> list[SseItem]:
    return SseParser(longest).feed(data)


def event(data: str, name: str = "message", last_id: str = "") -> SseEvent:
    return SseEvent(name, data, last_id)


@pytest.mark.parametrize("end", [b"\n", b"\r", b"\r\n"])
def test_any_line_end_ends_a_line(end: bytes) -> None:
    lines = [
        b"event: call",
        b"id: 7",
        b"data: one",
        b"data:two",
        b"data:  three",
        b"data",
        b"",
        b"data: next",
        b"",
        b"",
    ]
    assert parsed(end.join(lines)) == [event("one\ntwo\n three\n", "call", "7"), event("next", last_id="7")]


def test_line_ends_may_be_mixed() -> None:
    assert parsed(b"data: a\r\rdata: b\n\r\ndata: c\r\n\n") == [event("a"), event("b"), event("c")]


def test_a_byte_order_mark_is_passed_over_once() -> None:
    mark = b"\xef\xbb\xbf"
    assert parsed(mark + b"data: a\n\n") == [event("a")]
    assert parsed(b"\n" + mark + b"data: a\n\n") == []
    assert parsed(mark + mark + b"data: a\n\n") == []


def test_comments_unknown_fields_and_a_name_without_data_are_no_event() -> None:
    assert parsed(b":\n\n: beat\n\nevent: call\n\nwhat: else\nwhat\n\ndata: a\n\n") == [event("a")]


def test_an_id_holds_until_the_next_and_an_empty_one_takes_it_back() -> None:
    stream = b"id: 1\ndata: a\n\ndata: b\n\nid: 2\n\ndata: c\n\nid\ndata: d\n\n"
    assert parsed(stream) == [event("a", last_id="1"), event("b", last_id="1"), event("c", last_id="2"), event("d")]


def test_an_id_with_a_zero_byte_is_none() -> None:
    assert parsed(b"id: 1\n\nid: 2\0\ndata: a\n\n") == [event("a", last_id="1")]


@pytest.mark.parametrize("value", [b"", b"-1", b"1.5", b"1e3", "\u00b2".encode(), b"9999999999"])
def test_only_a_plain_number_is_a_wish_for_a_pause(value: bytes) -> None:
    assert parsed(b"retry: " + value + b"\n") == []
    assert parsed(b"retry: 1500\n") == [SseRetry(1500)]


def test_an_event_that_its_end_is_missing_of_is_not_told() -> None:
    assert parsed(b"data: a\n\ndata: b\n") == [event("a")]


def test_what_is_not_utf_8_is_replaced() -> None:
    assert parsed(b"data: a\xffb\n\n") == [event("a\ufffdb")]


def test_a_line_that_is_too_long_takes_its_event_with_it_and_nothing_else() -> None:
    stream = b"id: 1\ndata: a\ndata: " + b"x" * 2000 + b"\ndata: b\n\ndata: c\n\n"
    assert parsed(stream) == [SseProblem("line_too_long"), event("c")]


def test_an_event_that_is_too_long_is_dropped_and_nothing_else() -> None:
    stream = b"data: 0123456789\n" * 200 + b"\ndata: c\n\n"
    assert parsed(stream) == [SseProblem("event_too_long"), event("c")]


def test_what_never_ends_is_not_kept() -> None:
    parser = SseParser(1000)
    items = [item for _ in range(100) for item in parser.feed(b"x" * 900)]
    assert items == [SseProblem("line_too_long")]
    assert len(parser._buffer) <= 1000
    assert parser.feed(b"\n\ndata: a\n\n") == [event("a")]


@given(STREAMS, st.lists(st.integers(0, 200), max_size=8))
def test_where_a_stream_is_cut_makes_no_difference(stream: bytes, cuts: list[int]) -> None:
    parser = SseParser(30)
    places = [0, *sorted(min(cut, len(stream)) for cut in cuts), len(stream)]
    parts = [stream[begin:end] for begin, end in pairwise(places)]
    assert [item for part in parts for item in parser.feed(part)] == parsed(stream, 30)


@given(STREAMS)
def test_byte_by_byte_is_as_at_once(stream: bytes) -> None:
    parser = SseParser(30)
    assert [item for at in range(len(stream)) for item in parser.feed(stream[at : at + 1])] == parsed(stream, 30)


@given(st.binary(max_size=300), st.binary(max_size=300))
def test_after_anything_the_next_event_is_read_again(before: bytes, after: bytes) -> None:
    parser = SseParser(100)
    parser.feed(before + b"\n\n" + after + b"\n\n\n")
    found = parser.feed(b"event: call\ndata: a\n\n")
    assert [(one.name, one.data) for one in found if isinstance(one, SseEvent)] == [("call", "a")]
