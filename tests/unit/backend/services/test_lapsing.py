"""A yes that nobody confirmed lapses by itself: once, at its midnight, and never against a later word."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from nba_desktop.backend.decisions.lapsing import SOURCE, Lapsing
from nba_desktop.backend.store.schema.outcomes import outcomes
from nba_desktop.contract.codes import OutcomeCode, ResponseCode, TeaserState
from tests.fakes.backend_calls import in_call, outcome, report, response, retraction, shown, tell
from tests.fakes.backend_services import Services, open_services
from tests.fakes.backend_site import NOW, PORTAL_CATALOGUE

pytestmark = pytest.mark.usefixtures("each_store")


def lapse(services: Services) -> int:
    return Lapsing(services.store, services.catalogues, services.outcomes, services.clock).run()


def say(services: Services, *codes: ResponseCode) -> None:
    """A call in which these answers follow one another."""
    view = in_call(services)
    answers = [
        response(view, "SALES_SOLAR", code, seq, NOW + timedelta(seconds=seq))
        for seq, code in enumerate(codes, start=3)
    ]
    assert tell(services, *answers) == ["accepted"] * len(answers)


def lapsed(services: Services) -> Sequence[tuple[str, str, datetime]]:
    with services.store._database.reading() as connection:
        rows = connection.execute(select(outcomes).where(outcomes.c.code == OutcomeCode.PENDING_LAPSED.value)).all()
    return [(row.source, row.action_id, row.at) for row in rows]


@pytest.fixture
def pending(real: Services) -> Services:
    view = in_call(real)
    assert tell(real, response(view, "SALES_SOLAR", ResponseCode.ACCEPTED_PENDING)) == ["accepted"]
    return real


@pytest.mark.parametrize(("days", "lapses"), [(0, 0), (13, 0), (14, 1), (40, 1)])
def test_it_lapses_on_the_fourteenth_day_at_midnight_of_the_site(pending: Services, days: int, lapses: int) -> None:
    pending.clock.now = NOW + timedelta(days=days)
    assert lapse(pending) == lapses
    # 26 March in Berlin begins an hour earlier in UTC.
    assert lapsed(pending) == [(SOURCE, "SALES_SOLAR", datetime(2026, 3, 25, 23, tzinfo=UTC))] * lapses


def test_it_lapses_once_however_often_and_by_whom_it_is_asked(pending: Services) -> None:
    pending.clock.now = NOW + timedelta(days=20)
    assert [lapse(pending), lapse(pending)] == [1, 0]
    pending.clock.now += timedelta(days=60)
    assert lapse(pending) == 0
    assert len(lapsed(pending)) == 1


def test_after_it_calls_and_portal_offer_again(pending: Services) -> None:
    pending.clock.now = NOW + timedelta(days=14)
    assert lapse(pending) == 1
    teasers = pending.teasers.teasers(pending.portal, "c-lisa", "home", None).teasers
    assert {one.action_id: one.state for one in teasers}["SALES_SOLAR"] is TeaserState.OFFER
    assert "SALES_SOLAR" in shown(in_call(pending))


@pytest.mark.parametrize(
    "code", [OutcomeCode.COMPLETED, OutcomeCode.REVOKED, OutcomeCode.CANCELLED_BY_CUSTOMER, OutcomeCode.PENDING_LAPSED]
)
def test_what_has_an_outcome_does_not_lapse(pending: Services, code: OutcomeCode) -> None:
    assert report(pending, outcome(NOW.replace(hour=0), code)) == ["accepted"]
    pending.clock.now = NOW + timedelta(days=20)
    assert lapse(pending) == 0


def test_a_teaser_that_was_seen_is_no_outcome_of_it(pending: Services) -> None:
    teasers = pending.teasers.teasers(pending.portal, "c-lisa", "home", None)
    seen = outcome(NOW, OutcomeCode.TEASER_SEEN, teasers.decision_id, action_id="SALES_BOX")
    assert report(pending, seen) == ["accepted"]
    pending.clock.now = NOW + timedelta(days=20)
    assert lapse(pending) == 1


@pytest.mark.parametrize("later", [ResponseCode.ACCEPTED_DONE, ResponseCode.DECLINED_PRICE, ResponseCode.THINKING])
def test_a_later_word_replaces_it(real: Services, later: ResponseCode) -> None:
    say(real, ResponseCode.ACCEPTED_PENDING, later)
    real.clock.now = NOW + timedelta(days=20)
    assert lapse(real) == 0


def test_what_was_taken_back_does_not_lapse(real: Services) -> None:
    view = in_call(real)
    yes = response(view, "SALES_SOLAR", ResponseCode.ACCEPTED_PENDING)
    assert tell(real, yes, retraction(view, yes)) == ["accepted", "accepted"]
    real.clock.now = NOW + timedelta(days=20)
    assert lapse(real) == 0


@pytest.mark.parametrize(
    ("of_action", "days", "lapses"), [("", 4, 0), ("", 5, 1), ("3", 3, 1), ("forever", 400, 0), ("forever", 5, 0)]
)
def test_the_catalogue_says_how_long_for_the_site_and_for_an_action(
    tmp_path: Path, of_action: str, days: int, lapses: int
) -> None:
    words = PORTAL_CATALOGUE.read_text(encoding="utf-8")
    words = words.replace("ACCEPTED_DONE: 365", "ACCEPTED_DONE: 365, ACCEPTED_PENDING: 5")
    if of_action:
        own = f"    cool_down: {{ACCEPTED_PENDING: {of_action}}}\n"
        words = words.replace("  - id: SALES_SOLAR\n", f"  - id: SALES_SOLAR\n{own}")
    catalogue = tmp_path / "catalogue.yaml"
    catalogue.write_text(words, encoding="utf-8")
    with open_services(tmp_path, catalogue) as services:
        yes = response(in_call(services), "SALES_SOLAR", ResponseCode.ACCEPTED_PENDING)
        assert tell(services, yes) == ["accepted"]
        services.clock.now = NOW + timedelta(days=days)
        assert lapse(services) == lapses


def test_more_than_one_transaction_holds_lapse_at_once(real: Services, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("nba_desktop.backend.decisions.lapsing._AT_A_TIME", 1)
    view = in_call(real)
    for seq, action_id in enumerate(("SALES_SOLAR", "SRV_BILL"), start=3):
        assert tell(real, response(view, action_id, ResponseCode.ACCEPTED_PENDING, seq)) == ["accepted"]
    real.clock.now = NOW + timedelta(days=20)
    assert lapse(real) == 2
