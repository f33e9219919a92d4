"""Touchpoints of a file; the source and its id say which it is, and late ones find their place by their moment."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from nba_desktop.backend.arrivals.following import Following
from nba_desktop.backend.decisioning.vocabulary import Vocabulary
from nba_desktop.backend.importing.judging import (
    ADDED,
    CHANGED,
    REFUSED,
    UNCHANGED,
    Context,
    Judged,
    Owners,
    Verdict,
)
from nba_desktop.backend.importing.reading import Rows
from nba_desktop.backend.journey.keys import touchpoint_key
from nba_desktop.backend.model import TouchpointRecord
from nba_desktop.backend.ports.unit import Unit
from nba_desktop.contract.codes import ContactChannel, Experience

_COLUMNS = ("customer_id", "at", "channel", "type", "params", "experience", "case_id", "case_open", "media_break")


class TouchpointKind:
    """Judges touchpoints."""

    def __init__(self, context: Context, vocabulary: Vocabulary, following: Following) -> None:
        self._context = context
        self._following = following
        self._params = {code: frozenset(one.params) for code, one in vocabulary.touchpoint_types.items()}
        self._happens = {(code, way.value) for code, one in vocabulary.touchpoint_types.items() for way in one.channels}

    def judge(self, unit: Unit, rows: Rows) -> Judged:
        """Say what becomes of each row."""
        fields, count = rows.fields, len(rows.lines)
        source = self._context.source
        ids = [touchpoint_key(source, one) for one in fields["id"]]
        owners = Owners(unit, fields["customer_no"], self._context)
        customer_ids = owners.ids()
        known = unit.site_data.touchpoints(ids)
        values = zip(
            rows.lines,
            ids,
            fields["customer_no"],
            fields["at"],
            fields["channel"],
            fields["type"],
            self._params_of(fields["type"], rows.params),
            _or(fields.get("experience"), "neutral", count),
            fields.get("case_id") or [None] * count,
            _or(fields.get("case_open"), False, count),
            _or(fields.get("media_break"), False, count),
            strict=True,
        )
        added: dict[str, tuple[Any, ...]] = {}
        changed: dict[str, tuple[Any, ...]] = {}
        touched: set[str] = set()
        verdicts = []
        for line, key, of, at, channel, kind, *rest in values:
            customer_id = customer_ids.get(of)
            if customer_id is None:
                verdicts.append(owners.refusal(line, of))
                continue
            if (kind, channel) not in self._happens:
                verdicts.append(Verdict(line, REFUSED, f"'{kind}' does not happen by '{channel}'"))
                continue
            after = (customer_id, at, channel, kind, *rest)
            before = known.get(key)
            if after == before:
                verdicts.append(Verdict(line, UNCHANGED))
                continue
            known[key] = after
            touched.add(customer_id)
            if before is None:
                added[key] = after
                verdicts.append(Verdict(line, ADDED))
            else:
                touched.add(before[0])
                (added if key in added else changed)[key] = after
                verdicts.append(Verdict(line, CHANGED))

        def write(unit: Unit) -> None:
            # In the order of the largest index, which is by customer and moment.
            placed = sorted(added.items(), key=lambda one: one[1][:2])
            columns = _by_column([values for _, values in placed])
            unit.site_data.add_touchpoints({"touchpoint_id": [key for key, _ in placed], **columns})
            unit.site_data.change_touchpoints(list(changed), _by_column(list(changed.values())))
            unit.site_data.forget_features(touched)
            since = self._following.since()
            self._following.follow(unit, [_record(key, values) for key, values in placed if values[1] >= since])

        return Judged(verdicts, write)

    def _params_of(self, types: Sequence[str], params: Mapping[str, Sequence[Any]]) -> list[str]:
        """Return the params of each row as they are kept: those that its type has and that are there."""
        if not params:
            return ["{}"] * len(types)
        names = tuple(params)
        written: dict[tuple[Any, ...], str] = {}
        found = []
        for row in zip(types, *params.values(), strict=True):
            text = written.get(row)
            if text is None:
                kept = self._params[row[0]]
                told = zip(names, row[1:], strict=True)
                text = written[row] = json.dumps(
                    {name: _plain(value) for name, value in told if value is not None and name in kept},
                    ensure_ascii=False,
                )
            found.append(text)
        return found


def _record(key: str, values: tuple[Any, ...]) -> TouchpointRecord:
    customer_id, at, channel, kind, params, experience, case_id, case_open, media_break = values
    return TouchpointRecord(
        touchpoint_id=key,
        customer_id=customer_id,
        at=at,
        channel=ContactChannel(channel),
        type=kind,
        params=json.loads(params),
        experience=Experience(experience),
        case_id=case_id,
        case_open=case_open,
        media_break=media_break,
    )


def _plain(value: Any) -> Any:
    """Return a param as JSON keeps it: 3 and not 3.0, and a day as text."""
    if isinstance(value, float):
        return int(value) if value.is_integer() else value
    return value if isinstance(value, str) else value.isoformat()


def _or(values: Sequence[Any] | None, unsaid: Any, count: int) -> Sequence[Any]:
    if values is None:
        return [unsaid] * count
    return [unsaid if one is None else one for one in values] if None in values else values


def _by_column(rows: list[tuple[Any, ...]]) -> dict[str, Sequence[Any]]:
    columns = zip(*rows, strict=True) if rows else ((),) * len(_COLUMNS)
    return dict(zip(_COLUMNS, columns, strict=True))
