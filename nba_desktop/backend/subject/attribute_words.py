"""What the built-in attributes of customers mean, in German; in English the register says it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from nba_desktop.backend.decisioning.attributes import Attribute
from nba_desktop.contract.base import Language

_GERMAN: Final[Mapping[str, str]] = {
    "full_name": "Vor- und Nachname",
    "age": "Alter in vollen Jahren",
    "years_customer": "volle Jahre seit dem ersten Vertrag",
    "language": "Sprache der Kundin oder des Kunden",
    "has_electricity": "ein Stromvertrag läuft",
    "has_gas": "ein Gasvertrag läuft",
    "has_heat": "ein Wärmevertrag läuft",
    "has_charging": "ein Ladevertrag läuft",
    "has_service": "ein Servicevertrag läuft, etwa eine Wartung",
    "basic_supply": "beliefert in der Grundversorgung",
    "contract_ends_on": "Ende der Vertragsbindung",
    "contract_ends_in_days": "Tage bis zum Ende der Vertragsbindung",
    "termination_received": "eine Kündigung ist eingegangen",
    "vulnerable": "braucht bekanntermaßen besonderen Schutz: es wird nichts verkauft",
    "email_or_mobile": "wohin ein Link in Textform geschickt werden kann",
    "has_email": "eine E-Mail-Adresse ist bekannt",
    "portal_registered": "hat ein Konto im Kundenportal",
    "documents_by_post": "Schreiben kommen mit der Post",
    "direct_debit": "zahlt per Lastschrift",
    "dunning_level": "Stufe der laufenden Mahnung, 0 für keine",
    "kwh_year": "Strom im letzten Abrechnungsjahr",
    "gas_kwh_year": "Gas im letzten Abrechnungsjahr",
    "consumption_trend_pct": "Veränderung gegenüber dem Vorjahr",
    "balance_forecast_eur": "Prognose: > 0 Guthaben, < 0 Nachzahlung",
    "instalment_eur": "Abschlag jetzt, im Monat",
    "instalment_proposed_eur": "passender Abschlag, im Monat",
    "bill_date": "Tag der nächsten Jahresrechnung",
    "reading_overdue": "ein Zählerstand ist fällig und fehlt",
    "price_change_date": "Tag einer angekündigten Preisänderung",
    "price_change_in_days": "Tage bis zur angekündigten Preisänderung",
    "unit_price_ct": "Arbeitspreis jetzt, je kWh",
    "unit_price_new_ct": "Arbeitspreis nach der Änderung, je kWh",
    "fix_ct": "Arbeitspreis des Festpreisangebots, je kWh",
    "fix_base_eur": "Grundpreis des Festpreisangebots, im Monat",
    "fix_saving_eur": "Festpreis gegenüber dem geänderten Preis, im Jahr",
    "maintenance_eur": "Preis des Heizungsservices, im Monat",
    "maintenance_day_ct": "Preis des Heizungsservices, am Tag",
    "charge_saving_eur": "Ersparnis durch die Netzentgeltermäßigung, im Jahr",
    "home_owner": "ist Eigentümerin oder Eigentümer der Wohnung",
    "boiler_type": "Heizung",
    "boiler_year": "Baujahr der Heizung",
    "boiler_age": "Alter der Heizung",
    "heating_outage": "die Heizung ist heute ausgefallen",
    "supply_outage": "an der Adresse ist eine Versorgungsstörung gemeldet",
    "wallbox": "eine Wallbox ist angemeldet oder wurde erwähnt",
    "wallbox_year": "Jahr der Inbetriebnahme der Wallbox",
    "wallbox_kw": "Leistung der Wallbox",
    "grid_fee_module": "eine Netzentgeltermäßigung nach § 14a EnWG ist angemeldet",
    "smart_meter": "ein intelligentes Messsystem ist eingebaut",
    "solar": "hat eine Solaranlage",
    "roof_suitable": "das Dach wurde als für Solar geeignet befunden",
    "moving": "ein Umzug ist angekündigt und steht noch bevor",
    "move_date": "angekündigter Tag eines Umzugs",
    "move_in_area": "die neue Adresse kann beliefert werden",
    "open_complaint": "eine Beschwerde ist offen",
    "value_class": "Klasse des Kundenwerts",
    "churn_class": "Klasse des Abwanderungsrisikos",
    "charging_mail_opened": "hat innerhalb von 60 Tagen eine E-Mail zum Laden geöffnet",
    "tariff_compared": "hat innerhalb von 60 Tagen Tarife verglichen",
    "app_logins_30d": "Anmeldungen in der App innerhalb von 30 Tagen",
    "evening_load_pct": "Anteil des Verbrauchs am Abend",
    "today": "Tag der Empfehlung",
    "above_below": "Verbrauch über oder unter dem Vorjahr",
    "credit_or_back_payment": "wie der erwartete Saldo heißt",
    "concern": "Anliegen im Gespräch",
    "concern_solved": "Anliegen im Gespräch gelöst",
    "complaint_noticed": "im Gespräch wurde eine Beschwerde bemerkt",
    "outage_noticed": "im Gespräch wurde eine Störung bemerkt",
    "vulnerable_noticed": "im Gespräch wurde besonderer Schutzbedarf bemerkt",
    "representative": "jemand anderes spricht für die Kundin oder den Kunden",
    "open_cases": "Zahl offener Vorgänge",
    "callback_missed": "ein zugesagter Rückruf blieb innerhalb von 30 Tagen aus",
    "days_since_trouble": "Tage seit dem letzten schlechten Erlebnis",
    "touchpoints_year": "Kontakte innerhalb von 365 Tagen",
    "consent_phone": "Einwilligung in Anrufe zu eigenen Angeboten",
    "consent_email": "Einwilligung in E-Mails zu eigenen Angeboten",
    "consent_profiling": "Einwilligung in die Verwendung von Nutzungsdaten",
    "channels_missing": "Wege, für die eine Werbeeinwilligung erfragt werden darf",
}


def meaning_of(attribute: Attribute, language: Language) -> str:
    """Return what an attribute means; of a site that says it in one language, in that one."""
    if language == "de":
        return attribute.german or _GERMAN.get(attribute.name, attribute.description)
    return attribute.description
