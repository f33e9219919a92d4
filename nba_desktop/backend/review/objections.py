"""Which objections may be shown of a person: none that was raised too rarely, nor one that others would give away.

A part has as many decided presentations as any figure of a person needs; what is told of an objection in it is of as
many calls as figures of a group are of agents, so that none of them is told of. Each objection in each part of a person
has a table of its own of everything that can be asked for.
"""

from __future__ import annotations

import math
from typing import Final

import numpy as np

from nba_desktop.backend.arrays import BoolArray, IntArray
from nba_desktop.backend.review.counting import Ready
from nba_desktop.backend.review.counts import Sieve
from nba_desktop.backend.review.details import objections_of
from nba_desktop.backend.review.protection import place_in, show_persons

_AT_ONCE: Final = 1_000_000
"""Figures that are looked through at once."""


def told_of_persons(ready: Ready, sieve: Sieve, alone: BoolArray, least: int) -> BoolArray:
    """Return which objections may be shown of each part under a filter; parts × objections.

    `alone` says of which parts anything may be shown.
    """
    names, segment = ready.names, ready.segment
    objections, objection = objections_of(segment)
    found = np.zeros(len(alone) * len(objections), np.bool_)
    place = place_in(names, sieve)
    if place is not None:
        fact = segment.objections["fact"]
        call = ready.call[fact]
        pair = ready.line[call] * len(objections) + objection
        shape = (len(names.actions), len(names.queues) + 1, len(names.concerns) + 1)
        cell = (ready.action[fact] * np.intp(shape[1]) + ready.queue[call]) * shape[2] + ready.concern[call]
        # Few are raised that often at all: only of these it is worth to look through everything.
        often = np.bincount(pair, minlength=len(found)) >= least
        pairs = np.flatnonzero(often & np.repeat(alone, len(objections)))
        step = max(1, _AT_ONCE // max(1, math.prod(shape)))
        for begin in range(0, len(pairs), step):
            some = pairs[begin : begin + step]
            number = np.full(len(found), -1)
            number[some] = np.arange(len(some))
            inside = number[pair] >= 0
            key = number[pair[inside]] * math.prod(shape) + cell[inside]
            counts: IntArray = np.bincount(key, minlength=len(some) * math.prod(shape)).reshape(len(some), *shape)
            shown = np.zeros((len(some), *(width + 1 for width in shape)), np.bool_)
            show_persons(shown, counts, np.arange(len(some)), least)
            found[some] = shown[:, *place]
    return found.reshape(len(alone), len(objections))
