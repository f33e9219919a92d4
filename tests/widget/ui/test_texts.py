"""Every code has its sentence, in both languages, with and without its parameters."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from nba_desktop.contract.base import Language, Params
from nba_desktop.contract.codes import (
    ChurnClass,
    ConsentChannel,
    ConsentState,
    ContactChannel,
    Experience,
    Trend,
)
from nba_desktop.contract.journey import MediaBreak, ProbableConcern, Touchpoint
from nba_desktop.domain.blocks import Block, BlockState, BlockStatus
from nba_desktop.domain.errors import FailureCode
from nba_desktop.domain.panel import Notice
from nba_desktop.domain.receipts import OutboxStatus
from nba_desktop.ui.formats import Formats
from nba_desktop.ui.texts.blocks import block_words
from nba_desktop.ui.texts.call_words import where_from
from nba_desktop.ui.texts.concerns import concern_label, probable_because
from nba_desktop.ui.texts.customer_words import (
    churn_words,
    consent_brief,
    consent_channel_word,
    full_name,
    match_words,
    security_word,
    since_words,
    trend_word,
)
from nba_desktop.ui.texts.failures import failure, notice_words
from nba_desktop.ui.texts.journey import (
    channel_word,
    experience_word,
    media_break_sentence,
    media_break_title,
    strip_word,
    touchpoint_sentence,
)
from nba_desktop.ui.texts.link_words import outbox_words
from tests.fakes import states

PARAMS: Params = {
    "kwh": 18250,
    "effective_date": "2027-01-01",
    "topic": "instalment",
    "times": 2,
    "form": "move",
    "of": "meter_reading",
    "minutes": 3,
    "balance_eur": 84.5,
    "old_eur": 98,
    "new_eur": 84,
    "amount_eur": 50,
    "level": 1,
    "days": 4,
    "days_ago": 5,
    "move_date": "2026-12-01",
    "product": "Strom Klassik",
    "ends_on": "2026-12-31",
    "score": 4,
}
TYPES = [
    "meter_reading",
    "price_letter",
    "call_solved",
    "call_open",
    "call_transferred",
    "callback_kept",
    "callback_missed",
    "portal_login",
    "portal_form_abandoned",
    "portal_form_sent",
    "app_login",
    "photo_upload",
    "chat",
    "email_received",
    "letter_received",
    "mail_opened",
    "bill",
    "bill_question",
    "instalment_changed",
    "payment",
    "payment_failed",
    "payment_reminder",
    "complaint",
    "complaint_answered",
    "move_notice",
    "contract_started",
    "termination_received",
    "tariff_compared",
    "outage_notice",
    "appointment",
    "feedback_positive",
    "feedback_negative",
]
BREAKS = [
    "portal_form_then_call",
    "transferred",
    "letter_then_call",
    "chat_then_call",
    "email_then_call",
    "callback_missed_then_call",
]
BECAUSE = [
    "form_abandoned",
    "open_case",
    "complaint_open",
    "callback_missed",
    "outage_now",
    "price_change_ahead",
    "move_announced",
    "termination_received",
    "payment_reminder",
    "bill_recent",
    "balance_forecast",
    "contact_topic",
    "common",
]

MATCHES = [
    *("phone_home", "phone_mobile", "phone_other", "attached", "search", "handed_over"),
    *("customer_no", "name", "contract", "address", "phone"),
]
ITEMS = ["customer_no", "meter_no", "birth_date", "iban_last4", "postcode", "street"]


def point(kind: str, params: Params) -> Touchpoint:
    return Touchpoint(touchpoint_id="t", at=states.NOW, channel=ContactChannel.PHONE, type=kind, params=params)


@pytest.mark.parametrize("params", [PARAMS, {}], ids=["with", "without"])
def test_every_touchpoint_is_a_sentence(formats: Formats, params: Params) -> None:
    concerns = states.concerns(formats.language)
    said = {kind: touchpoint_sentence(point(kind, params), formats, concerns) for kind in TYPES}
    assert all(said.values())
    assert not [text for text in said.values() if "{" in text or "_" in text]
    # Only the two kinds of feedback say the same; nothing falls back on the channel.
    assert len(set(said.values())) == len(TYPES) - 1
    assert said["call_solved"] != touchpoint_sentence(point("a_type_of_tomorrow", {}), formats, concerns)


def test_every_touchpoint_has_a_short_word_for_the_strip(formats: Formats) -> None:
    for kind in TYPES:
        word = strip_word(point(kind, PARAMS))
        assert word
        assert all(len(part) <= 12 for part in word.split(" ")), f"{kind}: {word}"


def test_a_touchpoint_of_a_newer_backend_is_named_by_its_channel(formats: Formats) -> None:
    unknown = point("hologram", {})
    assert channel_word(ContactChannel.PHONE) in touchpoint_sentence(unknown, formats, ())
    assert strip_word(unknown) == channel_word(ContactChannel.PHONE)


def test_what_a_site_declared_is_said_in_its_own_words(german_formats: Formats) -> None:
    own = point("speed_test", {"cost_eur": 48.5, "days_ago": 1}).model_copy(
        update={"word": "Tempotest", "sentence": "Gemessen, {cost_eur}"}
    )
    assert (strip_word(own), touchpoint_sentence(own, german_formats, ())) == ("Tempotest", "Gemessen, 48,50\u00a0€")
    assert touchpoint_sentence(own.model_copy(update={"params": {}}), german_formats, ()) == "Tempotest"
    hint = ProbableConcern(code="speed", because="touchpoint", params={"days_ago": 1}, sentence="Gemessen {ago}")
    assert probable_because(hint, german_formats, ()) == "Gemessen gestern"
    assert security_word("sim_no", "SIM-Kartennummer") == "SIM-Kartennummer"
    # What the panel has words of its own for keeps them.
    assert strip_word(point("complaint", {}).model_copy(update={"word": "X"})) == "Beschwerde"


@pytest.mark.parametrize("params", [PARAMS, {}], ids=["with", "without"])
def test_every_media_break_is_a_sentence(formats: Formats, params: Params) -> None:
    said = [media_break_sentence(MediaBreak(code=code, params=params, at=states.NOW), formats, ()) for code in BREAKS]
    assert len(set(said)) == len(BREAKS)
    assert all(text.endswith(".") and "{" not in text for text in said)
    assert media_break_sentence(MediaBreak(code="beamed", at=states.NOW), formats, ()) not in said


def test_the_break_of_the_picture_reads_as_in_the_picture(german: Language, german_formats: Formats) -> None:
    broken = states.helmut_journey().media_breaks[0]
    said = media_break_sentence(broken, german_formats, states.concerns())
    assert said == "Abschlag gestern im Portal begonnen, nach 2 Min. abgebrochen – heute Anruf."


def test_a_rule_of_the_site_is_said_in_its_own_words(german_formats: Formats) -> None:
    params: Params = {"days_ago": 3, "days": 0, "topic": "bill", "amount_eur": 12.5}
    found = MediaBreak(
        code="again",
        params=params,
        at=states.NOW - timedelta(days=3),
        sentence="Wegen {topic} {ago} angerufen ({amount_eur}), {later}.",
        repeat=True,
    )
    said = media_break_sentence(found, german_formats, states.concerns())
    assert said == "Wegen Rechnung vor 3 Tagen angerufen (12,50\u00a0€), am selben Tag."
    gap = found.model_copy(update={"params": {}})
    assert "{" not in media_break_sentence(gap, german_formats, ())
    assert media_break_title(found) != media_break_title(found.model_copy(update={"repeat": False}))


@pytest.mark.parametrize("days", [0, 1, 3])
def test_how_much_later_the_customer_called_is_said_in_words(german_formats: Formats, days: int) -> None:
    broken = MediaBreak(code="letter_then_call", params={"days": days}, at=states.NOW)
    later = ["am selben Tag", "einen Tag später", "", "3 Tage später"][days]
    assert media_break_sentence(broken, german_formats, ()) == f"Brief von uns – Antwort {later} per Telefon."


@pytest.mark.parametrize("params", [PARAMS, {}], ids=["with", "without"])
def test_every_probable_concern_says_why(formats: Formats, params: Params) -> None:
    said = [
        probable_because(ProbableConcern(code="bill", because=because, params=params), formats, ())
        for because in BECAUSE
    ]
    assert len(set(said)) == len(BECAUSE)
    assert all(said)
    assert not [text for text in said if "{" in text]
    assert probable_because(ProbableConcern(code="bill", because="stars"), formats, ()) == ""


def test_a_concern_is_called_as_the_site_calls_it(german: Language) -> None:
    site = states.concerns("en")
    assert concern_label("bill", site) == "Bill"
    assert concern_label("bill", ()) == "Rechnung"
    assert concern_label("solar_roof", ()) == "solar roof"


@pytest.mark.parametrize("words", [failure, lambda code: notice_words(Notice(code))], ids=["short", "notice"])
def test_every_failure_has_its_own_words(language: Language, words: Callable[[FailureCode], str]) -> None:
    said = [words(code) for code in FailureCode]
    assert all(said)
    # Different ways of being away, and of an encrypted line to fail, are one thing to the agent each; the short reason
    # tells them apart.
    alike = [code for code in FailureCode if code.name.startswith("TLS_")]
    assert len(set(said)) >= len(said) - 3 - (len(alike) - 1)


def test_a_notice_names_the_file_that_cannot_be_used(language: Language) -> None:
    notice = Notice(FailureCode.SETTINGS_INVALID, (("where", "settings.toml, line 3"),))
    assert "settings.toml, line 3" in notice_words(notice)


@pytest.mark.parametrize(
    "status", [BlockStatus.LOADING, BlockStatus.SLOW, BlockStatus.FAILED, BlockStatus.READY], ids=str
)
def test_every_block_has_its_own_words_while_it_is_empty(language: Language, status: BlockStatus) -> None:
    contact = states.with_blocks(states.loading_contact(), BlockState(status, FailureCode.TIMEOUT))
    said = [block_words(block, contact) for block in Block]
    assert len({words.text for words in said if words}) == len(Block)
    assert all(words is not None and words.retry == (status is BlockStatus.FAILED) for words in said)


def test_what_is_there_stays_while_a_newer_answer_is_loading(german: Language) -> None:
    contact = states.with_blocks(states.helmut_contact(), BlockState(BlockStatus.LOADING))
    assert [block_words(block, contact) for block in Block] == [None] * 4


def test_every_code_of_a_customer_has_a_word(language: Language) -> None:
    said = [
        *(channel_word(code) for code in ContactChannel),
        *(experience_word(code) for code in Experience),
        *(consent_brief(code) for code in ConsentState),
        *(consent_channel_word(code) for code in ConsentChannel),
        *(churn_words(code) for code in ChurnClass),
        *(trend_word(code) for code in Trend),
    ]
    assert all(said)
    # Not asked and asked without an answer are both open.
    assert len({consent_brief(state) for state in ConsentState}) == len(ConsentState) - 1


@pytest.mark.parametrize(
    ("salutation", "name", "since"),
    [
        ("mr", "Helmut Brandt", "Kunde seit 2008"),
        ("ms", "Helmut Brandt", "Kundin seit 2008"),
        ("family", "Familie Brandt", "Kunden seit 2008"),
        ("none", "Helmut Brandt", "Kunde seit 2008"),
    ],
)
def test_a_customer_is_named_as_he_or_she_is(german: Language, salutation: str, name: str, since: str) -> None:
    customer = states.helmut_customer().model_copy(update={"salutation": salutation})
    assert full_name(customer) == name
    assert since_words(customer) == f"K-104 776 · {since}"


def test_every_reason_of_a_hit_and_every_security_item_has_words(language: Language) -> None:
    assert len({match_words(match) for match in MATCHES}) == len(MATCHES)
    assert len({security_word(item) for item in ITEMS}) == len(ITEMS)
    assert security_word("secret_word") == "secret word"


@pytest.mark.parametrize(
    ("status", "words"),
    [
        (OutboxStatus(), ""),
        (OutboxStatus(waiting=1), "eine Eingabe wartet auf das Senden"),
        (OutboxStatus(waiting=3, parked=1), "3 Eingaben warten auf das Senden · eine Eingabe wurde abgewiesen"),
        (OutboxStatus(waiting=2, paused=FailureCode.OFFLINE), "Senden pausiert: keine Verbindung zum Backend"),
        (OutboxStatus(parked=4), "4 Eingaben wurden abgewiesen und beiseitegelegt"),
        (OutboxStatus(parked=1, why="conflict"), "beiseitegelegt: sie widerspricht dem, was das Backend hat"),
        (OutboxStatus(parked=2, why="http_413"), "beiseitegelegt, die letzte: sie ist zu groß"),
    ],
)
def test_what_waits_is_said_in_words(german: Language, status: OutboxStatus, words: str) -> None:
    said = outbox_words(status)
    assert words in said
    assert bool(said) == bool(words)


def test_a_call_that_the_telephone_system_cannot_confirm_is_said_to_be_unconfirmed(language: Language) -> None:
    contact = states.helmut_contact()
    call = replace(contact.interaction, unconfirmed_since=contact.interaction.started_at)
    words = {"de": "unbestätigt", "en": "unconfirmed"}[language]
    assert where_from(call) == f"{call.queue} · {words}"
    assert where_from(replace(call, queue=None)) == words
