"""The head of the journey."""

from __future__ import annotations

from nba_desktop.backend.journey.head import LONGEST, journey_head
from tests.fakes.decisions import NOW, touchpoint


def test_the_newest_come_first_and_all_are_counted() -> None:
    many = tuple(touchpoint(day, "call_solved", topic="bill", touchpoint_id=f"t{day}") for day in range(1, 90))
    head = journey_head(many, NOW)
    assert head.total == 89
    assert len(head.touchpoints) == LONGEST == 60
    assert [one.touchpoint_id for one in head.touchpoints[:3]] == ["t1", "t2", "t3"]


def test_nothing_yet_to_come_is_shown() -> None:
    head = journey_head((touchpoint(-2, "appointment", topic="heating"), touchpoint(2, "chat", "chat")), NOW)
    assert (head.total, [one.type for one in head.touchpoints]) == (1, ["chat"])


def test_an_empty_journey_is_a_journey() -> None:
    head = journey_head((), NOW)
    assert (head.total, head.touchpoints, head.media_breaks) == (0, (), ())


def test_everything_known_of_a_touchpoint_goes_along() -> None:
    record = touchpoint(
        3, "call_open", topic="bill", experience="negative", case_id="c", case_open=True, media_break=True
    )
    (one,) = journey_head((record,), NOW).touchpoints
    assert one.model_dump(exclude={"touchpoint_id"}) == {
        "at": record.at,
        "channel": "phone",
        "type": "call_open",
        "params": {"topic": "bill"},
        "experience": "negative",
        "case_id": "c",
        "case_open": True,
        "media_break": True,
        "word": None,
        "crm_url": None,
        "sentence": None,
    }
