"""What is said once for the whole site: company, caller security, concerns, consent wordings, places of the portal."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Final, Literal, Self

from pydantic import Field, StringConstraints, model_validator

from nba_desktop.backend.decisioning.entries.base import Entry, Sentence, WordList, Words
from nba_desktop.contract.base import Code, Language
from nba_desktop.contract.codes import ConsentChannel, ConsentPurpose

BUILT_IN_SECURITY_ITEMS: Final = ("customer_no", "meter_no", "birth_date", "iban_last4", "postcode", "street")

_Days = Annotated[int, Field(ge=1, le=11_000)]


class CompanyEntry(Entry):
    """Who asks for consent, as the wordings name it, with the seat and its address as the proof does.

    `privacy_notice` is the version of the privacy notice that `privacy_url` leads to.
    """

    name: Sentence
    privacy_url: Sentence
    address: Sentence | None = None
    privacy_notice: Annotated[str, StringConstraints(min_length=1, max_length=64)] | None = None


class SecurityItemEntry(Entry):
    """A text attribute of the site that callers are asked for; the agent sees `characters` of its `shows` end.

    Whatever is asked so proves who calls: no condition, no sentence and no model may use it.
    """

    attribute: Code
    label: Words
    shows: Literal["beginning", "end"] = "end"
    characters: Annotated[int, Field(ge=1, le=4)] = 3


class SecurityEntry(Entry):
    """What may be asked to make sure of the caller, how many answers must be right, and how many may be wrong.

    `items` are built-in ones and the attributes that `declared` gives a label. Whoever answers more than `most_failed`
    wrongly is not authenticated in that call any more. With `trust_voice_menu` nothing is asked of a caller whom the
    voice menu authenticated by his customer number.
    """

    items: Annotated[tuple[Code, ...], Field(min_length=2)]
    required: Annotated[int, Field(ge=2)]
    most_failed: Annotated[int, Field(ge=0)] = 2
    trust_voice_menu: bool = False
    declared: tuple[SecurityItemEntry, ...] = ()

    @model_validator(mode="after")
    def _enough_items(self) -> Self:
        if self.required > len(self.items):
            raise ValueError(f"{self.required} answers are required of {len(self.items)} items")
        if "most_failed" in self.model_fields_set and self.most_failed >= len(self.items):
            raise ValueError(f"of {len(self.items)} items never more than {self.most_failed} can fail")
        return self


class QuietEntry(Entry):
    """Which attributes hold sales back in a call, besides an open complaint and what the agent notices."""

    outage: tuple[Code, ...] = ("supply_outage", "heating_outage")
    vulnerable: tuple[Code, ...] = ("vulnerable",)


class ConcernEntry(Entry):
    """A contact reason, with the words it is also found by."""

    code: Code
    label: Words
    synonyms: WordList = WordList()


class WordingEntry(Entry):
    """One version of a consent wording; a change is a new version, never an edit.

    `goods_and_services` is what the advertising may be about, as the proof says it. A wording may be read from
    `valid_from` up to `valid_to`, both days included; one that nobody approved is a draft for demonstrations.
    """

    id: Code
    purpose: ConsentPurpose
    channels: Annotated[tuple[ConsentChannel, ...], Field(min_length=1)]
    version: Annotated[int, Field(ge=1)]
    text: Words
    goods_and_services: Words | None = None
    valid_from: date | None = None
    valid_to: date | None = None
    approved_by: Annotated[str, StringConstraints(min_length=1, max_length=200)] | None = None
    approved_at: date | None = None

    @model_validator(mode="after")
    def _days_in_order(self) -> Self:
        if self.valid_from is not None and self.valid_to is not None and self.valid_to < self.valid_from:
            raise ValueError("a wording is valid until a day before it begins to be")
        if (self.approved_by is None) != (self.approved_at is None):
            raise ValueError("an approval needs both: 'approved_by' and 'approved_at'")
        return self

    def full_id(self, language: Language) -> str:
        """What the proof of a consent names: text, language and version."""
        return f"{self.id}.{language}.v{self.version}"


class ConsentProofEntry(Entry):
    """How many years the proof of a consent is kept after it was given, last used or withdrawn.

    For telephone calls the law says it (§ 7a UWG); for the other channels the site does.
    """

    other_channels_years: Annotated[int, Field(ge=1, le=30)] = 3


class SimilarGoodsEntry(Entry):
    """Facts of a customer that open § 7 (3) UWG: e-mails about own similar goods without consent.

    Both name a declared attribute that is true or false: the address was obtained with a sale, and the customer was
    then told that he may object. That the goods are similar and that the e-mail says how to object, the campaign says.
    """

    address_from_sale: Code
    told_of_objection: Code


class ContactRulesEntry(Entry):
    """How the site reads consents before it contacts anybody.

    A consent that was not used for more than `ageing_after_months` is marked, for more than `stale_after_months` not
    used any more. Calls with only an agent's record as proof need `calls_with_weak_proof`. What is not confirmed within
    `confirm_within_days` expires. Letters about partners' offers need a consent unless `partner_letters` is otherwise.
    Who is known to be younger than `least_age` gets no advertising and is asked for no opinion, whatever he said.
    """

    ageing_after_months: Annotated[int, Field(ge=1, le=120)] = 12
    stale_after_months: Annotated[int, Field(ge=1, le=120)] = 17
    calls_with_weak_proof: bool = False
    confirm_within_days: Annotated[int, Field(ge=1, le=365)] = 14
    partner_letters: Literal["consent", "objection"] = "consent"
    least_age: Annotated[int, Field(ge=0, le=21)] = 18
    similar_goods: SimilarGoodsEntry | None = None

    @model_validator(mode="after")
    def _ages_before_it_is_stale(self) -> Self:
        if self.ageing_after_months > self.stale_after_months:
            raise ValueError("a consent cannot be stale before it is ageing")
        return self


class DataProtectionEntry(Entry):
    """What a customer who asks is told beside his data: why they are used, who gets them, and whom he may ask.

    The legal bases of single attributes are in the register of the attributes. For `after_call_minutes` after its end
    a contact still opens its customer to its agent, who finishes what it was about.
    """

    purposes: WordList = WordList()
    recipients: WordList = WordList()
    contact: Words | None = None
    after_call_minutes: Annotated[int, Field(ge=0, le=1440)] = 60


class RetentionEntry(Entry):
    """How many days data are kept; without a number as long as the customer is one.

    `contact_days` are for calls with their events and decisions, `withheld_call_days` for calls of nobody known from a
    withheld number, `decision_days` for the customer's values within decisions, `reading_days` for the log of who read
    which customers, `queue_call_days` for the times of calls that the telephone system offered,
    `result_days` for what leaves for other systems and what was there before a correction. After `agent_days` nobody
    can tell any more which agent took a call; the facts that the review counts keep his pseudonym until the works
    agreement ends. What is old is removed once a day from `at_hour` on. The proof of consents has its own rules
    (`consent_proof`).
    """

    touchpoint_days: _Days | None = None
    contact_days: _Days | None = None
    withheld_call_days: _Days | None = None
    decision_days: _Days | None = None
    teaser_days: _Days | None = None
    reading_days: _Days = 730
    queue_call_days: _Days | None = None
    # What is late is told once within a week.
    result_days: Annotated[int, Field(ge=8, le=400)] = 30
    agent_days: _Days = 90
    at_hour: Annotated[int, Field(ge=0, le=23)] = 3


class PlacementEntry(Entry):
    """A place of the portal and how many teasers it holds."""

    id: Code
    slots: Annotated[int, Field(ge=1, le=3)] = 1


class ReviewEntry(Entry):
    """How the review of recommendations counts, and what it may show.

    Figures of fewer agents than `least_group` are not shown, nor of an agent with fewer decided presentations than
    `least_presentations`. A call of the same customer for the same concern within `repeat_days` is a repeat. A yes has
    `confirm_days` to be confirmed before it counts among the conversions. `service_seconds` is within what a call
    should be answered. With `export` figures may leave the program; `notice` says what they may not be used for.
    """

    least_group: Annotated[int, Field(ge=5, le=100)] = 7
    least_presentations: Annotated[int, Field(ge=30, le=1000)] = 30
    repeat_days: Annotated[int, Field(ge=1, le=90)] = 7
    confirm_days: Annotated[int, Field(ge=0, le=90)] = 14
    service_seconds: Annotated[int, Field(ge=1, le=600)] = 20
    export: bool = False
    notice: Words = Words(
        de="Nicht für Vergütung, Abmahnung oder Kündigung.",
        en="Not for pay, warnings or dismissal.",
    )
