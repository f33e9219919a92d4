"""Further tokens on standard input take the place of the first one."""

from __future__ import annotations

import os
import time

from nba_desktop.adapters.bearer_token import BearerToken
from nba_desktop.adapters.token_lines import follow

PATIENCE_S = 10.0


def becomes(token: BearerToken, value: str) -> bool:
    until = time.monotonic() + PATIENCE_S
    while token.value != value:
        assert time.monotonic() < until, token.value
        time.sleep(0.01)
    return True


def test_each_whole_line_is_the_token_from_then_on_and_what_is_none_changes_nothing() -> None:
    token = BearerToken("first")
    source, sink = os.pipe()
    follow(token, source)
    os.close(source)
    os.write(sink, b"sec")
    os.write(sink, b"ond\nthi")
    assert becomes(token, "second")
    os.write(sink, b"rd\n\na b\n\xff\n")
    assert becomes(token, "third")
    os.write(sink, b"unfinished")
    os.close(sink)
    assert becomes(token, "third")
