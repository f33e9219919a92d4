"""When an agent may ask for consent."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from nba_desktop.backend.consent.ledger import LedgerEntry
from nba_desktop.backend.consent.view import consents_view
from nba_desktop.contract.base import new_id
from nba_desktop.contract.codes import ConsentChannel, ConsentEventType, ConsentState
from nba_desktop.contract.consent import Consents
from tests.fakes.backend_ledger import chain, entry
from tests.fakes.backend_services import WORDINGS
from tests.fakes.backend_site import NOW

THIS_CALL = new_id()
ALL = (ConsentChannel.PHONE, ConsentChannel.SMS, ConsentChannel.EMAIL)


def view(*entries: LedgerEntry, open_complaint: bool = False) -> Consents:
    return consents_view(chain(entries), WORDINGS["de"], THIS_CALL, open_complaint, NOW, ZoneInfo("Europe/Berlin"))


def said(event: ConsentEventType, *channels: ConsentChannel, days_ago: int = 30, **changes: Any) -> list[LedgerEntry]:
    return [entry(event=event, channel=one, at=NOW - timedelta(days=days_ago), **changes) for one in channels]


def test_a_customer_who_was_never_asked_may_be_asked() -> None:
    consents = view()
    assert (consents.may_ask, consents.may_not_ask_because) == (True, "")
    assert [(one.channel, one.state) for one in consents.statuses] == [
        (ConsentChannel.PHONE, ConsentState.NOT_ASKED),
        (ConsentChannel.EMAIL, ConsentState.NOT_ASKED),
        (ConsentChannel.SMS, ConsentState.NOT_ASKED),
    ]


def test_an_objection_forbids_to_ask() -> None:
    consents = view(*said(ConsentEventType.OBJECTED, ConsentChannel.ANY))
    assert (consents.objected, consents.may_ask, consents.may_not_ask_because) == (True, False, "objected")


def test_an_open_complaint_forbids_to_ask() -> None:
    assert view(open_complaint=True).may_not_ask_because == "open_complaint"


@pytest.mark.parametrize(("days_ago", "because"), [(0, "refused_recently"), (179, "refused_recently"), (180, "")])
def test_a_refusal_rests_for_180_days(days_ago: int, because: str) -> None:
    assert view(*said(ConsentEventType.REFUSED, *ALL, days_ago=days_ago)).may_not_ask_because == because


def test_a_refused_channel_leaves_the_others_open() -> None:
    assert view(*said(ConsentEventType.REFUSED, ConsentChannel.PHONE)).may_ask


@pytest.mark.parametrize(
    ("event", "days_ago", "rests", "until"),
    [
        (ConsentEventType.REFUSED, 30, "refused_recently", (NOW - timedelta(days=30) + timedelta(days=180)).date()),
        (ConsentEventType.REFUSED, 180, "", None),
        (ConsentEventType.WITHDRAWN, 4000, "withdrawn", None),
        (ConsentEventType.GRANTED, 30, "", None),
    ],
)
def test_a_channel_that_was_refused_or_withdrawn_rests_by_itself(
    event: ConsentEventType, days_ago: int, rests: str, until: date | None
) -> None:
    consents = view(*said(event, ConsentChannel.EMAIL, days_ago=days_ago))
    assert [(one.rests, one.rests_until) for one in consents.statuses] == [("", None), (rests, until), ("", None)]


def test_a_refusal_of_this_call_may_be_put_right_in_it() -> None:
    consents = view(*said(ConsentEventType.REFUSED, ConsentChannel.EMAIL, days_ago=0, call_id=THIS_CALL))
    assert {one.rests for one in consents.statuses} == {""}


def test_when_one_is_granted_and_the_rest_refused_nobody_is_asked() -> None:
    granted = said(ConsentEventType.GRANTED, ConsentChannel.EMAIL)
    refused = said(ConsentEventType.REFUSED, ConsentChannel.PHONE, ConsentChannel.SMS)
    assert view(*granted, *refused).may_not_ask_because == "refused_recently"


def test_a_withdrawal_rests_until_the_customer_raises_it() -> None:
    consents = view(*said(ConsentEventType.WITHDRAWN, *ALL, days_ago=4000))
    assert (consents.may_ask, consents.may_not_ask_because) == (False, "withdrawn")


def test_a_refusal_that_rests_is_named_before_a_withdrawal() -> None:
    withdrawn = said(ConsentEventType.WITHDRAWN, ConsentChannel.EMAIL)
    refused = said(ConsentEventType.REFUSED, ConsentChannel.PHONE, ConsentChannel.SMS)
    assert view(*withdrawn, *refused).may_not_ask_because == "refused_recently"


def test_what_was_said_in_this_call_does_not_close_its_drawer() -> None:
    assert view(*said(ConsentEventType.REFUSED, *ALL, days_ago=0, call_id=THIS_CALL)).may_ask


def test_the_wordings_are_there_for_a_customer_who_asks_for_it_himself() -> None:
    assert view(*said(ConsentEventType.REFUSED, *ALL)).wordings == WORDINGS["de"]
