"""Panel states as they come up in real calls, made by hand: Helmut as in the design picture, and the others."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from uuid import UUID

from nba_desktop.contract.base import Language
from nba_desktop.contract.codes import (
    ActionKind,
    AuthLevel,
    ChurnClass,
    ClosingForm,
    ConsentChannel,
    ConsentPurpose,
    ConsentState,
    ContactChannel,
    Duty,
    Experience,
    NoRecommendation,
    ResponseCode,
    Stage,
    Trend,
    ValueClass,
)
from nba_desktop.contract.consent import Consents, ConsentStatus, ConsentWording
from nba_desktop.contract.contact import Concern, ContactView
from nba_desktop.contract.customer import (
    Candidate,
    Contract,
    Customer,
    CustomerValue,
    Identification,
    LastSpoken,
    SearchHit,
    SecurityItem,
)
from nba_desktop.contract.journey import JourneyHead, MediaBreak, ProbableConcern, Touchpoint
from nba_desktop.contract.recommendation import (
    Because,
    Benefit,
    Decision,
    Factors,
    GuideStep,
    Knowledge,
    Objection,
    Recommendation,
    StepChoice,
    StepCondition,
    StepInput,
    WhyNot,
)
from nba_desktop.domain.call import Interaction, InteractionState
from nba_desktop.domain.call_event import Attached, Party
from nba_desktop.domain.errors import FailureCode
from nba_desktop.domain.guide import GuideRun
from nba_desktop.domain.panel import (
    BlockState,
    BlockStatus,
    ContactState,
    LinkState,
    NoteState,
    Notice,
    PanelState,
    ResponseEntry,
    SearchState,
)
from nba_desktop.domain.receipts import OutboxStatus, Receipt

BERLIN = timezone(timedelta(hours=1))
NOW = datetime(2026, 11, 10, 10, 3, 12, tzinfo=BERLIN)
"""The present moment in every state: a Tuesday in November, 3 min 12 s after the call was answered."""

ANSWERED = NOW - timedelta(minutes=3, seconds=12)
CONTACT = UUID("019a5f00-0000-7000-8000-000000000001")
DECISION = UUID("019a5f00-0000-7000-8000-0000000000d1")
HELMUT_NUMBER = Party(raw="03512805504", e164="+493512805504", presentation="allowed")

_READY = BlockState(BlockStatus.READY)


def now() -> datetime:
    """The clock of every state."""
    return NOW


def utc(year: int, month: int, day: int, hour: int = 9, minute: int = 0) -> datetime:
    """A moment in UTC."""
    return datetime(year, month, day, hour, minute, tzinfo=UTC)


def _said(language: Language, german: str, english: str) -> str:
    return german if language == "de" else english


# Calls


def interaction(state: InteractionState = InteractionState.LIVE, caller: Party = HELMUT_NUMBER) -> Interaction:
    """Helmut's call."""
    return Interaction(
        interaction_id="i-1",
        state=state,
        direction="inbound",
        caller=caller,
        queue="Privatkunden Strom",
        dialled="+4935128050",
        attached=Attached(),
        started_at=ANSWERED - timedelta(seconds=9),
        answered_at=None if state is InteractionState.OFFERED else ANSWERED,
        ended_at=NOW if state in (InteractionState.WRAP_UP, InteractionState.CLOSED) else None,
    )


def second_interaction() -> Interaction:
    """A consultation call beside Helmut's."""
    return replace(
        interaction(InteractionState.LIVE, Party("201", None, "allowed")),
        called=Party("+4989123456", "+4989123456", "allowed"),
        interaction_id="i-2",
        queue=None,
        direction="outbound",
        consult_of="i-1",
    )


# Customers


def helmut_candidate(language: Language = "de") -> Candidate:
    """Helmut as he may be seen before he is authenticated."""
    return Candidate(
        customer_id="c-helmut",
        display_name="Helmut Brandt",
        customer_no_masked="K-•••776",
        place_masked="01••• Dresden",
        match="phone_home",
        security_items=(
            SecurityItem(code="customer_no", hint="K-104 776"),
            SecurityItem(code="birth_date", hint="••.••.1950"),
            SecurityItem(code="meter_no", hint="••••4711"),
            SecurityItem(code="iban_last4", hint="••02"),
        ),
    )


def neighbours() -> tuple[Candidate, ...]:
    """Three customers who share a telephone number."""
    helmut = helmut_candidate()
    return (
        helmut,
        helmut.model_copy(
            update={
                "customer_id": "c-ilse",
                "display_name": "Ilse Brandt",
                "customer_no_masked": "K-•••777",
                "match": "phone_mobile",
            }
        ),
        helmut.model_copy(
            update={
                "customer_id": "c-pohl",
                "display_name": "Maximiliane Pohl-Schwarzenberger",
                "customer_no_masked": "K-•••120",
                "match": "phone_other",
            }
        ),
    )


def helmut_customer() -> Customer:
    """Helmut's master data."""
    return Customer(
        customer_id="c-helmut",
        customer_no="K-104 776",
        salutation="mr",
        first_name="Helmut",
        last_name="Brandt",
        since=date(2008, 4, 1),
        language="de",
        tone="calm",
        documents_by=ContactChannel.POST,
        last_spoken=LastSpoken(agent_name="Frau Öztürk", at=utc(2026, 11, 4)),
        contracts=(
            Contract(contract_no="V-1", product="Strom Klassik", commodity="electricity", since=date(2008, 4, 1)),
            Contract(contract_no="V-2", product="Gas Klassik", commodity="gas", since=date(2009, 10, 1)),
        ),
        open_cases=1,
    )


def helmut_value() -> CustomerValue:
    """Helmut's lifetime value."""
    return CustomerValue(
        value_class=ValueClass.A,
        low_eur=1100,
        high_eur=1500,
        trend=Trend.UP,
        as_of=date(2026, 11, 9),
        horizon_years=5,
        churn=ChurnClass.MEDIUM,
    )


def helmut_journey(language: Language = "de", more: int = 42) -> JourneyHead:
    """The touchpoints of the picture, newest first, with `more` older ones behind them."""
    newest = (
        Touchpoint(
            touchpoint_id="t-5",
            at=utc(2026, 11, 9, 18, 20),
            channel=ContactChannel.PORTAL,
            type="portal_form_abandoned",
            params={"form": "instalment", "minutes": 2},
            media_break=True,
        ),
        Touchpoint(
            touchpoint_id="t-4",
            at=utc(2026, 11, 4),
            channel=ContactChannel.PHONE,
            type="call_open",
            params={"topic": "instalment"},
            experience=Experience.NEGATIVE,
            case_id="V-88",
            case_open=True,
        ),
        Touchpoint(
            touchpoint_id="t-3",
            at=utc(2026, 11, 3),
            channel=ContactChannel.PHONE,
            type="call_transferred",
            params={"times": 2},
            experience=Experience.NEGATIVE,
            case_id="V-88",
            case_open=True,
        ),
        Touchpoint(
            touchpoint_id="t-2",
            at=utc(2026, 10, 2),
            channel=ContactChannel.EMAIL,
            type="price_letter",
            params={"effective_date": "2027-01-01"},
        ),
        Touchpoint(
            touchpoint_id="t-1",
            at=utc(2026, 9, 12),
            channel=ContactChannel.METER,
            type="meter_reading",
            params={"kwh": 18250},
            experience=Experience.POSITIVE,
        ),
    )
    return JourneyHead(
        total=5 + more,
        touchpoints=(*newest, *older_touchpoints(more)),
        media_breaks=(
            MediaBreak(
                code="portal_form_then_call",
                params={"form": "instalment", "minutes": 2, "days_ago": 1, "answered": "now"},
                at=utc(2026, 11, 9, 18, 20),
            ),
        ),
    )


_OLDER: tuple[tuple[ContactChannel, str, dict[str, str | int | float | bool | None]], ...] = (
    (ContactChannel.PHONE, "call_solved", {"topic": "bill"}),
    (ContactChannel.POST, "bill", {"balance_eur": -84.5}),
    (ContactChannel.PORTAL, "portal_login", {}),
    (ContactChannel.PHONE, "complaint", {"topic": "price_change"}),
    (ContactChannel.POST, "complaint_answered", {"topic": "price_change", "days": 4}),
    (ContactChannel.APP, "photo_upload", {"of": "meter_reading"}),
    (ContactChannel.SMS, "outage_notice", {"minutes": 50}),
)


def older_touchpoints(count: int) -> tuple[Touchpoint, ...]:
    """So many touchpoints before the newest five, newest first, two of every seven in one case."""
    made = []
    for number in range(count):
        channel, kind, params = _OLDER[number % len(_OLDER)]
        case = f"V-{number // len(_OLDER)}" if kind.startswith("complaint") else None
        made.append(
            Touchpoint(
                touchpoint_id=f"old-{number}",
                at=utc(2026, 9, 1) - timedelta(days=19 * number),
                channel=channel,
                type=kind,
                params=params,
                experience=Experience.NEGATIVE if kind == "complaint" else Experience.NEUTRAL,
                case_id=case,
            )
        )
    return tuple(made)


# Actions


def instalment_action(language: Language = "de") -> Recommendation:
    """Helmut's first action."""

    def say(german: str, english: str) -> str:
        return _said(language, german, english)

    return Recommendation(
        action_id="SRV_INSTALMENT",
        rank=1,
        kind=ActionKind.SERVICE,
        closing_form=ClosingForm.SERVICE_DONE,
        minutes=1,
        title=say("Abschlag passend machen", "Make the instalment fit"),
        reason=say(
            "Verbrauch 14 % unter Vorjahr; Guthaben von 212 € zu erwarten.",
            "Consumption 14 % below last year; a credit of €212 is to be expected.",
        ),
        factors=Factors(propensity=0.62, context=2.0, value=0.9, levers=1.0, priority=1.116),
        because=(
            Because(
                code="rule_met",
                params={"text": say("Verbrauch 14 % unter Vorjahr", "Consumption 14 % below last year")},
            ),
            Because(code="concern_match", params={"concern": "instalment"}),
            Because(code="service_reserved"),
            Because(code="recent_trouble", params={"days_ago": 7}, speaks="against"),
        ),
        bridge=say(
            "Weil wir gerade beim Abschlag sind: Soll ich ihn so einstellen, dass am Jahresende nichts offen bleibt?",
            "While we are on your instalment: shall I set it so that nothing is left to pay at the end of the year?",
        ),
        steps=(
            GuideStep(
                step_id="reading",
                text=say("Aktuellen Zählerstand erfragen", "Ask for the current meter reading"),
                input=StepInput(name="reading", kind="integer", label=say("Zählerstand", "Meter reading"), unit="kWh"),
            ),
            GuideStep(
                step_id="amount",
                text=say(
                    "Neuen Abschlag nennen: 84 € statt 98 € im Monat",
                    "Name the new instalment: €84 instead of €98",
                ),
            ),
            GuideStep(
                step_id="from",
                text=say("Ab wann?", "From when?"),
                choices=(
                    StepChoice(code="next_month", label=say("nächster Monat", "next month")),
                    StepChoice(code="later", label=say("später", "later")),
                ),
            ),
            GuideStep(
                step_id="later_date",
                text=say("Wunschmonat notieren", "Note the month asked for"),
                input=StepInput(name="month", kind="date", label=say("Ab", "From")),
                when=StepCondition(step="from", choice="later"),
            ),
        ),
        benefits=(
            Benefit(
                feature=say("Abschlag nach Ihrem echten Verbrauch", "An instalment after your real consumption"),
                advantage=say("Monatlich 14 € weniger", "€14 less a month"),
                benefit=say("Sie strecken uns kein Geld mehr vor.", "You no longer advance us money."),
            ),
            Benefit(
                feature=say("Anpassung jederzeit", "Change at any time"),
                advantage=say("Ein Anruf genügt", "One call is enough"),
                benefit=say("Sie behalten die Kontrolle.", "You stay in control."),
            ),
        ),
        objections=tuple(
            Objection(
                objection_id=f"o{number}",
                phrase=say(german, english),
                method=method,
                answer=say(
                    "Das verstehe ich. Der neue Abschlag richtet sich nach Ihrem letzten Zählerstand, und Sie können"
                    " ihn jederzeit wieder ändern.",
                    "I understand. The new instalment follows your last meter reading, and you can change it any time.",
                ),
            )
            for number, (method, german, english) in enumerate(
                (
                    ("acknowledge", "Dann zahle ich am Ende nach.", "Then I will have to pay back in the end."),
                    ("evidence", "Woher wissen Sie meinen Verbrauch?", "How do you know my consumption?"),
                    ("postpone", "Das möchte ich später machen.", "I would rather do that later."),
                    ("respect_no", "Lassen Sie alles, wie es ist.", "Leave everything as it is."),
                ),
                start=1,
            )
        ),
        knowledge=(
            Knowledge(
                title=say("So rechnet der Abschlag", "How the instalment is worked out"),
                text=say("Jahresverbrauch × Preis ÷ 11 Abschläge.", "Yearly consumption × price ÷ 11 instalments."),
            ),
        ),
        responses=(
            ResponseCode.ACCEPTED_DONE,
            ResponseCode.INTEREST_INFO,
            ResponseCode.INTEREST_CALLBACK,
            ResponseCode.THINKING,
            ResponseCode.DECLINED_NO_NEED,
            ResponseCode.DECLINED_TRUST,
            ResponseCode.DECLINED_NOT_NOW,
            ResponseCode.STOP_TOPIC,
            ResponseCode.NOT_ADDRESSED_MOOD,
            ResponseCode.NOT_ADDRESSED_TIME,
            ResponseCode.NOT_ADDRESSED_UNSUITABLE,
            ResponseCode.WRONG_DATA,
            ResponseCode.CALL_DROPPED,
        ),
    )


def fixed_price_action(language: Language = "de") -> Recommendation:
    """Helmut's second action: retention, closed in text form, with duties."""
    first = instalment_action(language)
    return first.model_copy(
        update={
            "action_id": "RET_FIX12",
            "rank": 2,
            "kind": ActionKind.RETENTION,
            "closing_form": ClosingForm.TEXT_FORM,
            "minutes": 3,
            "title": _said(language, "Preisgarantie 12 Monate", "Fixed price for 12 months"),
            "reason": _said(
                language,
                "Preisänderung zum 1. Januar; Sonderkündigung bis dahin möglich.",
                "Price change on 1 January; special termination is possible until then.",
            ),
            "duties": (Duty.CONFIRMATION_DURABLE_MEDIUM, Duty.WITHDRAWAL_14_DAYS),
            "responses": (ResponseCode.ACCEPTED_PENDING, *first.responses[1:]),
        }
    )


def maintenance_action(language: Language = "de") -> Recommendation:
    """Helmut's third action: sales, closed on the call."""
    first = instalment_action(language)
    return first.model_copy(
        update={
            "action_id": "XS_MAINTAIN",
            "rank": 3,
            "kind": ActionKind.SALES,
            "closing_form": ClosingForm.ON_CALL,
            "minutes": 4,
            "title": _said(language, "Heizungswartung mit Notdienst", "Boiler service with emergency call-out"),
            "reason": _said(
                language, "Heizung von 2009, keine Wartung eingetragen.", "Boiler from 2009, no service on record."
            ),
            "duties": (Duty.DISTANCE_SELLING_INFO, Duty.WITHDRAWAL_14_DAYS),
            "responses": (ResponseCode.ACCEPTED_DONE, *first.responses[1:]),
        }
    )


def helmut_decision(language: Language = "de", quiet: bool = False) -> Decision:
    """The three actions of the picture, and two that are missing."""
    actions = (instalment_action(language), fixed_price_action(language), maintenance_action(language))
    return Decision(
        decision_id=DECISION,
        decided_at=utc(2026, 11, 10),
        catalogue_version="2026-11-01",
        recommendations=tuple(
            action.model_copy(update={"quiet": quiet and action.kind is not ActionKind.SERVICE}) for action in actions
        ),
        why_not=(
            WhyNot(
                action_id="CON_ADV_OWN",
                title=_said(language, "Einwilligung zu Angeboten", "Consent to offers"),
                kind=ActionKind.CONSENT,
                stage=Stage.SELECTION,
                rule="outranked",
                params={"place": 4},
            ),
            WhyNot(
                action_id="XS_CHARGE",
                title=_said(language, "Ladetarif für zu Hause", "Home charging tariff"),
                kind=ActionKind.SALES,
                stage=Stage.CONTACT_POLICY,
                rule="cool_down",
                params={"code": "DECLINED_NO_NEED", "days_left": 40, "until": "2026-12-20"},
            ),
        ),
    )


def no_decision(because: NoRecommendation) -> Decision:
    """A decision without any action."""
    return Decision(
        decision_id=DECISION,
        decided_at=utc(2026, 11, 10),
        catalogue_version="2026-11-01",
        recommendations=(),
        none_because=because,
    )


# Consents


def helmut_consents(language: Language = "de") -> Consents:
    """Telephone and SMS open, e-mail refused, post granted."""
    states = {
        ConsentChannel.PHONE: ConsentState.NOT_ASKED,
        ConsentChannel.EMAIL: ConsentState.REFUSED,
        ConsentChannel.SMS: ConsentState.NOT_ASKED,
        ConsentChannel.POST: ConsentState.GRANTED,
    }
    return Consents(
        statuses=tuple(
            ConsentStatus(purpose=ConsentPurpose.ADV_OWN, channel=channel, state=state)
            for channel, state in states.items()
        ),
        wordings=(
            ConsentWording(
                wording_id="adv-own-3",
                purpose=ConsentPurpose.ADV_OWN,
                channels=tuple(states),
                language=language,
                text=_said(
                    language,
                    "Darf die Stadtwerke Muster GmbH Sie künftig telefonisch, per E-Mail, SMS oder Post über eigene"
                    " Angebote zu Strom, Gas und Wärme informieren? Sie können das jederzeit widerrufen.",
                    "May Stadtwerke Muster GmbH inform you by telephone, e-mail, SMS or post about its own offers on"
                    " electricity, gas and heat? You can withdraw this at any time.",
                ),
                text_sha256="a" * 64,
                version=3,
            ),
        ),
    )


# Views and contacts


def helmut_view(language: Language = "de", quiet: bool = False) -> ContactView:
    """The backend's whole answer on Helmut, authenticated."""
    return ContactView(
        contact_id=CONTACT,
        language=language,
        auth_level=AuthLevel.AUTHENTICATED,
        identification=Identification(status="one", candidates=(helmut_candidate(language),)),
        customer_id="c-helmut",
        customer=helmut_customer(),
        value=helmut_value(),
        journey=helmut_journey(language),
        consents=helmut_consents(language),
        concerns=(
            ProbableConcern(code="instalment", because="form_abandoned", params={"form": "instalment", "days_ago": 1}),
            ProbableConcern(code="price_change", because="price_change_ahead", params={"effective_date": "2027-01-01"}),
            ProbableConcern(code="move", because="common"),
        ),
        decision=helmut_decision(language, quiet),
    )


def masked_view(
    language: Language = "de", identification: Identification | None = None, level: AuthLevel = AuthLevel.CANDIDATE
) -> ContactView:
    """The answer before authentication: candidates and nothing else."""
    known = identification or Identification(status="one", candidates=(helmut_candidate(language),))
    return ContactView(
        contact_id=CONTACT,
        language=language,
        auth_level=level,
        identification=known,
        decision=no_decision(
            NoRecommendation.NOT_AUTHENTICATED if known.candidates else NoRecommendation.UNKNOWN_CUSTOMER
        ),
    )


def concerns(language: Language = "de") -> tuple[Concern, ...]:
    """The site's contact reasons."""
    table = (
        ("instalment", "Abschlag", "Instalment", ("Abschlagszahlung", "Rate", "monthly payment")),
        ("price_change", "Preisänderung", "Price change", ("Preiserhöhung", "teurer")),
        ("move", "Umzug", "Move", ("Auszug", "Einzug", "neue Adresse")),
        ("bill", "Rechnung", "Bill", ("Jahresrechnung", "Nachzahlung", "invoice")),
        ("meter_reading", "Zählerstand", "Meter reading", ("Ablesung",)),
        ("payment", "Zahlung", "Payment", ("Mahnung", "Lastschrift")),
        ("outage", "Störung", "Outage", ("Stromausfall",)),
        ("termination", "Kündigung", "Notice", ("kündigen",)),
    )
    return tuple(
        Concern(code=code, label=_said(language, german, english), synonyms=synonyms)
        for code, german, english, synonyms in table
    )


def loading_contact() -> ContactState:
    """The telephone rings; number and queue are there, nothing else yet."""
    loading = BlockState(BlockStatus.LOADING)
    return ContactState(
        interaction=interaction(InteractionState.OFFERED),
        contact_id=CONTACT,
        customer_block=loading,
        journey_block=loading,
        concern_block=loading,
        actions_block=loading,
    )


def with_blocks(contact: ContactState, block: BlockState) -> ContactState:
    """The same contact with every block as given."""
    return replace(contact, customer_block=block, journey_block=block, concern_block=block, actions_block=block)


def contact_of(view: ContactView, caller: Party = HELMUT_NUMBER) -> ContactState:
    """A live contact with an answer."""
    contact = ContactState(
        interaction=interaction(InteractionState.LIVE, caller), contact_id=CONTACT, view=view, concern=None
    )
    actions = view.decision.recommendations
    return replace(with_blocks(contact, _READY), action_id=actions[0].action_id if actions else None)


def helmut_contact(language: Language = "de") -> ContactState:
    """The moment of the picture: concern solved, first action chosen, a response on the second recorded."""
    return replace(
        contact_of(helmut_view(language)),
        items_passed=frozenset({"customer_no", "birth_date"}),
        concern="instalment",
        solved=True,
        solved_at=ANSWERED + timedelta(minutes=3, seconds=2),
        guides=(("SRV_INSTALMENT", GuideRun(done=frozenset({"reading"}), values=(("reading", "18250"),))),),
        addressed=frozenset({"SRV_INSTALMENT", "RET_FIX12"}),
        shown=frozenset({DECISION}),
        responses=(
            ResponseEntry(
                event_id=UUID("019a5f00-0000-7000-8000-0000000000e1"),
                action_id="RET_FIX12",
                code=ResponseCode.THINKING,
                at=NOW,
                receipt=Receipt.SENT,
            ),
        ),
    )


def panel(language: Language = "de", *contacts: ContactState) -> PanelState:
    """A healthy panel with these contacts, the first one on the screen."""
    up = LinkState("up", since=ANSWERED)
    return PanelState(
        language=language,
        telephony=up,
        backend=up,
        contacts=contacts,
        current=contacts[0].interaction.interaction_id if contacts else None,
        concerns=concerns(language),
    )


def helmut(language: Language = "de") -> PanelState:
    """The picture."""
    return panel(language, helmut_contact(language))


def every_state(language: Language = "de") -> dict[str, PanelState]:
    """Each situation the panel must show, by name."""
    helmut_live = helmut_contact(language)
    loading = loading_contact()
    live_loading = replace(loading, interaction=interaction())
    failed = BlockState(BlockStatus.FAILED, FailureCode.TOO_LATE)
    fresh = contact_of(helmut_view(language, quiet=True))
    withheld = Party(presentation="restricted")
    empty_journey = helmut_view(language).model_copy(update={"journey": JourneyHead(total=0, touchpoints=())})
    objected = helmut_view(language).model_copy(
        update={
            "customer": helmut_customer().model_copy(
                update={"open_complaint": True, "advertising_objection": True, "open_cases": 3}
            ),
            "consents": Consents(statuses=(), objected=True, may_ask=False, may_not_ask_because="objected"),
            "decision": no_decision(NoRecommendation.NOTHING_ELIGIBLE),
        }
    )
    hits = tuple(
        SearchHit(
            customer_id=f"c-{number}",
            display_name=f"Brandt, {name}",
            customer_no_masked=f"K-•••{number}",
            place_masked="01••• Dresden",
            match="name",
        )
        for number, name in ((776, "Helmut"), (777, "Ilse"), (901, "Konstantin-Alexander"))
    )
    return {
        "no_call": panel(language),
        "ringing": panel(language, loading),
        "slow": panel(language, with_blocks(live_loading, BlockState(BlockStatus.SLOW))),
        "failed": panel(language, with_blocks(live_loading, failed)),
        "one_candidate": panel(language, contact_of(masked_view(language))),
        "two_items_ticked": panel(
            language,
            replace(contact_of(masked_view(language)), items_passed=frozenset({"customer_no", "birth_date"})),
        ),
        "several_candidates": panel(
            language,
            contact_of(masked_view(language, Identification(status="several", candidates=neighbours()))),
        ),
        "unknown_number": panel(language, contact_of(masked_view(language, Identification(status="unknown")))),
        "withheld_number": panel(
            language, contact_of(masked_view(language, Identification(status="withheld")), withheld)
        ),
        "search_results": panel(
            language,
            replace(
                contact_of(masked_view(language, Identification(status="unknown"))),
                search=SearchState("brandt", BlockStatus.READY, None, hits, truncated=True),
            ),
        ),
        "authenticated": panel(language, fresh),
        "concern_chosen": panel(language, replace(fresh, concern="bill")),
        "not_solved": panel(language, replace(fresh, concern="instalment", solved=False, solved_at=NOW)),
        "solved": panel(language, helmut_live),
        "no_history": panel(language, contact_of(empty_journey)),
        "guarded": panel(language, contact_of(objected)),
        "held": panel(language, replace(helmut_live, interaction=replace(helmut_live.interaction, held=True))),
        "two_calls": panel(
            language, helmut_live, replace(loading, interaction=second_interaction(), contact_id=UUID(int=2))
        ),
        "wrap_up": panel(
            language,
            replace(
                helmut_live,
                interaction=interaction(InteractionState.WRAP_UP),
                note=NoteState("Ruft wegen Abschlag wieder an", UUID(int=9), Receipt.STORED),
            ),
        ),
        "offline": replace(
            panel(language, with_blocks(live_loading, BlockState(BlockStatus.FAILED, FailureCode.OFFLINE))),
            backend=LinkState("down", ANSWERED, FailureCode.OFFLINE),
            telephony=LinkState("connecting"),
            outbox=OutboxStatus(waiting=12, parked=1, paused=FailureCode.OFFLINE),
            notices=(Notice(FailureCode.KEYRING_LOCKED), Notice(FailureCode.SETTINGS_INVALID, (("where", "a.toml"),))),
        ),
        "not_stored": panel(language, replace(helmut_live, failure=FailureCode.DISK_FULL)),
    }
