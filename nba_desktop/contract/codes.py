"""The tables of codes that both sides know; `docs/` and the glossary give their meaning."""

from __future__ import annotations

from enum import StrEnum
from typing import Final


class ActionKind(StrEnum):
    """What an action is for."""

    SERVICE = "service"
    RETENTION = "retention"
    SALES = "sales"
    CONSENT = "consent"
    INFORMATION = "information"


class ClosingForm(StrEnum):
    """How an action is lawfully closed."""

    ON_CALL = "on_call"
    TEXT_FORM = "text_form"
    PORTAL = "portal"
    APPOINTMENT = "appointment"
    SERVICE_DONE = "service_done"


class Duty(StrEnum):
    """What the agent owes the customer while closing an action."""

    DISTANCE_SELLING_INFO = "distance_selling_info"
    CONFIRMATION_DURABLE_MEDIUM = "confirmation_durable_medium"
    WITHDRAWAL_14_DAYS = "withdrawal_14_days"
    DEADLINE_TWO_WEEKS = "deadline_two_weeks"
    READ_CURRENT_WORDING = "read_current_wording"
    EQUAL_BUTTONS = "equal_buttons"
    ADVICE_DOCUMENTATION = "advice_documentation"
    LICENSED_ADVISER_ONLY = "licensed_adviser_only"
    TAPING_REQUIRED = "taping_required"


class AuthLevel(StrEnum):
    """How sure we are of the person on the line; each level includes the ones before."""

    NONE = "none"
    CANDIDATE = "candidate"
    IDENTIFIED = "identified"
    AUTHENTICATED = "authenticated"


class Speaker(StrEnum):
    """Who is on the line for a customer; a representative's authority is checked, or it is not."""

    CUSTOMER = "customer"
    REPRESENTATIVE = "representative"
    UNAUTHORISED = "unauthorised"


class CallFlag(StrEnum):
    """What makes a call one in which nothing is sold, as the agent notices it or the data say it."""

    COMPLAINT = "complaint"
    OUTAGE = "outage"
    VULNERABLE = "vulnerable"


class QuietReason(StrEnum):
    """Why sales actions are held back in this call."""

    COMPLAINT = "complaint"
    OUTAGE = "outage"
    VULNERABLE = "vulnerable"
    REPRESENTATIVE = "representative"


class FollowUpKind(StrEnum):
    """What was promised to the customer for a later day."""

    CALLBACK = "callback"
    SEND_INFORMATION = "send_information"
    SPECIALIST = "specialist"
    CONCERN = "concern"


class FeedbackReason(StrEnum):
    """What an agent says against a recommendation, to the action's owner."""

    WRONG = "wrong"
    OUT_OF_DATE = "out_of_date"
    ALREADY_DONE = "already_done"
    NOT_UNDERSTANDABLE = "not_understandable"
    OTHER = "other"


class TeaserState(StrEnum):
    """What a teaser is for: an offer, or the reminder to confirm what was accepted in a call."""

    OFFER = "offer"
    CONFIRM = "confirm"


class ResponseGroup(StrEnum):
    """The five buttons of the response row, in their order."""

    ACCEPTED = "accepted"
    INTEREST = "interest"
    THINKING = "thinking"
    DECLINED = "declined"
    NOT_ADDRESSED = "not_addressed"


class ResponseCode(StrEnum):
    """What became of a recommendation in a call."""

    ACCEPTED_DONE = "ACCEPTED_DONE"
    ACCEPTED_PENDING = "ACCEPTED_PENDING"
    INTEREST_INFO = "INTEREST_INFO"
    INTEREST_CALLBACK = "INTEREST_CALLBACK"
    INTEREST_SPECIALIST = "INTEREST_SPECIALIST"
    THINKING = "THINKING"
    NOT_DECIDER = "NOT_DECIDER"
    DECLINED_NO_NEED = "DECLINED_NO_NEED"
    DECLINED_PRICE = "DECLINED_PRICE"
    DECLINED_HAS_OTHER = "DECLINED_HAS_OTHER"
    DECLINED_TRUST = "DECLINED_TRUST"
    DECLINED_NOT_NOW = "DECLINED_NOT_NOW"
    STOP_TOPIC = "STOP_TOPIC"
    NOT_ADDRESSED_MOOD = "NOT_ADDRESSED_MOOD"
    NOT_ADDRESSED_TIME = "NOT_ADDRESSED_TIME"
    NOT_ADDRESSED_UNSUITABLE = "NOT_ADDRESSED_UNSUITABLE"
    WRONG_DATA = "WRONG_DATA"
    CALL_DROPPED = "CALL_DROPPED"
    NO_CODE = "NO_CODE"


class OutcomeCode(StrEnum):
    """What other systems say became of a recommendation, often days later."""

    COMPLETED = "COMPLETED"
    PENDING_LAPSED = "PENDING_LAPSED"
    REVOKED = "REVOKED"
    CANCELLED_BY_CUSTOMER = "CANCELLED_BY_CUSTOMER"
    TEASER_SEEN = "TEASER_SEEN"
    TEASER_CLICKED = "TEASER_CLICKED"
    TEASER_DISMISSED = "TEASER_DISMISSED"


RESPONSE_GROUPS: Final[dict[ResponseGroup, tuple[ResponseCode, ...]]] = {
    ResponseGroup.ACCEPTED: (ResponseCode.ACCEPTED_DONE, ResponseCode.ACCEPTED_PENDING),
    ResponseGroup.INTEREST: (
        ResponseCode.INTEREST_INFO,
        ResponseCode.INTEREST_CALLBACK,
        ResponseCode.INTEREST_SPECIALIST,
    ),
    ResponseGroup.THINKING: (ResponseCode.THINKING, ResponseCode.NOT_DECIDER),
    ResponseGroup.DECLINED: (
        ResponseCode.DECLINED_NO_NEED,
        ResponseCode.DECLINED_PRICE,
        ResponseCode.DECLINED_HAS_OTHER,
        ResponseCode.DECLINED_TRUST,
        ResponseCode.DECLINED_NOT_NOW,
        ResponseCode.STOP_TOPIC,
    ),
    ResponseGroup.NOT_ADDRESSED: (
        ResponseCode.NOT_ADDRESSED_MOOD,
        ResponseCode.NOT_ADDRESSED_TIME,
        ResponseCode.NOT_ADDRESSED_UNSUITABLE,
        ResponseCode.WRONG_DATA,
        ResponseCode.CALL_DROPPED,
    ),
}
"""Group to its reasons in key order (Alt+1 … Alt+6); NO_CODE is never clicked."""

NOT_ADDRESSED_CODES: Final = frozenset(
    {
        ResponseCode.NOT_ADDRESSED_MOOD,
        ResponseCode.NOT_ADDRESSED_TIME,
        ResponseCode.NOT_ADDRESSED_UNSUITABLE,
        ResponseCode.WRONG_DATA,
        ResponseCode.CALL_DROPPED,
        ResponseCode.NO_CODE,
    }
)
"""Codes that say nothing about the customer's wish and never count as a rejection."""


class ContactChannel(StrEnum):
    """Where a touchpoint happened."""

    PHONE = "phone"
    EMAIL = "email"
    POST = "post"
    PORTAL = "portal"
    APP = "app"
    CHAT = "chat"
    SMS = "sms"
    SHOP = "shop"
    METER = "meter"
    COMPARISON_SITE = "comparison_site"


class Experience(StrEnum):
    """How the customer experienced a touchpoint, from explicit facts only."""

    POSITIVE = "positive"
    NEUTRAL = "neutral"
    NEGATIVE = "negative"


class ConsentPurpose(StrEnum):
    """What a consent is for; RECORDING holds for the one call in which it was given."""

    ADV_OWN = "ADV_OWN"
    ADV_PARTNER = "ADV_PARTNER"
    RESEARCH = "RESEARCH"
    PROFILE_USAGE = "PROFILE_USAGE"
    RECORDING = "RECORDING"


class ConsentChannel(StrEnum):
    """By which channel a consent may be used; ANY for purposes without a channel."""

    PHONE = "PHONE"
    EMAIL = "EMAIL"
    SMS = "SMS"
    POST = "POST"
    PORTAL = "PORTAL"
    PUSH = "PUSH"
    ANY = "ANY"


class ConsentEventType(StrEnum):
    """What can happen to a consent; the ledger only ever appends these."""

    ASKED = "asked"
    GRANTED = "granted"
    REFUSED = "refused"
    NOT_ASKED = "not_asked"
    DOI_SENT = "doi_sent"
    DOI_CONFIRMED = "doi_confirmed"
    USED = "used"
    WITHDRAWN = "withdrawn"
    OBJECTED = "objected"
    OBJECTION_LIFTED = "objection_lifted"
    EXPIRED = "expired"
    CORRECTED = "corrected"


class ConsentState(StrEnum):
    """What the ledger's events come to for one purpose and channel."""

    NOT_ASKED = "NOT_ASKED"
    ASKED_OPEN = "ASKED_OPEN"
    REFUSED = "REFUSED"
    PENDING_CONFIRMATION = "PENDING_CONFIRMATION"
    GRANTED = "GRANTED"
    WITHDRAWN = "WITHDRAWN"
    EXPIRED = "EXPIRED"


class ValueClass(StrEnum):
    """The customer's lifetime value as a class."""

    A = "A"
    B = "B"
    C = "C"
    D = "D"


class Trend(StrEnum):
    """Where a figure is going."""

    UP = "up"
    FLAT = "flat"
    DOWN = "down"


class ChurnClass(StrEnum):
    """The risk of losing the customer, as a class and never as a percentage."""

    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"


class Stage(StrEnum):
    """At which stage of a decision an action was removed."""

    LEGAL = "legal"
    ELIGIBILITY = "eligibility"
    APPLICABILITY = "applicability"
    SUITABILITY = "suitability"
    CONTACT_POLICY = "contact_policy"
    AGENT = "agent"
    SELECTION = "selection"


class NoRecommendation(StrEnum):
    """Why a decision shows no action."""

    NOT_AUTHENTICATED = "not_authenticated"
    UNKNOWN_CUSTOMER = "unknown_customer"
    NOTHING_ELIGIBLE = "nothing_eligible"
    NO_CATALOGUE = "no_catalogue"
    NONE_DUE = "none_due"
    FAILED = "failed"


class DecisionChannel(StrEnum):
    """Where a decision is shown."""

    CALL = "call"
    PORTAL = "portal"


class Load(StrEnum):
    """How busy the queues are; when they are busy only likely sales are raised."""

    LOW = "low"
    NORMAL = "normal"
    HIGH = "high"


class ProblemCode(StrEnum):
    """The stable codes of the problem documents (RFC 9457)."""

    UNAUTHENTICATED = "unauthenticated"
    FORBIDDEN = "forbidden"
    NOT_FOUND = "not_found"
    METHOD_NOT_ALLOWED = "method_not_allowed"
    UNKNOWN_CONTACT = "unknown_contact"
    UNKNOWN_CUSTOMER = "unknown_customer"
    INVALID_MESSAGE = "invalid_message"
    CONFLICT = "conflict"
    CONSENT_PROOF_MISSING = "consent_proof_missing"
    REASON_REQUIRED = "reason_required"
    TOO_LARGE = "too_large"
    RATE_LIMITED = "rate_limited"
    TIMED_OUT = "timed_out"
    INTERNAL = "internal"
    STORE_UNAVAILABLE = "store_unavailable"
    SIGN_IN_UNAVAILABLE = "sign_in_unavailable"
    PANEL_TOO_OLD = "panel_too_old"
    BACKEND_TOO_OLD = "backend_too_old"


class Role(StrEnum):
    """Who may do what."""

    AGENT = "agent"
    TEAM_LEAD = "team_lead"
    ACTION_OWNER = "action_owner"
    ANALYST = "analyst"
    CONSENT_OFFICER = "consent_officer"
    ADMIN = "admin"
    WORKS_COUNCIL = "works_council"
    MACHINE = "machine"


class DataField(StrEnum):
    """What of his own data a customer wants to have corrected."""

    ADDRESS = "address"
    NAME = "name"
    EMAIL = "email"
    TELEPHONE = "telephone"
    BANK_DETAILS = "bank_details"
    OTHER = "other"


class ReviewMode(StrEnum):
    """How far the review goes down; a works agreement is needed for figures of one person."""

    TEAM_ONLY = "team_only"
    COACHING = "coaching"
    OFF = "off"


class ReadBasis(StrEnum):
    """What lets somebody read a customer's data."""

    CONTACT = "contact"
    """A contact of one's own."""
    REASON = "reason"
    """The words of whoever reads."""
    TASK = "task"
    """What is to be done after a contact: a promise, an answer."""
    DUTY = "duty"
    """What the law asks for, with the words of whoever reads."""
    SYSTEM = "system"
    """Another system that the site has connected."""


class ReadOperation(StrEnum):
    """By which route or command customers are read."""

    START_CONTACT = "start_contact"
    """Who may be calling, masked; whichever step of the contact shows them."""
    SETTLE_CALLER = "settle_caller"
    """The authenticated customer as a whole; whichever step of the contact shows him."""
    CONTACT_JOURNEY = "contact_journey"
    CONSENT_PROOF = "consent_proof"
    SEARCH_CUSTOMERS = "search_customers"
    READ_WHY = "read_why"
    READ_WHY_NOT = "read_why_not"
    CONTACTS_OF_TODAY = "contacts_of_today"
    OPEN_FOLLOW_UPS = "open_follow_ups"
    FOLLOW_UP_CALENDAR = "follow_up_calendar"
    FINISH_FOLLOW_UP = "finish_follow_up"
    OWN_FEEDBACK = "own_feedback"
    OPEN_FEEDBACK = "open_feedback"
    ANSWER_FEEDBACK = "answer_feedback"
    READ_TEASERS = "read_teasers"
    MAY_CONTACT = "may_contact"
    PROVE_CONSENTS = "prove_consents"
    EXPORT_CUSTOMER = "export_customer"
    READ_AUDIT = "read_audit"
    AUDIT = "audit"
    SUBJECT_EXPORT = "subject export"
    SUBJECT_WISHES = "subject wishes"
    LEDGER_PROOF = "ledger proof"
    LEDGER_DUE = "ledger due"
    FOLLOW_UPS_EXPORT = "follow-ups export"
    FEEDBACK_LIST = "feedback list"
    FEEDBACK_ANSWER = "feedback answer"
    CATALOGUE_TRY = "catalogue try"
    RECOVER = "recover"
    """What workstations had sealed; nobody is named, since nobody is shown."""


class ReviewReason(StrEnum):
    """Why somebody looks at the review."""

    COACHING_TALK = "coaching_talk"
    OWN_REQUEST = "own_request"
    DATA_CHECK = "data_check"


class ReviewStatement(StrEnum):
    """What a comparison comes to, once all that are made at a time are allowed for."""

    ABOVE = "above"
    BELOW = "below"
    NO_RELIABLE_DIFFERENCE = "no_reliable_difference"
    TOO_FEW = "too_few"
