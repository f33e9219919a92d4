"""The words of the reasons why somebody may be contacted or not."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from nba_desktop.contract.base import Language
from nba_desktop.contract.codes import ConsentState
from nba_desktop.contract.consent import MayContactCode

Code = MayContactCode

_WORDS: Final[Mapping[MayContactCode, tuple[str, str]]] = {
    Code.CONSENT: ("Die Einwilligung liegt vor.", "There is a consent."),
    Code.LEGITIMATE_INTEREST: (
        "Erlaubt aus berechtigtem Interesse; ein Werbewiderspruch liegt nicht vor.",
        "Allowed by legitimate interest; there is no marketing objection.",
    ),
    Code.SIMILAR_GOODS: (
        "Erlaubt nach § 7 Abs. 3 UWG: eigene ähnliche Waren, Adresse aus einem Kauf, Hinweis auf den Widerspruch.",
        "Allowed by § 7 (3) UWG: own similar goods, address from a sale, told of the right to object.",
    ),
    Code.NOT_ADVERTISING: (
        "Keine Werbung: vertragliche Mitteilung oder vom Kunden gewünscht.",
        "Not advertising: about the contract, or asked for by the customer.",
    ),
    Code.OBJECTED: ("Es liegt ein Werbewiderspruch vor.", "There is a marketing objection."),
    Code.RESTRICTED: (
        "Die Daten dieser Person sind gelöscht; ihr Nachweis ist gesperrt.",
        "This person's data are erased; the proof is restricted.",
    ),
    Code.UNDER_AGE: (
        "Die Person ist jünger, als die Regeln für Werbung verlangen.",
        "The person is younger than the rules for advertising ask for.",
    ),
    Code.NOT_THEIR_CONTACT_POINT: (
        "Nummer oder Adresse gehört nicht (mehr) zu dieser Person.",
        "The number or address is not (or no longer) this person's.",
    ),
    Code.NOT_ASKED: ("Eine Einwilligung liegt nicht vor.", "There is no consent."),
    Code.UNANSWERED: ("Die Frage nach der Einwilligung blieb offen.", "The question for consent was left open."),
    Code.REFUSED: ("Die Einwilligung wurde abgelehnt.", "The consent was refused."),
    Code.WITHDRAWN: ("Die Einwilligung wurde widerrufen.", "The consent was withdrawn."),
    Code.EXPIRED: ("Die Einwilligung ist abgelaufen.", "The consent has expired."),
    Code.NOT_CONFIRMED: ("Die Bestätigung der Einwilligung ist offen.", "The consent still waits to be confirmed."),
    Code.OTHER_CONTACT_POINT: (
        "Die Einwilligung gilt einer anderen Nummer oder Adresse.",
        "The consent is for another number or address.",
    ),
    Code.ANOTHER_PERSONS_CONSENT: (
        "Unter dieser Nummer hat eine andere Person eingewilligt; das gilt nicht für diese Person.",
        "Another person consented under this number; that does not count for this person.",
    ),
    Code.WEAK_PROOF: (
        "Der Nachweis ist schwach (nur der Vermerk eines Beraters); so darf nicht angerufen werden.",
        "The proof is weak (an agent's record only); no call may rest on it.",
    ),
    Code.STALE: (
        "Die Einwilligung wurde zu lange nicht genutzt und braucht eine Erneuerung.",
        "The consent was not used for too long and needs to be renewed.",
    ),
    Code.CHANNEL_NOT_USED: (
        "Dieser Kanal ist für diesen Zweck nicht vorgesehen.",
        "This channel is not used for this purpose.",
    ),
    Code.SIMILAR_GOODS_INCOMPLETE: (
        "Die Ausnahme des § 7 Abs. 3 UWG greift nicht: nicht alle vier Voraussetzungen sind erfüllt.",
        "The exception of § 7 (3) UWG does not apply: not all of its four conditions are met.",
    ),
    Code.AGEING: (
        "Die Einwilligung wurde lange nicht genutzt; bitte bald erneuern.",
        "The consent was not used for long; renew it soon.",
    ),
    Code.WEAKLY_PROVED: (
        "Der Nachweis ist schwach (nur der Vermerk eines Beraters).",
        "The proof is weak (an agent's record only).",
    ),
    Code.SHARED_CONTACT_POINT: (
        "Die Nummer teilt sich die Person mit anderen: zuerst nach ihr fragen.",
        "The number is shared with other persons: ask for this one first.",
    ),
}

_STATES: Final[Mapping[ConsentState, tuple[str, str]]] = {
    ConsentState.NOT_ASKED: ("nicht gefragt", "not asked"),
    ConsentState.ASKED_OPEN: ("gefragt, offen", "asked, open"),
    ConsentState.REFUSED: ("abgelehnt", "refused"),
    ConsentState.PENDING_CONFIRMATION: ("Bestätigung offen", "confirmation pending"),
    ConsentState.GRANTED: ("erteilt", "granted"),
    ConsentState.WITHDRAWN: ("widerrufen", "withdrawn"),
    ConsentState.EXPIRED: ("abgelaufen", "expired"),
}


def reason_words(code: MayContactCode, language: Language) -> str:
    """Return the sentence of a reason."""
    return _WORDS[code][0 if language == "de" else 1]


def state_words(state: ConsentState, language: Language) -> str:
    """Return the word of a state."""
    return _STATES[state][0 if language == "de" else 1]
