"""The customer in words: who he is, how sure that is, who speaks for him, how to address him, what he is worth."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from nba_desktop.contract.codes import (
    AuthLevel,
    ChurnClass,
    ConsentChannel,
    ConsentState,
    ContactChannel,
    Speaker,
    Trend,
)
from nba_desktop.contract.customer import Customer
from nba_desktop.ui.formats import Formats

translate = QCoreApplication.translate


def full_name(customer: Customer) -> str:
    """The name as it is called: Helmut Brandt, Familie Berger."""
    if customer.salutation == "family":
        return translate("texts", "{name} family").format(name=customer.last_name)
    return f"{customer.first_name} {customer.last_name}".strip()


def since_words(customer: Customer) -> str:
    """Number and year of the first contract."""
    match customer.salutation:
        case "ms":
            since = translate("texts", "customer since {year}", "a woman")
        case "family":
            since = translate("texts", "customers since {year}", "a family")
        case _:
            since = translate("texts", "customer since {year}", "a man, or unknown")
    return f"{customer.customer_no} · {since.format(year=customer.since.year)}"


def address_words(customer: Customer) -> str:
    """How this customer wants to be addressed, and what else he would rather have."""
    form = translate("texts", "formal") if customer.address_form == "formal" else translate("texts", "first names")
    tone = {
        "calm": translate("texts", "calm"),
        "brief": translate("texts", "brief"),
        "warm": translate("texts", "warm"),
        "neutral": "",
    }[customer.tone]
    how = translate("texts", "Tone: {how}").format(how=", ".join(filter(None, (form, tone, _documents(customer)))))
    return " · ".join((how, *customer.preferences))


def _documents(customer: Customer) -> str:
    match customer.documents_by:
        case ContactChannel.POST:
            return translate("texts", "documents by post")
        case ContactChannel.EMAIL:
            return translate("texts", "documents by e-mail")
        case ContactChannel.PORTAL:
            return translate("texts", "documents in the portal")
        case ContactChannel.APP:
            return translate("texts", "documents in the app")
        case _:
            return ""


def last_spoken_words(customer: Customer, formats: Formats) -> str:
    """With whom the customer spoke last; empty when with nobody."""
    spoken = customer.last_spoken
    if spoken is None:
        return ""
    day = formats.day_within(spoken.at)
    return translate("texts", "Last: {who}, {day}").format(who=spoken.agent_name, day=day)


def named_words(customer_no: str) -> str:
    """That the CRM has opened a customer while there was a call."""
    return translate("texts", "The CRM has opened customer {number}.").format(number=customer_no)


def churn_words(churn: ChurnClass) -> str:
    """The risk of losing the customer."""
    match churn:
        case ChurnClass.LOW:
            return translate("texts", "Churn: low")
        case ChurnClass.MEDIUM:
            return translate("texts", "Churn: medium")
        case ChurnClass.HIGH:
            return translate("texts", "Churn: high")


def trend_word(trend: Trend) -> str:
    """Where the value is going."""
    match trend:
        case Trend.UP:
            return translate("texts", "rising")
        case Trend.FLAT:
            return translate("texts", "steady")
        case Trend.DOWN:
            return translate("texts", "falling")


def consent_brief(state: ConsentState) -> str:
    """The state of a consent in one word."""
    match state:
        case ConsentState.NOT_ASKED | ConsentState.ASKED_OPEN:
            return translate("texts", "open", "consent")
        case ConsentState.REFUSED:
            return translate("texts", "no", "consent")
        case ConsentState.PENDING_CONFIRMATION:
            return translate("texts", "pending", "consent")
        case ConsentState.GRANTED:
            return translate("texts", "yes", "consent")
        case ConsentState.WITHDRAWN:
            return translate("texts", "withdrawn", "consent")
        case ConsentState.EXPIRED:
            return translate("texts", "expired", "consent")


def consent_channel_word(channel: ConsentChannel) -> str:
    """An advertising channel by name."""
    match channel:
        case ConsentChannel.PHONE:
            return translate("texts", "Telephone")
        case ConsentChannel.EMAIL:
            return translate("texts", "E-mail")
        case ConsentChannel.SMS:
            return translate("texts", "SMS")
        case ConsentChannel.POST:
            return translate("texts", "Post")
        case ConsentChannel.PORTAL:
            return translate("texts", "Portal")
        case ConsentChannel.PUSH:
            return translate("texts", "Push message")
        case ConsentChannel.ANY:
            return translate("texts", "All channels")


def match_words(match: str, own: bool = False) -> str:
    """Why a customer is a possible caller, or was found; `own` when the agent had this call before himself."""
    if match == "handed_over" and own:
        return translate("texts", "in this call with you before")
    return {
        "phone_home": translate("texts", "home number"),
        "phone_mobile": translate("texts", "mobile number"),
        "phone_other": translate("texts", "another number"),
        "attached": translate("texts", "assigned by you"),
        "search": translate("texts", "found by search"),
        "handed_over": translate("texts", "transferred by a colleague"),
        "customer_no": translate("texts", "customer number"),
        "name": translate("texts", "name"),
        "contract": translate("texts", "contract number"),
        "address": translate("texts", "address"),
        "phone": translate("texts", "telephone number"),
    }[match]


def habit_words(habit: str | None) -> str:
    """What earlier calls from this number say of a customer; empty when they say nothing."""
    match habit:
        case "usual":
            return translate("texts", "calls most often")
        case "usual_here":
            return translate("texts", "calls most often this way")
        case _:
            return ""


def vouched_words(vouched_by: str, own: bool) -> str:
    """Who has authenticated the caller in this very call already."""
    if vouched_by == "colleague" and own:
        return translate("texts", "Authenticated by you before – please confirm with one key")
    if vouched_by == "colleague":
        return translate("texts", "Authenticated by your colleague – please confirm with one key")
    return translate("texts", "Authenticated by the voice menu – please confirm with one key")


def level_words(level: AuthLevel, vouched_by: str | None = None, own: bool = False) -> str:
    """How sure it is who is on the line, and by whom where the agent did not ask himself just now."""
    match level, vouched_by:
        case AuthLevel.NONE, _:
            return translate("texts", "not identified")
        case AuthLevel.CANDIDATE, _:
            return translate("texts", "possible caller")
        case AuthLevel.IDENTIFIED, _:
            return translate("texts", "identified, not authenticated")
        case AuthLevel.AUTHENTICATED, "colleague" if own:
            return translate("texts", "authenticated by you before")
        case AuthLevel.AUTHENTICATED, "colleague":
            return translate("texts", "authenticated by a colleague")
        case AuthLevel.AUTHENTICATED, "voice_menu":
            return translate("texts", "authenticated by the voice menu")
        case _:
            return translate("texts", "authenticated")


def speaker_words(speaker: Speaker) -> str:
    """Who is on the line."""
    match speaker:
        case Speaker.CUSTOMER:
            return translate("texts", "The customer")
        case Speaker.REPRESENTATIVE:
            return translate("texts", "Representative, authority proven")
        case Speaker.UNAUTHORISED:
            return translate("texts", "Somebody without authority")


def speaker_limits(speaker: Speaker) -> str:
    """What may be done with whoever is on the line."""
    match speaker:
        case Speaker.CUSTOMER:
            return translate("texts", "No limits.")
        case Speaker.REPRESENTATIVE:
            return translate("texts", "Information and service. No customer value, no sales; consent only withdrawn.")
        case Speaker.UNAUTHORISED:
            return translate("texts", "Only general information: nothing on contract, consumption or payments.")


def security_word(code: str, label: str | None = None) -> str:
    """One thing to ask the caller; `label` is the site's name for what it declared."""
    match code:
        case "customer_no":
            return translate("texts", "Customer number")
        case "meter_no":
            return translate("texts", "Meter number")
        case "birth_date":
            return translate("texts", "Date of birth")
        case "iban_last4":
            return translate("texts", "IBAN, last 4 digits")
        case "postcode":
            return translate("texts", "Postcode")
        case "street":
            return translate("texts", "Street and number")
        case _:
            return label or code.replace("_", " ")
