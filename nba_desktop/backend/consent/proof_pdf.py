"""The proof of a consent to be read and printed: company, person, wordings, time, manner, recipient, proof."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Final

from fpdf import FPDF
from fpdf.enums import Align, XPos, YPos

from nba_desktop.backend.consent.bundle import Proof
from nba_desktop.backend.consent.ledger import LedgerEntry
from nba_desktop.backend.consent.proof_words import proof_word
from nba_desktop.backend.consent.wording import Wording

_MARGIN_MM: Final = 20
_LABEL_MM: Final = 58
_LINE_MM: Final = 5
_BEGINNING: Final = 10
"""Lines that go with a heading."""
_IN_A_LINE: Final = 55
"""So many letters fit beside a label at least."""
_GREY: Final = (90, 98, 108)
_HASH_SIZE: Final = 7.5
"""At which 64 digits fit beside a label."""
_ZONES: Final = {"CET": "MEZ", "CEST": "MESZ"}
"""What German calls the zones it lives in."""


def proof_pdf(proof: Proof, fonts: Path) -> bytes:
    """Return the printed proof as an A4 document; `fonts` is the folder with the product's own."""
    page = _Pages(proof, fonts)
    page.add_page()
    page.heading(page.word("title"), 16)
    page.text(page.word("law"))
    page.text(f"{page.word('made_at')} {page.moment(proof.made_at)}")
    _company(page)
    _person(page)
    _state(page)
    page.heading(page.word("events"))
    for entry in proof.entries:
        _entry(page, entry)
    page.heading(page.word("wordings"))
    for wording in proof.wordings:
        _wording(page, wording)
    _chain(page)
    return bytes(page.output())


class _Pages(FPDF):
    """Pages with a foot, and the three kinds of lines the proof has."""

    def __init__(self, proof: Proof, fonts: Path) -> None:
        super().__init__(format="A4")
        self.proof = proof
        self.set_margin(_MARGIN_MM)
        self.set_auto_page_break(auto=True, margin=_MARGIN_MM)
        self.add_font("Inter", "", fonts / "Inter-Regular.ttf")
        self.add_font("Inter", "B", fonts / "Inter-SemiBold.ttf")
        self.set_title(self.word("title"))
        self.set_lang(proof.language)
        self.set_creation_date(proof.made_at)

    def word(self, key: str) -> str:
        """The word in the proof's language."""
        return proof_word(key, self.proof.language)

    def moment(self, at: datetime) -> str:
        """A moment in the site's time, to the second."""
        local = at.astimezone(self.proof.zone)
        zone = f"{local:%Z}"
        if self.proof.language == "de":
            zone = _ZONES.get(zone, zone)
        return f"{self.day(local.date())}, {local:%H:%M:%S} ({zone})"

    def day(self, day: date) -> str:
        """A day as the language writes it."""
        return f"{day:%d.%m.%Y}" if self.proof.language == "de" else f"{day:%d %b %Y}"

    def footer(self) -> None:
        """Number the pages: one that is missing is seen."""
        self.set_y(-15)
        self.set_font("Inter", "", 8)
        self.set_text_color(*_GREY)
        self.cell(0, 10, f"{self.word('page')} {self.page_no()}/{{nb}}", align="R")
        self.set_text_color(0)

    def together(self, lines: int) -> None:
        """Begin a page where so many lines would not fit on this one any more."""
        if self.will_page_break((lines + 1) * _LINE_MM):
            self.add_page()

    def heading(self, text: str, size: int = 11) -> None:
        """A line that begins a part, never the last one of a page."""
        self.together(_BEGINNING)
        self.ln(_LINE_MM)
        self.set_font("Inter", "B", size)
        self.multi_cell(0, size * 0.5, text, new_x=XPos.LMARGIN, new_y=YPos.NEXT)
        self.ln(1)

    def text(self, text: str, bold: bool = False) -> None:  # type: ignore[override]
        """Words over the whole width."""
        self.set_font("Inter", "B" if bold else "", 9)
        self.multi_cell(0, _LINE_MM, text, align=Align.L, new_x=XPos.LMARGIN, new_y=YPos.NEXT)

    def fact(self, key: str, value: str, size: float = 9) -> None:
        """A label with what it says; nothing is printed where there is nothing to say."""
        if not value:
            return
        self.set_font("Inter", "", 9)
        self.set_text_color(*_GREY)
        self.cell(_LABEL_MM, _LINE_MM, self.word(key))
        self.set_text_color(0)
        self.set_font("Inter", "", size)
        self.multi_cell(0, _LINE_MM, value, align=Align.L, new_x=XPos.LMARGIN, new_y=YPos.NEXT)


def _company(page: _Pages) -> None:
    page.heading(page.word("company"))
    found = dict.fromkeys(
        ", ".join(part for part in (one.company_name, one.company_address) if part) or page.word("not_kept")
        for one in page.proof.wordings
    )
    for text in found or {page.word("not_kept"): None}:
        page.text(text)


def _person(page: _Pages) -> None:
    page.heading(page.word("person"))
    for text in dict.fromkeys(
        f"{one.person_first_name} {one.person_last_name}, {one.postal_address}" for one in page.proof.entries
    ):
        page.text(text)


def _state(page: _Pages) -> None:
    page.heading(page.word("state"))
    for one in page.proof.content["summary"]:
        page.ln(1)
        page.text(f"{page.word(one['purpose'])} – {page.word(one['channel'])}, {one['contact_point']}", bold=True)
        words = [one["state_words"]]
        if one["since"]:
            words[0] += f" {page.word('since')} {page.moment(datetime.fromisoformat(one['since']))}"
        if one["weak_proof"]:
            words.append(page.word("weak"))
        if one["retention_until"]:
            # The moment is the end of a day.
            last = datetime.fromisoformat(one["retention_until"]).astimezone(page.proof.zone) - timedelta(seconds=1)
            words.append(f"{page.word('keep_until')} {page.day(last.date())}")
        page.text("; ".join(words))


def _entry(page: _Pages, one: LedgerEntry) -> None:
    what = f"{page.word(one.event.value)}: {page.word(one.purpose.value)} – {page.word(one.channel.value)}"
    facts = [
        ("entry", f"{one.position} ({one.at_local})"),
        ("contact_point", one.contact_point),
        ("manner", page.word(one.manner)),
        ("recipient", one.recipient_code),
        ("level", page.word(one.authenticated_level.value)),
        ("wording_named", one.wording_id or ""),
        ("read_aloud", page.word("yes" if one.read_aloud_confirmed else "no") if one.wording_id else ""),
        ("words", one.customer_words),
        ("evidence", " ".join(part for part in (page.word(one.evidence_type), one.evidence_ref) if part)),
        ("used_for", one.campaign_id or ""),
        ("corrects", "" if one.corrects is None else str(one.corrects)),
        ("source", " – ".join(part for part in (one.source_system, page.word(one.note)) if part)),
    ]
    page.together(2 + sum(1 + len(text) // _IN_A_LINE for _, text in facts if text))
    page.ln(2.5)
    page.text(f"{page.moment(one.at)}   {what}", bold=True)
    for key, text in facts:
        page.fact(key, text)
    page.fact("hash", one.hash, _HASH_SIZE)


def _wording(page: _Pages, one: Wording) -> None:
    page.together(6 + len(one.text) // _IN_A_LINE)
    page.ln(2.5)
    page.text(f"{one.wording_id} ({page.word('version')} {one.version})", bold=True)
    page.text(one.text)
    page.fact("goods", one.goods_and_services or page.word("not_kept"))
    page.fact("notice", one.privacy_notice_version or page.word("not_kept"))
    days = [page.day(day) for day in (one.valid_from, one.valid_to) if day is not None]
    page.fact("valid", " – ".join(days))
    if one.approved_by and one.approved_at:
        page.fact("approved", f"{one.approved_by}, {page.day(one.approved_at)}")
    page.fact("hash", one.text_sha256, _HASH_SIZE)


def _chain(page: _Pages) -> None:
    ledger, anchor = page.proof.content["ledger"], page.proof.anchor
    page.heading(page.word("chain"))
    page.text(page.word("chain_text").format(size=ledger["size"]))
    page.fact("root", ledger["root"], _HASH_SIZE)
    if anchor is None:
        page.text(page.word("no_anchor"))
    else:
        page.fact("anchor", page.day(date.fromisoformat(anchor.date)))
