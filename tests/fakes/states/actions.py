"""Helmut's three actions."""

from __future__ import annotations

from nba_desktop.contract.base import Language
from nba_desktop.contract.codes import (
    ActionKind,
    ClosingForm,
    Duty,
    ResponseCode,
)
from nba_desktop.contract.recommendation import (
    Because,
    Benefit,
    Factors,
    GuideStep,
    Knowledge,
    Objection,
    Recommendation,
    StepChoice,
    StepCondition,
    StepInput,
)
from tests.fakes.states.moments import said


def instalment_action(language: Language = "de") -> Recommendation:
    """Helmut's first action."""

    def say(german: str, english: str) -> str:
        return said(language, german, english)

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
            "title": said(language, "Preisgarantie 12 Monate", "Fixed price for 12 months"),
            "reason": said(
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
            "title": said(language, "Heizungswartung mit Notdienst", "Boiler service with emergency call-out"),
            "reason": said(
                language, "Heizung von 2009, keine Wartung eingetragen.", "Boiler from 2009, no service on record."
            ),
            "duties": (Duty.DISTANCE_SELLING_INFO, Duty.WITHDRAWAL_14_DAYS),
            "responses": (ResponseCode.ACCEPTED_DONE, *first.responses[1:]),
        }
    )
