"""Write a CSV of made-up customers, as a billing system might: `python customers.py 1000 > customers.csv`.

Needs nothing but Python. The same number makes the same file. Telephone numbers are from the range that German
authorities keep free for films (030 23125), so no more than 1,000 customers have one of their own.
"""

from __future__ import annotations

import csv
import random
import sys
from datetime import date, datetime, timedelta

FIRST_NAMES = {
    "Frau": ("Anna", "Clara", "Eva", "Grete", "Ilse", "Käthe", "Lena", "Marie", "Olga", "Petra", "Ruth", "Tilda"),
    "Herr": ("Anton", "Bruno", "Emil", "Georg", "Hans", "Jakob", "Karl", "Ludwig", "Max", "Oskar", "Paul", "Theo"),
}
LAST_NAMES = ("Adler", "Bach", "Dorn", "Engel", "Falk", "Gruber", "Hahn", "Jung", "König", "Lindner", "Moser", "Öhler")
STREETS = ("Ahornweg", "Birkenallee", "Gartenstraße", "Lindenstraße", "Mühlgasse", "Rosenweg")
HEADING = (
    *("Kundennummer", "Anrede", "Vorname", "Nachname", "Geburtsdatum", "Straße", "PLZ", "Ort", "Kunde seit"),
    *("E-Mail", "Telefon", "IBAN", "Zähler", "Vertrag", "Produkt", "Sparte", "Verbrauch kWh", "Abschlag EUR"),
    *("Trend %", "Prognose EUR", "Abschlag neu EUR", "Rechnung am"),
    *("Preis steigt am", "Preis ct", "Preis neu ct", "Festpreis ct", "Grundpreis EUR", "Ersparnis EUR"),
    *("Portal", "Ansprache"),
)


def row(number: int, today: date) -> list[str]:
    """One customer with one contract; every third gets a letter about his price."""
    chance = random.Random(number)
    salutation = chance.choice(tuple(FIRST_NAMES))
    first, last = chance.choice(FIRST_NAMES[salutation]), chance.choice(LAST_NAMES)
    born = date(1940, 1, 1) + timedelta(days=chance.randrange(60 * 365))
    since = date(2005, 1, 1) + timedelta(days=chance.randrange(18 * 365))
    kwh, trend = chance.randrange(900, 6000), chance.randrange(-20, 21)
    raised = today + timedelta(days=40) if number % 3 == 0 else None
    # Who uses less than the year before pays too much each month.
    paid, right = kwh * (1 - trend / 100) * 0.35 / 12, kwh * 0.35 / 12
    return [
        f"M-{100000 + number}",
        salutation,
        first,
        last,
        f"{born:%d.%m.%Y}",
        f"{chance.choice(STREETS)} {chance.randrange(1, 80)}",
        f"{chance.randrange(10115, 14199)}",
        "Berlin",
        f"{since:%d.%m.%Y}",
        f"customer{number}@example.org" if number % 2 == 0 else "",
        f"030 23125{number:03d}" if number < 1000 else "",
        f"DE0000000000000000{chance.randrange(10_000):04d}",
        f"1EMH{number:010d}",
        f"S-{100000 + number}",
        "Strom Klassik",
        "Strom",
        f"{kwh // 1000}.{kwh % 1000:03d}" if kwh >= 1000 else str(kwh),
        euros(paid),
        str(trend),
        euros((paid - right) * 12),
        euros(right),
        f"{today + timedelta(days=60):%d.%m.%Y}",
        *((f"{raised:%d.%m.%Y}", "32,4", "35,9", "33,2", "12,90", euros(kwh * 0.027)) if raised else [""] * 6),
        chance.choice(("ja", "nein")),
        chance.choice(("persönlich", "zügig", "")),
    ]


def euros(amount: float) -> str:
    """An amount as Germans write it."""
    return f"{amount:.2f}".replace(".", ",")


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
    sys.stdout.reconfigure(encoding="utf-8", newline="")  # type: ignore[union-attr]
    out = csv.writer(sys.stdout, delimiter=";", lineterminator="\n")
    out.writerow(HEADING)
    today = datetime.now().astimezone().date()
    out.writerows(row(number, today) for number in range(count))


if __name__ == "__main__":
    main()
