"""Words for what an action is, how it closes, and what the agent owes the customer meanwhile."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from nba_desktop.contract.codes import ActionKind, ClosingForm, Duty, NoRecommendation
from nba_desktop.contract.recommendation import Recommendation

translate = QCoreApplication.translate


def action_name(action: Recommendation) -> str:
    """The action's place and title; its title alone where it is not offered any more."""
    return f"{action.rank} {action.title}" if action.rank else action.title


def action_kind(kind: ActionKind) -> str:
    """The action type in one word."""
    return {
        ActionKind.SERVICE: translate("texts", "Service"),
        ActionKind.RETENTION: translate("texts", "Retention"),
        ActionKind.SALES: translate("texts", "Sales"),
        ActionKind.CONSENT: translate("texts", "Consent"),
        ActionKind.INFORMATION: translate("texts", "Information"),
    }[kind]


def closing_form(form: ClosingForm) -> str:
    """How the action is lawfully closed, in a word or two."""
    return {
        ClosingForm.ON_CALL: translate("texts", "on the phone"),
        ClosingForm.TEXT_FORM: translate("texts", "Text form"),
        ClosingForm.PORTAL: translate("texts", "Customer portal"),
        ClosingForm.APPOINTMENT: translate("texts", "Appointment"),
        ClosingForm.SERVICE_DONE: translate("texts", "done at once"),
    }[form]


def closing_form_duty(form: ClosingForm) -> str:
    """What the closing form asks of the agent; empty where a yes on the phone is enough."""
    return {
        ClosingForm.ON_CALL: translate("texts", "Summarise and ask for an express yes."),
        ClosingForm.TEXT_FORM: translate("texts", "A yes on the phone is not enough: the contract needs text form."),
        ClosingForm.PORTAL: translate("texts", "The customer completes this in the customer portal."),
        ClosingForm.APPOINTMENT: translate("texts", "Closed at the appointment, not in this call."),
        ClosingForm.SERVICE_DONE: "",
    }[form]


def duty(owed: Duty) -> str:
    """One duty as an instruction to the agent."""
    return {
        Duty.DISTANCE_SELLING_INFO: translate("texts", "Give the distance-selling information first."),
        Duty.CONFIRMATION_DURABLE_MEDIUM: translate("texts", "Send the confirmation on a durable medium."),
        Duty.WITHDRAWAL_14_DAYS: translate("texts", "Mention the 14-day right to withdraw from the contract."),
        Duty.DEADLINE_TWO_WEEKS: translate("texts", "Send the offer within two weeks of the notice."),
        Duty.READ_CURRENT_WORDING: translate("texts", "Read the current wording aloud."),
        Duty.EQUAL_BUTTONS: translate("texts", "Yes and no count the same: do not urge."),
        Duty.ADVICE_DOCUMENTATION: translate("texts", "Document the advice and hand it over."),
        Duty.LICENSED_ADVISER_ONLY: translate("texts", "Only for licensed advisers: otherwise hand over."),
        Duty.TAPING_REQUIRED: translate("texts", "Make sure the call is recorded before you advise."),
    }[owed]


def minutes(count: int) -> str:
    """How long the action takes, shortened."""
    return translate("texts", "{count} min").format(count=count)


def no_recommendation(because: NoRecommendation) -> str:
    """Why there is no action to recommend."""
    return {
        NoRecommendation.NOT_AUTHENTICATED: translate("texts", "Actions appear after authentication."),
        NoRecommendation.UNKNOWN_CUSTOMER: translate("texts", "No action: it is not known which customer is calling."),
        NoRecommendation.NOTHING_ELIGIBLE: translate("texts", "No action fits this customer today."),
        NoRecommendation.NONE_DUE: translate("texts", "No recommendation is due on this call."),
        NoRecommendation.FAILED: translate("texts", "No action: the recommendations failed. IT has a note of it."),
        NoRecommendation.NO_CATALOGUE: translate("texts", "No action: there is no valid catalogue of actions."),
    }[because]
