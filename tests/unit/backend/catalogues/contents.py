"""Catalogues that differ in what a test is about; each content is a version of its own."""

from __future__ import annotations

from tests.fakes.backend_site import CATALOGUE

BASE = CATALOGUE.read_text(encoding="utf-8")
PERSONAS = """
personas:
  - id: CURIOUS
    why: {de: "Fragt nach seiner Rechnung.", en: "Asks about his bill."}
    values: {}
    expect: {shown: [SRV_BILL]}
"""
UNHAPPY = PERSONAS.replace("shown: [SRV_BILL]", "never: [SRV_BILL]").replace("CURIOUS", "LEFT_ALONE")
BROKEN = BASE.replace("Europe/Berlin", "Europe/Berlyn")


def content(number: int = 0, more: str = PERSONAS) -> dict[str, str]:
    """The files of a catalogue; each number is another content that decides the same."""
    return {"catalogue.yaml": f"{BASE}{more}# number {number}\n"}
