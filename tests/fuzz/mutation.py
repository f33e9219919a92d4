"""Hostile inputs made of good ones: cut, doubled, spliced, and sprinkled with what parsers stumble over."""

from __future__ import annotations

import random
from collections.abc import Sequence
from typing import Final

LONGEST: Final = 4096

_STUMBLING: Final = (
    b"\r\n", b"\r\n\r\n", b"\n", b"\r", b"\0", b":", b": ", b"=", b"&", b"%", b"%00", b"%zz", b"%F0%9F", b"+", b"++49",
    b"0049", b"00", b"anonymous", b"<unknown>", b"\xff\xfe", b"\xc3", b"\xed\xa0\x80", b"\xef\xbb\xbf", b"{", b"}",
    b"[" * 40, b'"', b"\\u0000", b"\\ud800", b"null", b"true", b"-1", b"1e999", b"NaN", b"9" * 60, b"Event: Newchannel",
    b"Uniqueid: ", b"Linkedid: ", b"ChannelState: 5", b"Channel: PJSIP/agent1-00000001", b"Event: Hangup", b";1", b"..",
    "٣٤٥".encode(), "Ａ".encode(), "\u2028".encode(), b" " * 200, b"A" * 2000,
)  # fmt: skip


def mutated(seeds: Sequence[bytes], chance: random.Random) -> bytes:
    """Return one input of at most `LONGEST` bytes, or a little more."""
    if chance.random() < 0.05:
        return chance.randbytes(chance.randrange(200))
    data = bytearray(_window(chance.choice(seeds), chance))
    for _ in range(chance.choice((1, 1, 2, 3, 8))):
        _change(data, seeds, chance)
        del data[LONGEST:]
    return bytes(data)


def _window(seed: bytes, chance: random.Random) -> bytes:
    """A part of a seed that is too long, from the beginning of a message where it has messages."""
    if len(seed) <= LONGEST:
        return seed
    begin = seed.find(b"\r\n\r\n", chance.randrange(len(seed) - LONGEST))
    return seed[begin + 4 : begin + 4 + LONGEST] if begin >= 0 else seed[:LONGEST]


def _change(data: bytearray, seeds: Sequence[bytes], chance: random.Random) -> None:
    at = chance.randrange(len(data) + 1)
    end = min(len(data), at + chance.choice((1, 2, 4, 16, 200)))
    match chance.randrange(7):
        case 0 if at < len(data):
            data[at] ^= 1 << chance.randrange(8)
        case 1:
            data[at:at] = chance.choice(_STUMBLING)
        case 2:
            del data[at:end]
        case 3:
            data[at:at] = data[at:end]
        case 4:
            other = chance.choice(seeds)
            begin = chance.randrange(len(other) + 1)
            data[at:end] = other[begin : begin + chance.choice((1, 8, 64, 512))]
        case 5:
            del data[at:]
        case _:
            data[at:end] = chance.randbytes(end - at)
