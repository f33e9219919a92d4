"""Consents of a week: a call counts once, and what became of it is of those that were given then."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import UUID

from nba_desktop.backend.review.site.consents import After, consent_rates
from nba_desktop.backend.rows.site_figures import ConsentSaid
from nba_desktop.contract.codes import ConsentChannel, ConsentEventType, ConsentPurpose
from nba_desktop.contract.review import Rate

AT = datetime(2026, 2, 17, 9, tzinfo=UTC)
ASKED, GRANTED, REFUSED = ConsentEventType.ASKED, ConsentEventType.GRANTED, ConsentEventType.REFUSED
CONFIRMED, WITHDRAWN = ConsentEventType.DOI_CONFIRMED, ConsentEventType.WITHDRAWN
EMAIL, PHONE = ConsentChannel.EMAIL, ConsentChannel.PHONE


def said(
    call: int,
    event: ConsentEventType,
    channel: ConsentChannel = EMAIL,
    agent: str | None = None,
    at: datetime = AT,
) -> ConsentSaid:
    who = f"A-{call % 9}" if agent is None else agent
    return ConsentSaid(f"c-{call}", ConsentPurpose.ADV_OWN, channel, event, at, UUID(int=call), who)


def counted(rate: Rate) -> tuple[int | None, int | None]:
    return rate.successes, rate.trials


def test_each_purpose_and_channel_has_its_rates() -> None:
    week = [said(call, GRANTED if call < 6 else REFUSED) for call in range(10)]
    week += [said(call, GRANTED, PHONE) for call in range(9)]
    later = [said(call, CONFIRMED, at=AT + timedelta(days=1)) for call in range(4)]
    later.append(said(0, WITHDRAWN, PHONE, at=AT + timedelta(days=30)))
    phone, email = consent_rates(week, After(later), missing=40, least_group=5)
    assert (email.channel, phone.channel) == (EMAIL, PHONE)
    assert counted(email.asked) == (10, 40)
    assert counted(email.granted) == (6, 10)
    assert counted(email.confirmed) == (4, 6)
    assert counted(email.withdrawn) == (0, 6)
    # By telephone nothing is confirmed apart.
    assert counted(phone.confirmed) == (0, 0)
    assert counted(phone.withdrawn) == (1, 9)


def test_a_call_counts_once_with_its_last_word() -> None:
    week = [said(1, ASKED), said(1, REFUSED), said(1, GRANTED), said(1, ASKED)]
    [rates] = consent_rates(week, After(()), missing=1, least_group=1)
    assert counted(rates.granted) == (1, 1)


def test_what_was_confirmed_before_it_was_given_again_does_not_count() -> None:
    before = [said(1, CONFIRMED, at=AT - timedelta(days=1))]
    [rates] = consent_rates([said(1, GRANTED)], After(before), missing=1, least_group=1)
    assert counted(rates.confirmed) == (0, 1)


def test_what_too_few_agents_asked_is_hidden() -> None:
    week = [said(call, GRANTED, agent="A-1") for call in range(9)] + [said(10, REFUSED, agent="A-2")]
    [rates] = consent_rates(week, After(()), missing=20, least_group=3)
    assert rates.asked.hidden
    assert rates.granted.hidden
    assert rates.withdrawn.hidden
    assert rates.asked.successes is None
