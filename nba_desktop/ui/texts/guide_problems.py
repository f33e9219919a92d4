"""What is wrong with what the agent typed in a guide, in a sentence that says how it is right."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QCoreApplication

from nba_desktop.contract.recommendation import StepInput
from nba_desktop.domain.guide_input import InputFault, Reading, as_typed
from nba_desktop.domain.template import TemplateFault, TemplateProblem

translate = QCoreApplication.translate


def input_fault(asked: StepInput, reading: Reading, decimal_comma: bool) -> str:
    """Why a value is not taken; empty where nothing is wrong."""
    limit = as_typed(asked, reading.limit, decimal_comma) if reading.limit else ""
    if limit and asked.unit and asked.kind != "date":
        limit = f"{limit}\u00a0{asked.unit}"
    match reading.fault:
        case None:
            return ""
        case InputFault.NOT_WHOLE:
            return translate("texts", "Please enter a whole number.")
        case InputFault.NOT_A_NUMBER:
            example = "12,5" if decimal_comma else "12.5"
            return translate("texts", "Please enter a number such as {example}.").format(example=example)
        case InputFault.NOT_AN_AMOUNT:
            example = "84,50" if decimal_comma else "84.50"
            return translate("texts", "Please enter an amount such as {example}.").format(example=example)
        case InputFault.NOT_A_DATE:
            example = as_typed(asked, date(2026, 12, 1).isoformat(), decimal_comma)
            return translate("texts", "Please enter a date such as {example}.").format(example=example)
        case InputFault.NO_SUCH_DAY:
            return translate("texts", "There is no such day in the calendar.")
        case InputFault.TOO_SMALL:
            return translate("texts", "This cannot be right: at least {limit}.").format(limit=limit)
        case InputFault.TOO_LARGE:
            return translate("texts", "This cannot be right: at most {limit}.").format(limit=limit)
        case InputFault.TOO_EARLY:
            return translate("texts", "Too early: {limit} at the earliest.").format(limit=limit)
        case InputFault.TOO_LATE:
            return translate("texts", "Too late: {limit} at the latest.").format(limit=limit)


def wording_fault(problem: TemplateProblem) -> str:
    """Why an own sentence is not kept."""
    match problem.fault:
        case TemplateFault.EMPTY:
            return translate("texts", "The sentence is empty.")
        case TemplateFault.TOO_LONG:
            return translate("texts", "Too long to be said: at most {count} characters.").format(count=problem.words)
        case TemplateFault.SEVERAL_LINES:
            return translate("texts", "Please write it in one line.")
        case TemplateFault.BRACES:
            return translate("texts", "A brace is open: a gap is a name in braces, as in the sentence above.")
        case TemplateFault.UNKNOWN_GAP:
            return translate("texts", "Nothing fills {gap} here; please use the gaps of the sentence above.").format(
                gap=problem.words
            )
        case TemplateFault.CUSTOMER_DATA:
            return translate(
                "texts", "“{words}” belongs to this customer; your wording is for all. Please use the gap in braces."
            ).format(words=problem.words)
