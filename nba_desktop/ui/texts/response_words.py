"""Words for the response row: five groups, their reasons, and the whole code on a receipt."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from nba_desktop.contract.codes import ConsentChannel, ResponseCode, ResponseGroup

translate = QCoreApplication.translate


def response_group(group: ResponseGroup) -> str:
    """The word on a group's button; it has to fit a fifth of the panel's width."""
    return {
        ResponseGroup.ACCEPTED: translate("texts", "Accepted"),
        ResponseGroup.INTEREST: translate("texts", "Interested"),
        ResponseGroup.THINKING: translate("texts", "Thinking"),
        ResponseGroup.DECLINED: translate("texts", "Declined"),
        ResponseGroup.NOT_ADDRESSED: translate("texts", "Not raised"),
    }[group]


def response_group_question(group: ResponseGroup) -> str:
    """What is asked when a group opens."""
    return {
        ResponseGroup.ACCEPTED: translate("texts", "Accepted – how far is it?"),
        ResponseGroup.INTEREST: translate("texts", "Interested – what comes next?"),
        ResponseGroup.THINKING: translate("texts", "Thinking – what for?"),
        ResponseGroup.DECLINED: translate("texts", "Declined – why?"),
        ResponseGroup.NOT_ADDRESSED: translate("texts", "Not raised – why? It is held against nobody."),
    }[group]


def response_reason(code: ResponseCode) -> str:
    """A code as a reason within its group, without repeating the group."""
    return {
        ResponseCode.ACCEPTED_DONE: translate("texts", "Done"),
        ResponseCode.ACCEPTED_PENDING: translate("texts", "Confirmation pending"),
        ResponseCode.INTEREST_INFO: translate("texts", "Send information"),
        ResponseCode.INTEREST_CALLBACK: translate("texts", "Wants a callback"),
        ResponseCode.INTEREST_SPECIALIST: translate("texts", "Passed to specialist"),
        ResponseCode.THINKING: translate("texts", "Wants to think it over"),
        ResponseCode.NOT_DECIDER: translate("texts", "Not the decision-maker"),
        ResponseCode.DECLINED_NO_NEED: translate("texts", "No need"),
        ResponseCode.DECLINED_PRICE: translate("texts", "Too expensive"),
        ResponseCode.DECLINED_HAS_OTHER: translate("texts", "Already has one elsewhere"),
        ResponseCode.DECLINED_TRUST: translate("texts", "Sceptical / no commitment"),
        ResponseCode.DECLINED_NOT_NOW: translate("texts", "Not today"),
        ResponseCode.STOP_TOPIC: translate("texts", "Do not raise this topic again"),
        ResponseCode.NOT_ADDRESSED_MOOD: translate("texts", "Mood / complaint"),
        ResponseCode.NOT_ADDRESSED_TIME: translate("texts", "No time"),
        ResponseCode.NOT_ADDRESSED_UNSUITABLE: translate("texts", "Unsuitable"),
        ResponseCode.WRONG_DATA: translate("texts", "Data wrong / already has it"),
        ResponseCode.CALL_DROPPED: translate("texts", "Call dropped"),
        ResponseCode.NO_CODE: translate("texts", "No response recorded"),
    }[code]


def response_code(code: ResponseCode) -> str:
    """A code as it stands alone: on a receipt, a card, a cool-down."""
    return {
        ResponseCode.ACCEPTED_DONE: translate("texts", "Accepted – done"),
        ResponseCode.ACCEPTED_PENDING: translate("texts", "Accepted – confirmation pending"),
        ResponseCode.INTEREST_INFO: translate("texts", "Interested – send information"),
        ResponseCode.INTEREST_CALLBACK: translate("texts", "Interested – callback"),
        ResponseCode.INTEREST_SPECIALIST: translate("texts", "Passed to specialist"),
        ResponseCode.THINKING: translate("texts", "Wants to think it over"),
        ResponseCode.NOT_DECIDER: translate("texts", "Not the decision-maker"),
        ResponseCode.DECLINED_NO_NEED: translate("texts", "No need"),
        ResponseCode.DECLINED_PRICE: translate("texts", "Too expensive"),
        ResponseCode.DECLINED_HAS_OTHER: translate("texts", "Already has one elsewhere"),
        ResponseCode.DECLINED_TRUST: translate("texts", "Sceptical / no commitment"),
        ResponseCode.DECLINED_NOT_NOW: translate("texts", "Not today"),
        ResponseCode.STOP_TOPIC: translate("texts", "Do not raise this topic again"),
        ResponseCode.NOT_ADDRESSED_MOOD: translate("texts", "Not raised – mood / complaint"),
        ResponseCode.NOT_ADDRESSED_TIME: translate("texts", "Not raised – no time"),
        ResponseCode.NOT_ADDRESSED_UNSUITABLE: translate("texts", "Not raised – unsuitable"),
        ResponseCode.WRONG_DATA: translate("texts", "Data wrong / already has it"),
        ResponseCode.CALL_DROPPED: translate("texts", "Call dropped"),
        ResponseCode.NO_CODE: translate("texts", "No response recorded"),
    }[code]


def text_form_needed() -> str:
    """The duty of an action before anything is agreed."""
    return translate("texts", "A yes needs a confirmation in text form afterwards.")


def confirmation_due_words() -> str:
    """That what was accepted is only closed in text form."""
    return translate("texts", "Confirmation in text form is needed. Send it by:")


def confirmation_sent_words(channel: ConsentChannel) -> str:
    """That the confirmation in text form is on its way."""
    return {
        ConsentChannel.EMAIL: translate("texts", "Confirmation in text form by e-mail"),
        ConsentChannel.SMS: translate("texts", "Confirmation in text form by SMS"),
        ConsentChannel.POST: translate("texts", "Confirmation in text form by post"),
    }[channel]


def promise(code: ResponseCode) -> str:
    """What was promised to the customer with a code; empty when nothing was."""
    promised = {
        ResponseCode.ACCEPTED_PENDING: translate("texts", "Send the text for confirmation"),
        ResponseCode.INTEREST_INFO: translate("texts", "Send information"),
        ResponseCode.INTEREST_CALLBACK: translate("texts", "Call back"),
        ResponseCode.INTEREST_SPECIALIST: translate("texts", "Hand over to a specialist"),
    }
    return promised.get(code, "")
