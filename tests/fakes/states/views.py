"""What the backend answers."""

from __future__ import annotations

from nba_desktop.contract.base import Language
from nba_desktop.contract.codes import (
    ActionKind,
    AuthLevel,
    ConsentChannel,
    ConsentPurpose,
    ConsentState,
    NoRecommendation,
    Stage,
)
from nba_desktop.contract.consent import Consents, ConsentStatus, ConsentWording
from nba_desktop.contract.contact import Concern, ContactView
from nba_desktop.contract.customer import (
    Identification,
)
from nba_desktop.contract.journey import ProbableConcern
from nba_desktop.contract.recommendation import (
    Decision,
    WhyNot,
)
from tests.fakes.states.actions import fixed_price_action, instalment_action, maintenance_action
from tests.fakes.states.customers import helmut_candidate, helmut_customer, helmut_value
from tests.fakes.states.journeys import helmut_journey
from tests.fakes.states.moments import CONTACT, DECISION, said, utc


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
                title=said(language, "Einwilligung zu Angeboten", "Consent to offers"),
                kind=ActionKind.CONSENT,
                stage=Stage.SELECTION,
                rule="outranked",
                params={"place": 4},
            ),
            WhyNot(
                action_id="XS_CHARGE",
                title=said(language, "Ladetarif für zu Hause", "Home charging tariff"),
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
                text=said(
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
        Concern(code=code, label=said(language, german, english), synonyms=synonyms)
        for code, german, english, synonyms in table
    )
