"""Bytes become messages, however they are cut, and whatever else is among them."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nba_desktop.adapters.cti.ami_protocol import (
    MAX_LINE,
    MAX_MESSAGE,
    AmiGreeting,
    AmiItem,
    AmiMessage,
    AmiParser,
    AmiProblem,
)
from tests.fakes.calls import recording, recordings

PING = b"Response: Success\r\nPing: Pong\r\n\r\n"
PONG = AmiMessage((("Response", "Success"), ("Ping", "Pong")))


def fed(*chunks: bytes) -> list[AmiItem]:
    parser = AmiParser()
    return [item for chunk in chunks for item in parser.feed(chunk)]


def test_the_greeting_has_no_blank_line_after_it() -> None:
    assert fed(b"Asterisk Call Manager/11.0.0\r\n" + PING) == [AmiGreeting("11.0.0"), PONG]


def test_a_key_may_come_several_times_and_without_a_value() -> None:
    (message,) = fed(b"ChanVariable: a=1\r\nAccountCode: \r\nChanVariable: b: 2\r\n\r\n")
    assert isinstance(message, AmiMessage)
    assert message.all("ChanVariable") == ("a=1", "b: 2")
    assert (message.get("ChanVariable"), message.get("AccountCode"), message.get("Nothing")) == ("a=1", "", "")


def test_blank_lines_between_messages_mean_nothing() -> None:
    assert fed(b"\r\n\r\n" + PING + b"\r\n" + PING) == [PONG, PONG]


def test_an_unfinished_message_is_not_given_out() -> None:
    assert fed(PING[:-2]) == []


def test_a_recording_is_read_the_same_when_cut_at_any_byte() -> None:
    data = recording("12")
    whole = fed(data)
    assert sum(isinstance(item, AmiMessage) for item in whole) == data.count(b"\r\nEvent: ") + 1
    assert not any(isinstance(item, AmiProblem) for item in whole)
    assert fed(*(data[at : at + 1] for at in range(len(data)))) == whole
    # Two pieces leave other remainders than single bytes do; what a message is repeats after the first few.
    begin = data[:2000]
    for cut in range(len(begin)):
        assert fed(begin[:cut], begin[cut:]) == fed(begin)


@pytest.mark.parametrize("path", recordings(), ids=lambda path: path.name[:2])
def test_a_recording_is_read_the_same_in_pieces_of_any_size(path: object) -> None:
    data = next(one for one in recordings() if one == path).read_bytes()
    sizes = random.Random(path.name if hasattr(path, "name") else 0)
    chunks, at = [], 0
    while at < len(data):
        size = sizes.choice((1, 2, 7, 80, 1400))
        chunks.append(data[at : at + size])
        at += size
    assert fed(*chunks) == fed(data)


def test_a_line_of_a_megabyte_is_dropped_with_its_message_and_reading_goes_on() -> None:
    long = b"Event: Newstate\r\nCallerIDName: " + b"x" * 1_000_000 + b"\r\nUniqueid: 1.1\r\n\r\n"
    assert fed(long + PING) == [AmiProblem("line_too_long"), PONG]


def test_a_line_too_long_is_dropped_with_the_lines_after_it_wherever_it_is_cut() -> None:
    line = b"Event: A\r\nB: " + b"x" * (MAX_LINE + 1)
    rest = b"\r\nUniqueid: 1.1\r\n\r\n" + PING
    for cut in range(len(line) - 1, len(line) + 4):
        data = line + rest
        assert fed(data[:cut], data[cut:]) == [AmiProblem("line_too_long"), PONG]


def test_the_longest_line_that_is_allowed_is_read() -> None:
    value = b"x" * (MAX_LINE - len(b"Key: "))
    assert fed(b"Key: " + value + b"\r\n\r\n") == [AmiMessage((("Key", value.decode()),))]


def test_an_endless_line_takes_no_memory() -> None:
    parser = AmiParser()
    items = [item for _ in range(100) for item in parser.feed(b"x" * MAX_LINE)]
    assert items == [AmiProblem("line_too_long")]
    assert len(parser._buffer) <= MAX_LINE


def test_a_message_that_is_too_long_is_dropped_and_reading_goes_on() -> None:
    line = b"Key: " + b"x" * 10_000 + b"\r\n"
    assert fed(line * (MAX_MESSAGE // len(line) + 1) + b"\r\n" + PING) == [AmiProblem("message_too_long"), PONG]


def test_garbage_is_reported_once_per_message_and_the_rest_is_read() -> None:
    garbage = b"\x00\xff\xfe: binary\r\nno colon here\r\nEvent: Hold\r\n\r\n"
    assert fed(garbage + PING) == [AmiProblem("malformed_line"), AmiMessage((("Event", "Hold"),)), PONG]


def test_bytes_that_are_not_utf_8_become_replacement_characters() -> None:
    assert fed(b"Name: M\xfcller\r\n\r\n") == [AmiMessage((("Name", "M�ller"),))]


def test_a_single_line_feed_in_a_value_does_not_start_a_new_field() -> None:
    (message,) = fed(b"CallerIDName: x\nEvent: Hangup\r\n\r\n")
    assert isinstance(message, AmiMessage)
    assert message.get("Event") == ""


def test_a_page_of_another_protocol_is_garbage_not_a_crash() -> None:
    page = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<html>\r\n"
    assert AmiProblem("malformed_line") in fed(page)


@given(st.lists(st.binary(max_size=200) | st.sampled_from([b"\r", b"\n", b"\r\n", b"\r\n\r\n", PING])))
def test_no_bytes_raise_and_the_cut_never_matters(chunks: list[bytes]) -> None:
    assert fed(*chunks) == fed(b"".join(chunks))
    # Whatever came before: after two blank lines the next message is read.
    assert fed(*chunks, b"\r\n\r\n\r\n", PING)[-1] == PONG
