"""What waits for a confirmation follows from what was said and what became of it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from nba_desktop.backend.decisioning.loader import load_catalogue_files
from nba_desktop.backend.decisioning.pending import pending_yes
from nba_desktop.backend.model import PastResponse
from nba_desktop.contract.codes import OutcomeCode, ResponseCode
from tests.fakes.backend_site import NOW, PORTAL_CATALOGUE

CATALOGUE = load_catalogue_files({"catalogue.yaml": PORTAL_CATALOGUE.read_text(encoding="utf-8")})
YES = ResponseCode.ACCEPTED_PENDING
SILENT = [
    ResponseCode.NOT_ADDRESSED_MOOD,
    ResponseCode.WRONG_DATA,
    ResponseCode.CALL_DROPPED,
    ResponseCode.NO_CODE,
    OutcomeCode.TEASER_SEEN,
    OutcomeCode.TEASER_CLICKED,
    OutcomeCode.TEASER_DISMISSED,
]
ENDING = [one for one in (*ResponseCode, *OutcomeCode) if one not in SILENT and one is not YES]


def said(code: ResponseCode | OutcomeCode, hours: float = 0, action_id: str = "SALES_SOLAR") -> PastResponse:
    return PastResponse(action_id, code, NOW + timedelta(hours=hours))


@pytest.mark.parametrize("code", SILENT)
def test_what_says_nothing_leaves_it(code: ResponseCode | OutcomeCode) -> None:
    (one,) = pending_yes([said(YES), said(code, 24)], CATALOGUE)
    assert (one.action_id, one.at) == ("SALES_SOLAR", NOW)


@pytest.mark.parametrize(
    "code", [one for one in ENDING if one.value not in {"NOT_ADDRESSED_TIME", "NOT_ADDRESSED_UNSUITABLE"}]
)
def test_a_later_word_or_outcome_ends_it(code: ResponseCode | OutcomeCode) -> None:
    assert pending_yes([said(YES), said(code, 24)], CATALOGUE) == ()
    assert len(pending_yes([said(code), said(YES, 24)], CATALOGUE)) == 1


def test_a_day_without_its_hour_comes_after_the_call_of_that_day() -> None:
    assert pending_yes([said(OutcomeCode.COMPLETED, -9), said(YES)], CATALOGUE) == ()


def test_of_the_household_nothing_is_ones_own_to_confirm() -> None:
    others = PastResponse("SALES_SOLAR", YES, NOW, household=True)
    assert pending_yes([others], CATALOGUE) == ()


def test_an_action_that_was_taken_out_waits_as_long_as_the_site_says() -> None:
    (one,) = pending_yes([said(YES, action_id="GONE")], CATALOGUE)
    assert one.until == NOW.date() + timedelta(days=14)
    assert not one.has_lapsed(NOW.date() + timedelta(days=13))
    assert one.has_lapsed(NOW.date() + timedelta(days=14))
