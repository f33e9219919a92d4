"""The words of the printed proof, in German and English."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from nba_desktop.contract.base import Language

_WORDS: Final[Mapping[str, tuple[str, str]]] = {
    "title": ("Nachweis der Einwilligung in Werbung", "Proof of consent to advertising"),
    "law": ("nach § 7a UWG und Art. 7 Abs. 1 DSGVO", "under § 7a UWG and Art. 7 (1) GDPR"),
    "made_at": ("Erstellt am", "Made on"),
    "company": ("Wer wirbt", "Who advertises"),
    "person": ("Wer eingewilligt hat", "Who consented"),
    "state": ("Stand", "State"),
    "since": ("seit", "since"),
    "keep_until": ("aufbewahren bis", "keep until"),
    "weak": ("Nachweis schwach", "weak proof"),
    "events": ("Was geschah", "What happened"),
    "entry": ("Eintrag", "Entry"),
    "contact_point": ("Nummer oder Adresse", "Number or address"),
    "manner": ("Auf welchem Weg", "Manner"),
    "recipient": ("Empfänger der Erklärung (Kürzel)", "Recipient of the declaration (code)"),
    "level": ("Identität geprüft", "Identity checked"),
    "words": ("Worte des Kunden", "The customer's words"),
    "read_aloud": ("Text vorgelesen", "Wording read aloud"),
    "evidence": ("Beleg", "Evidence"),
    "wording_named": ("Text", "Wording"),
    "used_for": ("Verwendet für", "Used for"),
    "corrects": ("Berichtigt den Eintrag", "Corrects the entry"),
    "source": ("Aufgezeichnet von", "Recorded by"),
    "hash": ("Prüfsumme", "Hash"),
    "wordings": ("Einwilligungstexte", "Consent wordings"),
    "version": ("Fassung", "version"),
    "goods": ("Waren und Dienstleistungen", "Goods and services"),
    "notice": ("Datenschutzhinweise, Fassung", "Privacy notice, version"),
    "approved": ("Freigegeben", "Approved"),
    "valid": ("Gültig", "Valid"),
    "not_kept": ("nicht festgehalten", "not kept"),
    "chain": ("Nachweis der Unverändertheit", "Proof that nothing was changed"),
    "chain_text": (
        "Jeder Eintrag trägt eine Prüfsumme (SHA-256) über alle seine Angaben und die Prüfsumme des Eintrags vor ihm. "
        "Die Prüfsummen aller {size} Einträge der Nachweiskette laufen in einer Wurzel zusammen; der Pfad jedes "
        "Eintrags dorthin steht in proof.json. Prüfen: python verify_proof.py – das Programm braucht nur Python.",
        "Each entry carries a hash (SHA-256) over all that it says and the hash of the entry before it. The hashes of "
        "all {size} entries of the ledger meet in one root; the path of each entry to it is in proof.json. "
        "To check it: python verify_proof.py – the program needs nothing but Python.",
    ),
    "root": ("Wurzel", "Root"),
    "anchor": ("Verankert außerhalb am", "Anchored outside on"),
    "no_anchor": ("Kein Anker außerhalb des Systems genannt", "No anchor outside of the system is named"),
    "yes": ("ja", "yes"),
    "no": ("nein", "no"),
    "page": ("Seite", "Page"),
    # Codes of the entries.
    "ADV_OWN": ("Werbung für eigene Angebote", "Advertising for own offers"),
    "ADV_PARTNER": ("Angebote genannter Partner", "Offers of named partners"),
    "RESEARCH": ("Zufriedenheits- und Marktforschung", "Satisfaction and market research"),
    "PROFILE_USAGE": ("Auswertung von Verbrauchsdaten für Angebote", "Use of consumption data for offers"),
    "RECORDING": ("Aufzeichnung des Gesprächs", "Recording of the call"),
    "PHONE": ("Telefon", "Phone"),
    "EMAIL": ("E-Mail", "E-mail"),
    "SMS": ("SMS", "Text message"),
    "POST": ("Post", "Post"),
    "PORTAL": ("Kundenportal", "Customer portal"),
    "PUSH": ("App", "App"),
    "ANY": ("alle Kanäle", "all channels"),
    "asked": ("gefragt", "asked"),
    "granted": ("eingewilligt", "consented"),
    "refused": ("abgelehnt", "refused"),
    "not_asked": ("nicht gefragt", "not asked"),
    "doi_sent": ("Bitte um Bestätigung versandt", "request to confirm sent"),
    "doi_confirmed": ("bestätigt", "confirmed"),
    "used": ("Einwilligung verwendet", "consent used"),
    "withdrawn": ("widerrufen", "withdrawn"),
    "objected": ("Werbewiderspruch", "marketing objection"),
    "objection_lifted": ("Werbewiderspruch zurückgenommen", "marketing objection taken back"),
    "expired": ("abgelaufen", "expired"),
    "corrected": ("Berichtigung", "correction"),
    "inbound_call": ("Anruf des Kunden", "call by the customer"),
    "outbound_call": ("Anruf beim Kunden", "call to the customer"),
    "portal": ("Kundenportal", "customer portal"),
    "paper": ("auf Papier", "on paper"),
    "email": ("per E-Mail", "by e-mail"),
    "none": ("nein", "no"),
    "candidate": ("nein, nur vermutet", "no, only supposed"),
    "identified": ("ja, ohne Legitimation", "yes, without authentication"),
    "authenticated": ("ja, mit Legitimation", "yes, with authentication"),
    "recording_ref": ("Aufzeichnung", "recording"),
    "text_confirmation": ("Bestätigung in Textform", "confirmation in text form"),
    "doi_click": ("Bestätigung per E-Mail (DOI)", "confirmation by e-mail (DOI)"),
    "signed_paper": ("Unterschrift auf Papier", "signature on paper"),
    # Remarks that the product itself writes.
    "said by a representative of the customer": (
        "gesagt von einem Vertreter des Kunden",
        "said by a representative of the customer",
    ),
    "said by somebody without the customer's authority": (
        "gesagt von jemandem ohne Vollmacht des Kunden",
        "said by somebody without the customer's authority",
    ),
    "not confirmed in time": ("nicht rechtzeitig bestätigt", "not confirmed in time"),
    "agent_record": ("Vermerk des Kundenberaters", "the agent's record"),
}


def proof_word(key: str, language: Language) -> str:
    """Return a word of the printed proof; a code that is not in the table stays as it is."""
    words = _WORDS.get(key)
    return key if words is None else words[0 if language == "de" else 1]
