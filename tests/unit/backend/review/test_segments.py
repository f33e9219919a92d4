"""Weeks that are put behind one another say the same as each of them did."""

from __future__ import annotations

from typing import Any

from nba_desktop.backend.review.segments import (
    ACTION_COLUMNS,
    CALL_COLUMNS,
    NONE,
    OBJECTION_COLUMNS,
    Segment,
    WeekRows,
    joined,
    segment_of,
)


def call(contact_id: int, agent: str, **values: Any) -> tuple[Any, ...]:
    return tuple(({"contact_id": contact_id, "agent": agent} | values).get(name) for name in CALL_COLUMNS)


def action(contact_id: int, action_id: str, **values: Any) -> tuple[Any, ...]:
    return tuple(({"contact_id": contact_id, "action_id": action_id} | values).get(name) for name in ACTION_COLUMNS)


def objection(*values: Any) -> tuple[Any, ...]:
    return tuple(
        dict(zip(("contact_id", "action_id", "objection_id"), values, strict=True))[n] for n in OBJECTION_COLUMNS
    )


FIRST = WeekRows(
    [call(1, "anna", queue="gas", arm="ranked", stratum="A", talk_s=60), call(2, "ben", opportunity=True)],
    [action(1, "A", shown=True), action(1, "B", decided=True), action(2, "B", shown=True, code="THINKING")],
    [objection(1, "B", "price"), objection(2, "B", "time")],
)
SECOND = WeekRows(
    [call(3, "carl", queue="power", concern="bill"), call(4, "anna", queue="gas", stratum="C")],
    [action(4, "C", accepted=True), action(4, "A")],
    [objection(4, "A", "time")],
)


def said(segment: Segment) -> list[Any]:
    """Everything a segment says, with names in place of their numbers."""

    def name(kind: str, number: int) -> str | None:
        return None if number == NONE else segment.names[kind][number]

    found: list[Any] = []
    kinds = {"agent": "agents", "queue": "queues", "concern": "concerns", "stratum": "actions", "arm": "arms"}
    for place in range(len(segment.calls["agent"])):
        row = {key: int(column[place]) for key, column in segment.calls.items()}
        facts = [number for number, of_call in enumerate(segment.call_of_action.tolist()) if of_call == place]
        found.append(
            (
                {key: name(kinds[key], value) if key in kinds else value for key, value in row.items()},
                [
                    (
                        name("actions", int(segment.actions["action"][fact])),
                        int(segment.actions["bits"][fact]),
                        int(segment.actions["code"][fact]),
                        [
                            name("objections", int(raised))
                            for at, raised in zip(*segment.objections.values(), strict=True)
                            if at == fact
                        ],
                    )
                    for fact in facts
                ],
            )
        )
    return found


def test_weeks_together_say_what_each_says() -> None:
    weeks = [segment_of(FIRST), segment_of(SECOND), segment_of(WeekRows([], [], []))]
    together = joined(weeks, {})
    assert said(together) == [row for week in weeks for row in said(week)]
    assert {name: column.dtype for name, column in together.calls.items()} == {
        name: column.dtype for name, column in weeks[0].calls.items()
    }


def test_names_that_are_given_have_the_first_numbers() -> None:
    weeks = [segment_of(SECOND), segment_of(FIRST)]
    first = ("none of these", *sorted(weeks[1].names["actions"]))
    together = joined(weeks, {"actions": first})
    assert together.names["actions"][: len(first)] == first
    assert said(together) == [row for week in weeks for row in said(week)]
    assert said(joined([], {"actions": first})) == []
