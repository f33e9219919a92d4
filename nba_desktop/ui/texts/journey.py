"""Touchpoints in a word for the strip and in a sentence for the timeline; channels and media breaks in words."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from nba_desktop.contract.codes import ContactChannel, Experience
from nba_desktop.contract.contact import Concern
from nba_desktop.contract.journey import MediaBreak, Touchpoint
from nba_desktop.ui.formats import Formats
from nba_desktop.ui.texts.concerns import sentence_params
from nba_desktop.ui.texts.filling import fill

translate = QCoreApplication.translate


def channel_word(channel: ContactChannel) -> str:
    """A channel by name."""
    match channel:
        case ContactChannel.PHONE:
            return translate("texts", "Telephone")
        case ContactChannel.EMAIL:
            return translate("texts", "E-mail")
        case ContactChannel.POST:
            return translate("texts", "Post")
        case ContactChannel.PORTAL:
            return translate("texts", "Portal")
        case ContactChannel.APP:
            return translate("texts", "App")
        case ContactChannel.CHAT:
            return translate("texts", "Chat")
        case ContactChannel.SMS:
            return translate("texts", "SMS")
        case ContactChannel.SHOP:
            return translate("texts", "Shop")
        case ContactChannel.METER:
            return translate("texts", "Meter")
        case ContactChannel.COMPARISON_SITE:
            return translate("texts", "Comparison site")


def experience_word(experience: Experience) -> str:
    """How the customer experienced it."""
    match experience:
        case Experience.POSITIVE:
            return translate("texts", "good experience")
        case Experience.NEUTRAL:
            return translate("texts", "neutral experience")
        case Experience.NEGATIVE:
            return translate("texts", "bad experience")


def strip_word(point: Touchpoint) -> str:
    """One or two short words below a touchpoint of the strip."""
    match point.type:
        case "meter_reading":
            return translate("texts", "Meter", "strip")
        case "price_letter":
            return translate("texts", "Price letter", "strip")
        case "call_solved":
            return translate("texts", "Call solved", "strip")
        case "call_open":
            return translate("texts", "left open", "strip")
        case "call_transferred" if "times" in point.params:
            return translate("texts", "{times}× transferred", "strip").format(times=point.params["times"])
        case "call_transferred":
            return translate("texts", "transferred", "strip")
        case "callback_kept":
            return translate("texts", "Callback", "strip")
        case "callback_missed":
            return translate("texts", "No callback", "strip")
        case "portal_login" | "portal_form_abandoned" | "portal_form_sent":
            return translate("texts", "Portal")
        case "app_login":
            return translate("texts", "App")
        case "photo_upload":
            return translate("texts", "Photo", "strip")
        case "chat":
            return translate("texts", "Chat")
        case "email_received":
            return translate("texts", "E-mail")
        case "letter_received":
            return translate("texts", "Letter", "strip")
        case "mail_opened":
            return translate("texts", "Mail read", "strip")
        case "bill":
            return translate("texts", "Bill")
        case "bill_question":
            return translate("texts", "Bill query", "strip")
        case "instalment_changed":
            return translate("texts", "Instalment")
        case "payment":
            return translate("texts", "Payment")
        case "payment_failed":
            return translate("texts", "Returned", "strip")
        case "payment_reminder":
            return translate("texts", "Reminder", "strip")
        case "complaint":
            return translate("texts", "Complaint")
        case "complaint_answered":
            return translate("texts", "Answered", "strip")
        case "move_notice":
            return translate("texts", "Move")
        case "contract_started":
            return translate("texts", "Contract", "strip")
        case "termination_received":
            return translate("texts", "Notice")
        case "tariff_compared":
            return translate("texts", "Compared", "strip")
        case "outage_notice":
            return translate("texts", "Outage")
        case "appointment":
            return translate("texts", "Appointment", "strip")
        case "feedback_positive":
            return translate("texts", "Praise", "strip")
        case "feedback_negative":
            return translate("texts", "Criticism", "strip")
        case _:
            return point.word or channel_word(point.channel)


def touchpoint_sentence(point: Touchpoint, formats: Formats, concerns: tuple[Concern, ...]) -> str:
    """What happened, in one sentence of the timeline."""
    p = sentence_params(point.params, formats, concerns)
    match point.type:
        case "meter_reading":
            return fill(
                translate("texts", "Meter reading given: {kwh} kWh"), p, translate("texts", "Meter reading given")
            )
        case "price_letter":
            return fill(
                translate("texts", "Price change announced for {effective_date}"),
                p,
                translate("texts", "Price change announced"),
            )
        case "call_solved":
            return fill(translate("texts", "Call about {topic}: solved"), p, translate("texts", "Call: solved"))
        case "call_open":
            return fill(
                translate("texts", "Call about {topic}: case left open"), p, translate("texts", "Call: case left open")
            )
        case "call_transferred":
            return fill(translate("texts", "Call transferred {times} times"), p, translate("texts", "Call transferred"))
        case "callback_kept":
            return fill(
                translate("texts", "Promised callback about {topic} was made"),
                p,
                translate("texts", "Promised callback was made"),
            )
        case "callback_missed":
            return fill(
                translate("texts", "Promised callback about {topic} was missed"),
                p,
                translate("texts", "Promised callback was missed"),
            )
        case "portal_login":
            return translate("texts", "Logged in to the customer portal")
        case "portal_form_abandoned":
            return fill(
                translate("texts", "Started in the portal: {form}, abandoned after {minutes} min"),
                p,
                translate("texts", "Form abandoned in the portal"),
            )
        case "portal_form_sent":
            return fill(
                translate("texts", "Sent in the portal: {form}"), p, translate("texts", "Form sent in the portal")
            )
        case "app_login":
            return translate("texts", "Opened the app")
        case "photo_upload":
            return fill(translate("texts", "Photo uploaded: {of}"), p, translate("texts", "Photo uploaded"))
        case "chat":
            return fill(translate("texts", "Chat about {topic}"), p, translate("texts", "Chat"))
        case "email_received":
            return fill(
                translate("texts", "E-mail from the customer about {topic}"),
                p,
                translate("texts", "E-mail from the customer"),
            )
        case "letter_received":
            return fill(
                translate("texts", "Letter from the customer about {topic}"),
                p,
                translate("texts", "Letter from the customer"),
            )
        case "mail_opened":
            return fill(
                translate("texts", "Opened our e-mail about {topic}"), p, translate("texts", "Opened our e-mail")
            )
        case "bill":
            return _bill(point, formats)
        case "bill_question":
            return translate("texts", "Question about the bill")
        case "instalment_changed":
            return fill(
                translate("texts", "Instalment changed: {old_eur} → {new_eur}"),
                p,
                translate("texts", "Instalment changed"),
            )
        case "payment":
            return fill(translate("texts", "Payment received: {amount_eur}"), p, translate("texts", "Payment received"))
        case "payment_failed":
            return fill(
                translate("texts", "Direct debit returned: {amount_eur}"),
                p,
                translate("texts", "Direct debit returned"),
            )
        case "payment_reminder":
            return fill(
                translate("texts", "Reminder no. {level} for {amount_eur}"), p, translate("texts", "Reminder sent")
            )
        case _:
            return _rarer(point, p)


def _rarer(point: Touchpoint, p: dict[str, str]) -> str:
    match point.type:
        case "complaint":
            return fill(translate("texts", "Complaint about {topic}"), p, translate("texts", "Complaint"))
        case "complaint_answered":
            return fill(
                translate("texts", "Complaint about {topic} answered after {days} days"),
                p,
                translate("texts", "Complaint answered"),
            )
        case "move_notice":
            return fill(translate("texts", "Move on {move_date} announced"), p, translate("texts", "Move announced"))
        case "contract_started":
            return fill(translate("texts", "Contract started: {product}"), p, translate("texts", "Contract started"))
        case "termination_received":
            return fill(translate("texts", "Notice received for {ends_on}"), p, translate("texts", "Notice received"))
        case "tariff_compared":
            return translate("texts", "Compared tariffs")
        case "outage_notice":
            return fill(
                translate("texts", "Informed about an outage, {minutes} min"),
                p,
                translate("texts", "Informed about an outage"),
            )
        case "appointment":
            return fill(translate("texts", "Appointment about {topic}"), p, translate("texts", "Appointment"))
        case "feedback_positive" | "feedback_negative":
            return fill(translate("texts", "Rating: {score} of 5"), p, translate("texts", "Rating given"))
        case _ if point.sentence is not None:
            return fill(point.sentence, p, point.word or channel_word(point.channel))
        case _:
            return translate("texts", "Contact: {channel}").format(channel=channel_word(point.channel))


def _bill(point: Touchpoint, formats: Formats) -> str:
    balance = point.params.get("balance_eur")
    if not isinstance(balance, int | float):
        return translate("texts", "Annual bill")
    if balance < 0:
        return translate("texts", "Annual bill: back payment of {amount}").format(amount=formats.money(-balance))
    return translate("texts", "Annual bill: credit of {amount}").format(amount=formats.money(balance))


def media_break_title(broken: MediaBreak) -> str:
    """What a break is: another channel, or the same matter again."""
    if broken.repeat:
        return translate("texts", "Asked again")
    return translate("texts", "Media break")


def media_break_sentence(broken: MediaBreak, formats: Formats, concerns: tuple[Concern, ...]) -> str:
    """What the customer had to put up with, in one sentence; its day is the workstation's, as in the strip above it."""
    params = dict(broken.params)
    if "days_ago" in params:
        params["days_ago"] = (formats.today() - formats.local_day(broken.at)).days
    p = sentence_params(params, formats, concerns)
    days = broken.params.get("days")
    if isinstance(days, int):
        p["later"] = _days_later(days)
    if broken.sentence is not None:
        ago = params.get("days_ago")
        if isinstance(ago, int):
            p["ago"] = formats.days_ago(ago)
        return fill(broken.sentence, p, translate("texts", "Channel changed before this call."))
    match broken.code:
        case "portal_form_then_call" if broken.params.get("answered") == "later":
            return fill(
                translate("texts", "{form} started in the portal {ago}, abandoned after {minutes} min – then a call."),
                p,
                translate("texts", "Form abandoned in the portal – then a call."),
            )
        case "portal_form_then_call":
            return fill(
                translate(
                    "texts", "{form} started in the portal {ago}, abandoned after {minutes} min – calling today."
                ),
                p,
                translate("texts", "Form abandoned in the portal – calling today."),
            )
        case "transferred":
            return fill(
                translate("texts", "Call {ago} transferred {times} times."), p, translate("texts", "Call transferred.")
            )
        case "letter_then_call":
            return fill(
                translate("texts", "Our letter – answered by telephone {later}."),
                p,
                translate("texts", "Our letter – answered by telephone."),
            )
        case "chat_then_call":
            return fill(
                translate("texts", "Chat about {topic} without result – call {later}."),
                p,
                translate("texts", "Chat without result – then a call."),
            )
        case "email_then_call":
            return fill(
                translate("texts", "E-mail about {topic} – call {later}."),
                p,
                translate("texts", "E-mail without result – then a call."),
            )
        case "callback_missed_then_call":
            return translate("texts", "Promised callback missed – the customer calls again.")
        case _:
            return translate("texts", "Channel changed before this call.")


def _days_later(days: int) -> str:
    if days <= 0:
        return translate("texts", "on the same day")
    if days == 1:
        return translate("texts", "one day later")
    return translate("texts", "{days} days later").format(days=days)
