"""Small answers of the backend for tests of the session."""

from __future__ import annotations

from datetime import UTC, date, datetime
from uuid import UUID, uuid5

from nba_desktop.contract.codes import (
    ActionKind,
    AuthLevel,
    ChurnClass,
    ClosingForm,
    ConsentChannel,
    ConsentPurpose,
    ConsentState,
    NoRecommendation,
    ResponseCode,
    Trend,
    ValueClass,
)
from nba_desktop.contract.consent import Consents, ConsentStatus, ConsentWording
from nba_desktop.contract.contact import ContactView
from nba_desktop.contract.customer import Candidate, Customer, CustomerValue, Identification, SecurityItem
from nba_desktop.contract.journey import JourneyHead, ProbableConcern
from nba_desktop.contract.recommendation import (
    Because,
    Decision,
    GuideStep,
    Objection,
    Recommendation,
    StepChoice,
    StepInput,
)

DECIDED = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
HELMUT = Candidate(
    customer_id="c-helmut",
    display_name="Helmut Brandt",
    customer_no_masked="K-104 •••",
    place_masked="010•• Dresden",
    match="phone_home",
    security_items=(
        SecurityItem(code="birth_date", hint="12.03.••••"),
        SecurityItem(code="postcode", hint="010••"),
        SecurityItem(code="iban", hint="•••• 4417"),
    ),
)
WORDING = ConsentWording(
    wording_id="adv-own-de-1",
    purpose=ConsentPurpose.ADV_OWN,
    channels=(ConsentChannel.PHONE, ConsentChannel.EMAIL),
    language="de",
    text="Dürfen wir Sie künftig anrufen?",
    text_sha256="0" * 64,
    version=1,
)


def _decision(contact_id: UUID, name: str, recommendations: tuple[Recommendation, ...]) -> Decision:
    return Decision(
        decision_id=uuid5(contact_id, name),
        decided_at=DECIDED,
        catalogue_version="v1",
        recommendations=recommendations,
        none_because=None if recommendations else NoRecommendation.NOT_AUTHENTICATED,
    )


def recommendation(action_id: str, rank: int, kind: ActionKind, quiet: bool = False) -> Recommendation:
    return Recommendation(
        action_id=action_id,
        rank=rank,
        kind=kind,
        closing_form=ClosingForm.SERVICE_DONE if kind is ActionKind.SERVICE else ClosingForm.TEXT_FORM,
        minutes=1,
        title=action_id,
        reason="Verbrauch 14 % unter Vorjahr.",
        quiet=quiet,
        bridge="Soll ich ihn einstellen?",
        bridge_template="Soll ich ihn einstellen?",
        steps=(
            GuideStep(step_id="ask", text="Zählerstand erfragen", input=StepInput(name="m", kind="integer", label="m")),
            GuideStep(step_id="when", text="Ab wann?", choices=(StepChoice(code="next", label="nächster Monat"),)),
        ),
        objections=(Objection(objection_id="o1", phrase="Zu teuer.", method="compare", answer="Im Vergleich …"),),
        responses=(
            ResponseCode.ACCEPTED_DONE if kind is ActionKind.SERVICE else ResponseCode.ACCEPTED_PENDING,
            ResponseCode.THINKING,
            ResponseCode.NOT_DECIDER,
            ResponseCode.DECLINED_PRICE,
            ResponseCode.DECLINED_NO_NEED,
            ResponseCode.NOT_ADDRESSED_TIME,
        ),
    )


def masked_view(contact_id: UUID, candidates: tuple[Candidate, ...] = (HELMUT,)) -> ContactView:
    """What the backend says before authentication."""
    status = {0: "unknown", 1: "one"}.get(len(candidates), "several")
    return ContactView(
        contact_id=contact_id,
        language="de",
        auth_level=AuthLevel.CANDIDATE if candidates else AuthLevel.NONE,
        identification=Identification.model_validate({"status": status, "candidates": candidates}),
        decision=_decision(contact_id, "masked", ()),
    )


def full_view(contact_id: UUID, solved: bool) -> ContactView:
    """What the backend says of Helmut once he is authenticated."""
    return ContactView(
        contact_id=contact_id,
        language="de",
        auth_level=AuthLevel.AUTHENTICATED,
        identification=Identification(status="one", candidates=(HELMUT,)),
        customer_id="c-helmut",
        customer=Customer(
            customer_id="c-helmut",
            customer_no="K-104776",
            salutation="mr",
            first_name="Helmut",
            last_name="Brandt",
            since=date(2008, 4, 1),
            language="de",
        ),
        value=CustomerValue(
            value_class=ValueClass.A,
            low_eur=1100,
            high_eur=1500,
            trend=Trend.UP,
            as_of=date(2026, 11, 1),
            horizon_years=5,
            churn=ChurnClass.MEDIUM,
        ),
        journey=JourneyHead(total=0, touchpoints=()),
        consents=Consents(
            statuses=tuple(
                ConsentStatus(purpose=ConsentPurpose.ADV_OWN, channel=channel, state=ConsentState.NOT_ASKED)
                for channel in (ConsentChannel.PHONE, ConsentChannel.EMAIL)
            ),
            wordings=(WORDING,),
        ),
        concerns=(ProbableConcern(code="instalment", because="portal_form_abandoned"),),
        decision=_decision(
            contact_id,
            f"solved {solved}",
            (
                recommendation("SRV_INSTALMENT", 1, ActionKind.SERVICE),
                recommendation("RET_FIX12", 2, ActionKind.RETENTION, quiet=not solved),
                recommendation("XS_MAINTAIN", 3, ActionKind.SALES, quiet=not solved),
            ),
        ),
    )


def without(view: ContactView, action_id: str) -> ContactView:
    """The view by another decision, which offers an action no more."""
    left = (one for one in view.decision.recommendations if one.action_id != action_id)
    ranked = tuple(one.model_copy(update={"rank": rank}) for rank, one in enumerate(left, start=1))
    decision_id = uuid5(view.contact_id, f"without {view.decision.decision_id}")
    decision = view.decision.model_copy(update={"recommendations": ranked, "decision_id": decision_id})
    return view.model_copy(update={"decision": decision})


def raised_first(view: ContactView, action_id: str) -> ContactView:
    """The view with an action first that an event raises."""
    reason = Because(code="event", params={"text": "Preisschreiben verschickt"})
    order = sorted(view.decision.recommendations, key=lambda one: one.action_id != action_id)
    ranked = tuple(
        one.model_copy(update={"rank": rank, "because": (reason,) if one.action_id == action_id else ()})
        for rank, one in enumerate(order, start=1)
    )
    decision_id = uuid5(view.contact_id, f"raised {view.decision.decision_id}")
    decision = view.decision.model_copy(update={"recommendations": ranked, "decision_id": decision_id})
    return view.model_copy(update={"decision": decision})
