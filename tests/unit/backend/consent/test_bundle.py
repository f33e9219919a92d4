"""The proof that is handed over: checked elsewhere, without this package, and whatever is changed in it is seen."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from datetime import date, datetime
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from nba_desktop.backend.consent import canonical
from nba_desktop.backend.consent.anchors import append_anchor, read_anchors
from nba_desktop.backend.consent.bundle import LedgerTree, Proof, chosen, make_proof, tree_over, write_proof
from nba_desktop.backend.consent.ledger import LedgerEntry
from nba_desktop.backend.consent.merkle import Tree
from nba_desktop.backend.consent.proof_pdf import proof_pdf
from nba_desktop.backend.consent.verify_proof import FIELDS, WORDS
from nba_desktop.backend.consent.verify_proof import main as check_here
from nba_desktop.backend.consent.wording import Wording
from nba_desktop.backend.errors import ProofError
from nba_desktop.contract.base import Language
from nba_desktop.contract.codes import ConsentChannel, ConsentEventType, ConsentPurpose
from tests.fakes.backend_ledger import chain, entry, head_of
from tests.fakes.backend_site import NOW

FONTS = Path(__file__).parents[4] / "resources" / "fonts"
BERLIN = ZoneInfo("Europe/Berlin")
TEXT = "Darf die Elbtal Energie GmbH Sie künftig anrufen?"
WORDING = Wording(
    wording_id="CALLS.de.v1", language="de", version=1, purpose=ConsentPurpose.ADV_OWN,
    channels=frozenset({ConsentChannel.PHONE}), text=TEXT, text_sha256=sha256(TEXT.encode()).hexdigest(),
    introduced_at=NOW, company_name="Elbtal Energie GmbH", company_address="Terrassenufer 100, 01067 Dresden",
    goods_and_services="Strom und Gas", privacy_notice_version="2026-01", approved_by="Dana Roth",
    approved_at=date(2026, 1, 2), valid_from=date(2026, 1, 5),
)  # fmt: skip


@cache
def ledger() -> tuple[LedgerEntry, ...]:
    """Others' entries around three of Lisa's."""
    others = [entry(customer_id=f"c-{number}", wording_id=None, wording_sha256=None) for number in range(20)]
    hers = {
        5: entry(wording_sha256=WORDING.text_sha256, wording_record_sha256=WORDING.record_sha256()),
        11: entry(event=ConsentEventType.USED, campaign_id="autumn", wording_id=None, wording_sha256=None),
        12: entry(channel=ConsentChannel.EMAIL, wording_id=None, wording_sha256=None, contact_point="lisa@example.org"),
        17: entry(event=ConsentEventType.OBJECTED, channel=ConsentChannel.ANY, wording_id=None, wording_sha256=None),
    }
    return tuple(chain(hers.get(number, other) for number, other in enumerate(others)))


def hashes(until: int) -> list[list[str]]:
    return [[one.hash for one in ledger()[:until]]]


def hers(purpose: ConsentPurpose | None = None, channel: ConsentChannel | None = None) -> tuple[LedgerEntry, ...]:
    return chosen([one for one in ledger() if one.customer_id == "c-lisa"], purpose, channel)


def anchors(file: Path, *sizes: int) -> Path:
    for size in sizes:
        tree = Tree()
        tree.add(hashes(size)[0])
        before = read_anchors(file) if file.exists() else []
        append_anchor(file, before, f"2026-03-{size:02}", head_of(ledger()[:size]), tree.root())
    return file


def proof(tree: LedgerTree | None = None, language: Language = "de") -> Proof:
    entries = hers()
    tree = tree or tree_over([one.position for one in entries], 20, hashes)
    return make_proof(entries, [WORDING], tree, language, BERLIN, 3, NOW)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A proof on the disk, anchored."""
    place = tmp_path_factory.mktemp("proof")
    kept = read_anchors(anchors(place / "anchors.jsonl", 6, 19, 20))
    made = proof(tree_over([one.position for one in hers()], 20, hashes, kept))
    write_proof(made, proof_pdf(made, FONTS), place / "out")
    return place


def elsewhere(folder: Path, *arguments: str) -> tuple[int, str]:
    """Run the program of the folder as somebody would who has nothing of ours."""
    done = subprocess.run(
        [sys.executable, "-I", "-S", str(folder / "verify_proof.py"), *arguments],
        capture_output=True, encoding="utf-8", timeout=50, check=False, cwd=folder, env={},
    )  # fmt: skip
    assert done.stderr == ""
    return done.returncode, done.stdout


def test_the_proof_holds_elsewhere(folder: Path) -> None:
    code, said = elsewhere(folder / "out", "--anchors", str(folder / "anchors.jsonl"))
    assert code == 0, said
    assert "DER NACHWEIS HÄLT STAND: 4 Einträge, Nachweiskette mit 20 Einträgen" in said
    assert "seit dem 2026-03-20" in said


def test_anchors_that_cannot_be_read_do_not_condemn_the_proof(folder: Path) -> None:
    nowhere = folder / "elsewhere.jsonl"
    code, said = elsewhere(folder / "out", "--anchors", str(nowhere))
    assert code == 2
    assert said == WORDS["de"]["anchors_unreadable"].format(nowhere) + "\n"


def test_it_says_nothing_of_anybody_else(folder: Path) -> None:
    text = (folder / "out" / "proof.json").read_text(encoding="utf-8")
    assert "Lisa" in text
    assert [f"c-{number}" for number in range(20) if f'c-{number}"' in text] == []


def test_it_names_no_agent_only_his_code(folder: Path) -> None:
    text = (folder / "out" / "proof.json").read_text(encoding="utf-8")
    assert "A-23456789" in text
    assert "anna" not in text


def entry_of(content: dict[str, Any], place: int = 0) -> dict[str, Any]:
    found: dict[str, Any] = content["entries"][place]
    return found


def forge(content: dict[str, Any]) -> None:
    """Change an entry, and its hash with it."""
    one = entry_of(content)
    one["canonical"] = one["canonical"].replace("Ja, gern", "Nein")
    one["hash"] = sha256(one["canonical"].encode()).hexdigest()


def move(content: dict[str, Any]) -> None:
    one = entry_of(content)
    said = json.loads(one["canonical"])
    said[FIELDS.index("position")] = 7
    one["canonical"] = json.dumps(said, separators=(",", ":"), ensure_ascii=False)
    one["hash"] = sha256(one["canonical"].encode()).hexdigest()


def reword(content: dict[str, Any]) -> None:
    """Change a wording, and both of its hashes with it."""
    one = content["wordings"][0]
    one["record"]["text"] = "Dürfen wir?"
    one["record"]["text_sha256"] = sha256("Dürfen wir?".encode()).hexdigest()
    text = json.dumps(one["record"], sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    one["record_sha256"] = sha256(text.encode()).hexdigest()


def readdress(content: dict[str, Any]) -> None:
    """Change who asked, and the hash of the record with it."""
    one = content["wordings"][0]
    one["record"]["company_name"] = "Andere GmbH"
    text = json.dumps(one["record"], sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    one["record_sha256"] = sha256(text.encode()).hexdigest()


TAMPERED: list[tuple[Callable[[dict[str, Any]], Any], str]] = [
    (lambda one: entry_of(one).update(canonical=entry_of(one)["canonical"].replace("Ja, gern", "Nein")), "changed"),
    (forge, "moved"),
    (move, "moved"),
    (lambda one: entry_of(one)["path"].pop(), "moved"),
    (lambda one: entry_of(one)["path"].reverse(), "moved"),
    (lambda one: one["entries"].reverse(), "order"),
    (lambda one: entry_of(one).update(canonical=entry_of(one)["canonical"].replace('","', '","","', 1)), "unreadable"),
    (lambda one: one["ledger"].update(root="0" * 64), "moved"),
    (lambda one: one["ledger"].update(hash="0" * 64), "anchor_differs"),
    (lambda one: one["wordings"].clear(), "wording_missing"),
    (lambda one: one["wordings"][0]["record"].update(text="Dürfen wir?"), "wording_changed"),
    (reword, "wording_missing"),
    (readdress, "wording_changed"),
    (lambda one: one.update(pdf_sha256="0" * 64), "pdf_changed"),
    (lambda one: one.update(anchor=None), "anchor_foreign"),
    (lambda one: one.update(anchor=one["anchor"].replace("2026-03-20", "2025-03-20")), "anchor_foreign"),
    (lambda one: one.update(version=2), "unreadable"),
    (lambda one: one.pop("entries"), "unreadable"),
]


@pytest.mark.parametrize(("tamper", "key"), TAMPERED)
def test_whatever_is_changed_is_seen(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], tamper: Callable[[Any], Any], key: str
) -> None:
    content = json.loads((folder / "out" / "proof.json").read_text(encoding="utf-8"))
    tamper(content)
    file = tmp_path / "proof.json"
    file.write_text(json.dumps(content), encoding="utf-8")
    (tmp_path / "proof.pdf").write_bytes((folder / "out" / "proof.pdf").read_bytes())
    assert check_here([str(file), "--anchors", str(folder / "anchors.jsonl")]) == 1
    said = capsys.readouterr().out
    words = WORDS["en" if key == "unreadable" else "de"]
    assert words[key].split("{")[0] in said
    assert words["fails"] in said


def test_a_changed_proof_fails_elsewhere_too(folder: Path, tmp_path: Path) -> None:
    for name in ("proof.json", "verify_proof.py"):
        text = (folder / "out" / name).read_text(encoding="utf-8")
        (tmp_path / name).write_text(text.replace("Ja, gern", "Nein"), encoding="utf-8")
    code, said = elsewhere(tmp_path)
    assert code == 1
    assert "Eintrag 6: wurde verändert" in said


def test_a_proof_that_is_not_there_is_not_condemned(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    missing = tmp_path / "proof.json"
    assert check_here([str(missing)]) == 2
    said = capsys.readouterr().out
    for words in WORDS.values():
        assert words["proof_missing"].format(missing) in said
        assert words["fails"] not in said


def test_the_program_reads_the_fields_in_the_order_they_are_written_in() -> None:
    assert canonical.FIELDS[canonical.FORM] == FIELDS


def test_entries_of_the_first_form_are_proved_too(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    old = chain([entry(form=1, wording_id=None, wording_sha256=None) for _ in range(3)])
    tree = tree_over([2], 3, lambda _until: [[one.hash for one in old]])
    write_proof(make_proof(old[1:2], [], tree, "en", BERLIN, 3, NOW), b"", tmp_path / "out")
    assert check_here([str(tmp_path / "out" / "proof.json")]) == 0
    assert "entry 2, 2026-03-12T10:30:00+01:00: granted" in capsys.readouterr().out


def test_both_languages_of_the_program_say_the_same_things() -> None:
    assert WORDS["de"].keys() == WORDS["en"].keys()
    for key, text in WORDS["en"].items():
        assert text.count("{") == WORDS["de"][key].count("{"), key


def test_the_printed_proof_is_a_document(folder: Path) -> None:
    assert (folder / "out" / "proof.pdf").read_bytes().startswith(b"%PDF-")
    english = proof_pdf(proof(language="en"), FONTS)
    assert english != proof_pdf(proof(), FONTS)


def test_the_newest_anchor_behind_the_entries_is_taken(tmp_path: Path) -> None:
    kept = read_anchors(anchors(tmp_path / "a.jsonl", 6, 13, 18))
    assert tree_over([6], 20, hashes, kept).size == 18
    # The newest entry is behind every anchor: the ledger as it stands is all there is.
    assert (tree_over([6, 19], 20, hashes, kept).size, tree_over([6, 19], 20, hashes, kept).anchor) == (20, None)


def test_no_proof_is_made_of_a_ledger_that_is_not_the_anchored_one(tmp_path: Path) -> None:
    kept = read_anchors(anchors(tmp_path / "a.jsonl", 18))

    def forged(until: int) -> list[list[str]]:
        return [["0" * 64, *hashes(until)[0][1:]]]

    with pytest.raises(ProofError, match="not the one that was anchored"):
        tree_over([6], 20, forged, kept)
    with pytest.raises(ProofError, match="fewer entries"):
        tree_over([6], 17, hashes, kept)


def test_no_proof_is_made_of_changed_entries() -> None:
    from dataclasses import replace

    tree = tree_over([6], 20, hashes)
    with pytest.raises(ProofError, match="was changed"):
        make_proof([replace(ledger()[5], note="x")], [], tree, "de", BERLIN, 3, NOW)


def test_one_purpose_and_channel_come_with_what_holds_for_all() -> None:
    assert [one.position for one in hers(ConsentPurpose.ADV_OWN, ConsentChannel.PHONE)] == [6, 12, 18]
    assert [one.position for one in hers(channel=ConsentChannel.EMAIL)] == [13, 18]


def test_nothing_is_written_over(tmp_path: Path) -> None:
    (tmp_path / "x").touch()
    with pytest.raises(ProofError, match="not empty"):
        write_proof(proof(), b"", tmp_path)
    with pytest.raises(ProofError, match="cannot be written"):
        write_proof(proof(), b"", tmp_path / "x" / "y")


def test_the_summary_says_state_and_how_long_it_is_kept() -> None:
    phone = next(one for one in proof().content["summary"] if one["channel"] == "PHONE")
    assert (phone["state_words"], phone["weak_proof"]) == ("erteilt", True)
    assert datetime.fromisoformat(phone["retention_until"]) == datetime(2031, 3, 13, tzinfo=BERLIN)
