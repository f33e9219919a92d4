"""The sample customers: named ones as the picture shows them, generated ones the same every time."""

from __future__ import annotations

import re
from collections import Counter
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from nba_desktop.backend.decisioning.attributes import ATTRIBUTES
from nba_desktop.backend.errors import SampleDataError
from nba_desktop.backend.journey.concerns import probable_concerns
from nba_desktop.backend.journey.head import journey_head
from nba_desktop.backend.journey.media_breaks import media_breaks
from nba_desktop.backend.journey.types import TOUCHPOINT_TYPES
from nba_desktop.backend.samples.customer import SampleCustomer
from nba_desktop.backend.samples.generator import sample_customers
from nba_desktop.backend.samples.named import named_customers
from nba_desktop.contract.codes import ChurnClass, ConsentChannel, ContactChannel, Trend, ValueClass
from tests.fakes.decisions import NOW, RESOURCES

NAMED = RESOURCES / "sample" / "customers.yaml"
FILM_NUMBERS = re.compile(
    r"\+49(3023125\d{3}|6990009\d{3}|4066969\d{3}|2214710\d{3}|8999998\d{3}|17139200\d\d|176040690\d\d"
    r"|15228817386|1749091317)"
)


@pytest.fixture(scope="module")
def people() -> list[SampleCustomer]:
    return list(sample_customers(RESOURCES, NOW))


def named(customer_id: str) -> SampleCustomer:
    return next(one for one in named_customers(NAMED, NOW) if one.record.customer_id == customer_id)


def test_what_is_known_of_everybody_is_fresh(people: list[SampleCustomer]) -> None:
    oldest = min(one.freshness_days for one in ATTRIBUTES.values() if one.freshness_days is not None)
    for one in people:
        assert one.record.facts_as_of is not None
        assert 0 <= (NOW.date() - one.record.facts_as_of).days <= oldest
        assert one.record.value is not None
        assert 0 <= (NOW.date() - one.record.value.as_of).days <= oldest


def test_helmut_is_as_the_picture_shows_him() -> None:
    helmut = named("helmut-brandt")
    record = helmut.record
    assert (record.customer_no, record.since.year, record.phones[0].e164) == ("K-104776", 2008, "+493512805504")
    assert record.birth_date is not None
    assert (NOW.date() - record.birth_date).days // 365 == 76
    assert record.value is not None
    assert (record.value.value_class, record.value.low_eur, record.value.high_eur) == (ValueClass.A, 1100, 1500)
    assert (record.value.trend, record.value.churn) == (Trend.UP, ChurnClass.MEDIUM)
    assert (record.tone, record.documents_by, record.last_spoken_with) == ("calm", ContactChannel.POST, "Frau Öztürk")
    head = journey_head(helmut.touchpoints, NOW)
    assert head.total == 47
    assert [(one.type, one.experience.value) for one in head.touchpoints[:5]] == [
        ("portal_form_abandoned", "neutral"),
        ("call_open", "negative"),
        ("call_transferred", "negative"),
        ("price_letter", "neutral"),
        ("meter_reading", "positive"),
    ]
    assert [one.at.date().isoformat() for one in head.touchpoints[:5]] == [
        "2025-11-19",
        "2025-11-04",
        "2025-11-03",
        "2025-10-02",
        "2025-09-12",
    ]
    assert media_breaks(helmut.touchpoints, NOW)[0].code == "portal_form_then_call"
    assert record.last_spoken_at is not None
    assert record.last_spoken_at.date().isoformat() == "2025-11-04"
    concerns = probable_concerns(helmut.touchpoints, record.facts, NOW)
    assert [one.code for one in concerns] == ["instalment", "price_change", "move"]


def test_helmut_has_refused_mail_and_allowed_post() -> None:
    said = {(one.channel.value, one.event.value) for one in named("helmut-brandt").consents}
    assert said == {("EMAIL", "refused"), ("POST", "granted")}


def test_the_bergers_object_and_complain() -> None:
    bergers = named("familie-berger")
    assert bergers.record.open_complaint
    assert "objected" in {one.event.value for one in bergers.consents}
    assert bergers.record.salutation == "family"


def test_lisa_waits_for_her_confirmation() -> None:
    lisa = named("lisa-sommer")
    mail = [one.event.value for one in lisa.consents if one.channel is ConsentChannel.EMAIL]
    assert mail == ["granted", "doi_sent"]
    assert {"app", "chat"} <= {one.channel.value for one in lisa.touchpoints}
    assert lisa.record.value is not None
    assert (lisa.record.value.value_class, lisa.record.value.horizon_years) == (ValueClass.C, 10)


def test_olivia_has_no_history() -> None:
    assert named("olivia-bennett").touchpoints == ()


def test_gerda_needs_special_protection_and_nobody_else_does() -> None:
    protected = [one.record for one in named_customers(NAMED, NOW) if one.record.facts.get("vulnerable") is True]
    assert [one.customer_id for one in protected] == ["gerda-hoffmann"]
    assert not protected[0].open_complaint


@pytest.mark.parametrize("days", range(0, 400, 13))
def test_the_named_customers_are_fresh_on_any_day(days: int) -> None:
    now = datetime(2026, 1, 1, 3, 0, tzinfo=UTC) + timedelta(days=days)
    helmut = named_customers(NAMED, now)[0]
    change = helmut.record.facts["price_change_date"]
    assert isinstance(change, date)
    assert change.day == 1
    assert 0 <= (change - now.date()).days <= 42


def test_there_are_five_hundred_and_all_are_different(people: list[SampleCustomer]) -> None:
    assert len(people) == 505
    assert len({one.record.customer_id for one in people}) == 505
    assert len({one.record.customer_no for one in people}) == 505
    ids = [touch.touchpoint_id for one in people for touch in one.touchpoints]
    assert len(ids) == len(set(ids))


def test_the_same_seed_gives_the_same_customers(people: list[SampleCustomer]) -> None:
    assert list(sample_customers(RESOURCES, NOW)) == people
    assert [one.record.customer_id for one in sample_customers(RESOURCES, NOW, count=20)] == [
        one.record.customer_id for one in people[:25]
    ]
    assert list(sample_customers(RESOURCES, NOW, seed=1))[5:] != people[5:]


def test_a_known_customer_never_changes_by_platform_or_version(people: list[SampleCustomer]) -> None:
    first = people[5].record
    assert (first.first_name, first.last_name, first.city) == ("Nadine", "Horn", "Frankfurt am Main")


def test_journeys_are_as_long_as_promised(people: list[SampleCustomer]) -> None:
    lengths = [len(one.touchpoints) for one in people[5:]]
    assert all(length == 0 or 5 <= length <= 60 for length in lengths)
    assert 20 <= lengths.count(0) <= 80
    assert max(lengths) > 40
    channels = Counter(touch.channel for one in people for touch in one.touchpoints)
    assert len(channels) >= 9
    assert sum(bool(media_breaks(one.touchpoints, NOW)) for one in people) > 50


def test_touchpoints_are_declared_in_order_and_past(people: list[SampleCustomer]) -> None:
    for person in people:
        moments = [one.at for one in person.touchpoints]
        assert moments == sorted(moments)
        for one in person.touchpoints:
            declared = TOUCHPOINT_TYPES[one.type]
            assert set(one.params) <= set(declared.params)
            assert one.channel in declared.channels
            assert one.at <= NOW
            assert one.at.date() >= person.record.since
        assert all(one.at <= NOW for one in person.consents)


def test_facts_fit_their_declaration(people: list[SampleCustomer]) -> None:
    for person in people:
        for name, value in person.record.facts.items():
            assert ATTRIBUTES[name].accepts(value), name


def test_some_numbers_belong_to_several_customers_and_all_are_film_numbers(people: list[SampleCustomer]) -> None:
    numbers = Counter(phone.e164 for one in people for phone in one.record.phones)
    assert sum(count > 1 for count in numbers.values()) > 20
    assert [number for number in numbers if not FILM_NUMBERS.fullmatch(number)] == ["+493512805504"]


@pytest.mark.parametrize(
    ("was", "becomes", "says"),
    [
        ("tone: calm", "tonne: calm", "customers.yaml:10:5: customers.0.tonne"),
        ("kwh_year: 2340", "kwh_yaer: 2340", "unknown attribute 'kwh_yaer'"),
        ("kwh_year: 2340", "kwh_year: viel", "'kwh_year' is not of type integer"),
        ('bill_date: "@in 45"', 'bill_date: "@soon"', "'@soon' is not a day"),
        ("type: call_transferred", "type: call_lost", "unknown touchpoint type 'call_lost'"),
        ("params: {times: 2}", "params: {tims: 2}", "has only the values: times"),
        ("customers:", "customers: [", "this is not YAML"),
    ],
)
def test_a_mistake_in_the_file_is_said(was: str, becomes: str, says: str, tmp_path: Path) -> None:
    file = tmp_path / "customers.yaml"
    text = NAMED.read_text("utf-8")
    assert was in text
    file.write_text(text.replace(was, becomes, 1), encoding="utf-8")
    with pytest.raises(SampleDataError) as caught:
        named_customers(file, NOW)
    assert says.split(": ")[-1] in str(caught.value)


def test_a_mistake_never_repeats_what_it_found(tmp_path: Path) -> None:
    file = tmp_path / "customers.yaml"
    file.write_text(NAMED.read_text("utf-8").replace("age: 76", "age: Brandt76"), encoding="utf-8")
    with pytest.raises(SampleDataError) as caught:
        named_customers(file, NOW)
    assert "Brandt" not in str(caught.value)
