"""The words of an exported review, in German and English."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from nba_desktop.contract.base import Language

_WORDS: Final[Mapping[str, tuple[str, str]]] = {
    "title": ("Auswertung der Empfehlungen", "Review of recommendations"),
    "team": ("Team", "Team"),
    "total": ("Gesamtes Team", "Whole team"),
    "agent": ("Berater/in", "Agent"),
    "action": ("Aktion", "Action"),
    "objection": ("Einwand", "Objection"),
    "not_addressed": ("Nicht angesprochen", "Not addressed"),
    "agents": ("Berater/innen", "Agents"),
    "actions": ("Aktionen", "Actions"),
    "objections": ("Einwände", "Objections"),
    "period": ("Zeitraum", "Period"),
    "filter": ("Nur", "Only"),
    "queue": ("Warteschlange", "Queue"),
    "concern": ("Anliegen", "Contact reason"),
    "agreement": ("Betriebsvereinbarung", "Works agreement"),
    "until": ("bis", "until"),
    "counted_until": ("Gezählt bis", "Counted until"),
    "exported_by": ("Exportiert von", "Exported by"),
    "reason": ("Anlass", "Reason"),
    "note": ("Notiz zum Anlass", "Note on the reason"),
    "coaching_talk": ("Coachinggespräch", "Coaching talk"),
    "own_request": ("Auf eigenen Wunsch", "At the agent's own request"),
    "data_check": ("Prüfung der Daten", "Check of the data"),
    "level": ("Ebene", "Level"),
    "code": ("Kennung", "Code"),
    "name": ("Bezeichnung", "Name"),
    "calls": ("Gespräche", "Calls"),
    "opportunities": ("Chancengespräche", "Opportunity calls"),
    "counted": ("Gezählt", "Counted"),
    "presentation": ("Ansprachequote", "Presentation rate"),
    "offer": ("Angebotsquote", "Offer rate"),
    "acceptance": ("Zusagequote", "Acceptance rate"),
    "per_opportunity": ("Zusagen je Chance", "Acceptance per opportunity"),
    "conversion": ("Abschlussquote", "Conversion rate"),
    "coverage": ("Rückmeldequote", "Response coverage"),
    "consent_asked": ("Einwilligung gefragt", "Consent asked"),
    "consent_granted": ("Einwilligung erteilt", "Consent given"),
    "consent_confirmed": ("Einwilligung bestätigt", "Consent confirmed"),
    "follow_up_kept": ("Zusage eingehalten", "Follow-up kept"),
    "accepted": ("Danach zugesagt", "Accepted afterwards"),
    "declined": ("Danach abgelehnt", "Declined afterwards"),
    "others": ("Bei den anderen abgelehnt", "Declined with the others"),
    "successes": ("Treffer", "successes"),
    "trials": ("von", "of"),
    "percent": ("%", "%"),
    "low": ("von % (95-%-Intervall)", "from % (95% interval)"),
    "high": ("bis % (95-%-Intervall)", "to % (95% interval)"),
    "with_action": ("Ø Bearbeitungszeit mit Aktion (s)", "Average handle time with an action (s)"),
    "without_action": ("Ø Bearbeitungszeit ohne Aktion (s)", "Average handle time without an action (s)"),
    "with_action_talk": ("Ø Gesprächszeit mit Aktion (s)", "Average talk time with an action (s)"),
    "with_action_hold": ("Ø Haltezeit mit Aktion (s)", "Average hold time with an action (s)"),
    "with_action_after_call_work": ("Ø Nachbearbeitung mit Aktion (s)", "Average after-call work with an action (s)"),
    "without_action_talk": ("Ø Gesprächszeit ohne Aktion (s)", "Average talk time without an action (s)"),
    "without_action_hold": ("Ø Haltezeit ohne Aktion (s)", "Average hold time without an action (s)"),
    "without_action_after_call_work": (
        "Ø Nachbearbeitung ohne Aktion (s)",
        "Average after-call work without an action (s)",
    ),
    "with_action_clock": ("Ø Bearbeitungszeit mit Aktion", "Average handle time with an action"),
    "without_action_clock": ("Ø Bearbeitungszeit ohne Aktion", "Average handle time without an action"),
    "expected": ("Erwartet %", "Expected %"),
    "difference": ("Unterschied (Punkte)", "Difference (points)"),
    "difference_low": ("Unterschied von", "Difference from"),
    "difference_high": ("Unterschied bis", "Difference to"),
    "difference_level": ("Intervall des Unterschieds (%)", "Interval of the difference (%)"),
    "not_compared": ("Nicht vergleichbar", "Not comparable"),
    "statement": ("Aussage", "Statement"),
    "above": ("über Erwartung", "above expectation"),
    "below": ("unter Erwartung", "below expectation"),
    "no_reliable_difference": ("kein belastbarer Unterschied", "no reliable difference"),
    "too_few": ("zu wenige Gespräche", "too few calls"),
    "often_above": ("häufiger als bei den anderen", "more often than with the others"),
    "often_below": ("seltener als bei den anderen", "less often than with the others"),
    "often_no_reliable_difference": ("kein belastbarer Unterschied", "no reliable difference"),
    "often_too_few": ("zu wenige", "too few"),
    "NOT_ADDRESSED_MOOD": ("Stimmung oder Beschwerde", "Mood / complaint"),
    "NOT_ADDRESSED_TIME": ("Keine Zeit", "No time"),
    "NOT_ADDRESSED_UNSUITABLE": ("Passt nicht zum Kunden", "Unsuitable"),
    "WRONG_DATA": ("Daten falsch oder schon vorhanden", "Data wrong / already has it"),
    "CALL_DROPPED": ("Gespräch abgebrochen", "Call dropped"),
    "NO_CODE": ("Ohne Rückmeldung", "No response recorded"),
    "count": ("Anzahl", "Count"),
    "hidden": ("Zu wenige, um sie zu zeigen", "Too few to show"),
    "interval": (
        "In Klammern: 95-%-Intervall (Wilson). Erwartet: bei gleichem Mix aus Aktionen und Anliegen. "
        "Belastbar: ein Unterschied, der auf dem Niveau von {level} % hält, auch bei so vielen Vergleichen. "
        "Personen und Aktionen stehen alphabetisch: Das ist keine Rangfolge.",
        "In brackets: 95% interval (Wilson). Expected: with the same mix of actions and contact reasons. "
        "Reliable: a difference that holds at the level of {level}%, also with so many comparisons. "
        "People and actions stand in alphabetical order: this is no ranking.",
    ),
    "about": ("Zu dieser Auswertung", "About this review"),
    "figures": ("Kennzahlen", "Figures"),
    "more_figures": ("weitere Kennzahlen", "more figures"),
    "page": ("Seite", "Page"),
}


def export_word(key: str, language: Language) -> str:
    """Return the word for a key; a code without one as it is."""
    german, english = _WORDS.get(key, (key, key))
    return german if language == "de" else english
