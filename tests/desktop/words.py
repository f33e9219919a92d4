"""What stands on the panel of the demo's customer in German, by the English for it: written down, not looked up."""

from __future__ import annotations

from collections.abc import Mapping

from nba_desktop.contract.base import Language

GERMAN = {
    "Ringing": "Klingelt",
    "Customer number": "Kundennummer",
    "Date of birth": "Geburtsdatum",
    "Authenticated": "Legitimiert",
    "Caller authenticated": "Anrufer legitimiert",
    "Customer": "Kunde",
    "Customer journey": "Kundenreise",
    "Concern": "Anliegen",
    "Next best actions": "Nächste beste Aktionen",
    "Chosen action": "Gewählte Aktion",
    "Response": "Ergebnis",
    "Instalment": "Abschlag",
    "Solved": "Gelöst",
    "1. Make the instalment fit": "1. Abschlag passend machen",
    "1 Make the instalment fit": "1 Abschlag passend machen",
    "Make the instalment fit": "Abschlag passend machen",
    "Ask for the current meter reading": "Aktuellen Zählerstand erfragen",
    "Reading": "Zählerstand",
    "next month": "nächster Monat",
    "Guide": "Leitfaden",
    "Benefits": "Nutzen",
    "Objections": "Einwände",
    "Knowledge": "Wissen",
    "winter": "Winter",
    "But winter is still to come.": "Der Winter kommt doch erst noch.",
    "Declined": "Abgelehnt",
    "No need": "Kein Bedarf",
    "Change": "Ändern",
    "Accepted": "Zugesagt",
    "Consent": "Einwilligung",
    "Our own offers, Phone": "Eigene Angebote, Telefon",
    "Phone: Yes": "Telefon: Ja",
    "Customer’s words": "Worte des Kunden",
    "Save answers": "Antworten speichern",
    "Close": "Schließen",
    "Write a note on this call": "Notiz zum Gespräch schreiben",
    "Note on this call": "Notiz zum Gespräch",
    "Wrap-up": "Nachbearbeitung",
    "Finish wrap-up": "Nachbearbeitung abschließen",
}


def words(language: Language) -> Mapping[str, str]:
    """The words of a language by the English ones."""
    return GERMAN if language == "de" else {english: english for english in GERMAN}
