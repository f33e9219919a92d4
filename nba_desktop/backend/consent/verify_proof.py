"""Check the proof of a consent, anywhere: needs Python 3.8 or later and nothing else.

    python verify_proof.py [proof.json] [--anchors FILE]

It says in words what holds and ends with 0, or says what does not and ends with 1. With `--anchors` – the file of
anchors as somebody else keeps it – it also shows that the ledger was not written anew since the day of the anchor.
Where that file or the proof itself is not there or cannot be opened it says so and ends with 2: that says nothing
against the proof.

What is checked: that every entry is as it was written (its hash), that entries which follow one another do so, that
each stands at its place in the ledger (the path to the root of the tree over all entries), that the root is the one of
the anchor, that the wordings are those that were read (their hashes), and that the printed proof beside it belongs to
this one. That no further entry was left out cannot be seen from a part of a ledger: ask for the whole ledger's check.
"""

from __future__ import annotations

import argparse
import json
import sys
from hashlib import sha256
from pathlib import Path
from typing import Any

KIND = "nba-desktop consent proof"

FIELDS = (
    "at", "at_local", "authenticated_level", "call_id", "campaign_id", "channel", "contact_point", "corrects",
    "customer_id", "customer_words", "event", "event_id", "evidence_ref", "evidence_type", "form", "manner", "note",
    "person_first_name", "person_last_name", "position", "postal_address", "prev_hash", "purpose",
    "read_aloud_confirmed", "recipient_code", "source_system", "wording_id", "wording_record_sha256", "wording_sha256",
)  # fmt: skip

WORDS = {
    "en": {
        "unreadable": "this is no proof of a consent that this program can read: {0}",
        "proof_missing": "the proof cannot be opened, name it: python verify_proof.py FILE ({0})",
        "entry": "entry {0}, {1}: {2} – {3}, {4}, {5} – unchanged, at its place in the ledger",
        "changed": "entry {0}: it was changed",
        "moved": "entry {0}: it does not stand at that place in the ledger",
        "order": "entry {0}: it does not follow the entry before it",
        "wording": "wording {0}: unchanged, as it was read",
        "wording_changed": "wording {0}: it was changed",
        "wording_missing": "entry {0}: the wording it names is missing",
        "anchor": "the ledger is the one that was anchored on {0} with {1} entries",
        "anchor_differs": "the anchor in the proof is not of this ledger",
        "anchor_kept": "the anchor is in {0}: the ledger was not written anew since {1}",
        "anchor_foreign": "the anchor of the proof is not in {0}",
        "anchors_unreadable": "the file of anchors cannot be read, name another with --anchors: {0}",
        "no_anchor": "the proof names no anchor: that the ledger was not written anew is not shown by it",
        "compare": "compare the anchor with a copy that others keep: --anchors FILE",
        "pdf": "the printed proof beside it belongs to this one",
        "pdf_changed": "the printed proof beside it was changed",
        "holds": "THE PROOF HOLDS: {0} entries, ledger of {1} entries",
        "fails": "THE PROOF DOES NOT HOLD",
    },
    "de": {
        "unreadable": "Das ist kein Einwilligungsnachweis, den dieses Programm lesen kann: {0}",
        "proof_missing": "Der Nachweis lässt sich nicht öffnen, nennen Sie ihn: python verify_proof.py DATEI ({0})",
        "entry": "Eintrag {0}, {1}: {2} – {3}, {4}, {5} – unverändert, an seinem Platz in der Nachweiskette",
        "changed": "Eintrag {0}: wurde verändert",
        "moved": "Eintrag {0}: steht nicht an diesem Platz in der Nachweiskette",
        "order": "Eintrag {0}: folgt nicht auf den Eintrag vor ihm",
        "wording": "Einwilligungstext {0}: unverändert, wie er vorgelesen wurde",
        "wording_changed": "Einwilligungstext {0}: wurde verändert",
        "wording_missing": "Eintrag {0}: Der genannte Einwilligungstext fehlt",
        "anchor": "Die Nachweiskette ist die, die am {0} mit {1} Einträgen verankert wurde",
        "anchor_differs": "Der Anker im Nachweis gehört nicht zu dieser Nachweiskette",
        "anchor_kept": "Der Anker steht in {0}: Die Nachweiskette wurde seit dem {1} nicht neu geschrieben",
        "anchor_foreign": "Der Anker des Nachweises steht nicht in {0}",
        "anchors_unreadable": "Die Datei der Anker lässt sich nicht lesen, nennen Sie eine andere mit --anchors: {0}",
        "no_anchor": "Der Nachweis nennt keinen Anker: Dass die Kette nicht neu geschrieben wurde, zeigt er nicht",
        "compare": "Vergleichen Sie den Anker mit einer Kopie, die andere aufbewahren: --anchors DATEI",
        "pdf": "Der gedruckte Nachweis daneben gehört zu diesem",
        "pdf_changed": "Der gedruckte Nachweis daneben wurde verändert",
        "holds": "DER NACHWEIS HÄLT STAND: {0} Einträge, Nachweiskette mit {1} Einträgen",
        "fails": "DER NACHWEIS HÄLT NICHT STAND",
    },
}


class Report:
    """Collects what holds and what does not."""

    def __init__(self, language: str) -> None:
        self._words = WORDS.get(language, WORDS["en"])
        self.lines: list[str] = []
        self.failed = False

    def good(self, key: str, *values: object) -> None:
        """Say that something holds."""
        self.lines.append("  + " + self._words[key].format(*values))

    def note(self, key: str, *values: object) -> None:
        """Say something that is neither good nor bad."""
        self.lines.append("  ! " + self._words[key].format(*values))

    def bad(self, key: str, *values: object) -> None:
        """Say that something does not hold."""
        self.failed = True
        self.lines.append("  - " + self._words[key].format(*values))

    def total(self, key: str, *values: object) -> None:
        """Say what it comes to."""
        self.lines.append(self._words[key].format(*values))


def digest(text: str) -> str:
    """The SHA-256 of a text, as it is written in a ledger."""
    return sha256(text.encode("utf-8")).hexdigest()


def root_of(path: list[str], entry_hash: str, leaf: int, size: int) -> str:
    """The root that the path of a leaf leads to in a tree of `size` leaves (RFC 6962)."""
    if not 0 <= leaf < size:
        return ""
    start, end = 0, size
    on_the_left: list[bool] = []
    while end - start > 1:
        middle = start + (1 << (end - start - 1).bit_length() - 1)
        on_the_left.append(leaf >= middle)
        start, end = (middle, end) if leaf >= middle else (start, middle)
    if len(path) != len(on_the_left):
        return ""
    node = sha256(b"\x00" + bytes.fromhex(entry_hash)).digest()
    for beside, left in zip(path, reversed(on_the_left)):  # noqa: B905 - older Pythons do not know strict
        other = bytes.fromhex(beside)
        node = sha256(b"\x01" + (other + node if left else node + other)).digest()
    return node.hex()


class UnreadableAnchors(Exception):
    """The file of anchors cannot be read; what the proof itself says is not judged by that."""


def check(proof: dict[str, Any], folder: Path, anchors: Path | None) -> Report:
    """Check everything that a proof says; raise `UnreadableAnchors` without the anchors it is to be compared with."""
    report = Report(str(proof["language"]))
    check_entries(proof, report)
    check_wordings(proof, report)
    check_anchor(proof, anchors, report)
    printed = folder / "proof.pdf"
    if printed.is_file():
        same = sha256(printed.read_bytes()).hexdigest() == proof["pdf_sha256"]
        report.good("pdf") if same else report.bad("pdf_changed")
    if report.failed:
        report.total("fails")
    else:
        report.total("holds", len(proof["entries"]), proof["ledger"]["size"])
    return report


def values(entry: dict[str, Any]) -> dict[str, Any]:
    """What an entry says, by name: its text is an object, or an array of `FIELDS` in their order."""
    said: Any = json.loads(entry["canonical"])
    if isinstance(said, list):
        if len(FIELDS) != len(said):
            raise ValueError("an entry has other fields than its form")
        said = dict(zip(FIELDS, said))  # noqa: B905 - older Pythons do not know strict
    found: dict[str, Any] = said
    return found


def check_entries(proof: dict[str, Any], report: Report) -> None:
    """Check that each entry is unchanged and stands at its place."""
    size, root = int(proof["ledger"]["size"]), proof["ledger"]["root"]
    last_position, last_hash = 0, ""
    for one in proof["entries"]:
        said = values(one)
        position = said["position"]
        follows = position > last_position and (position > last_position + 1 or said["prev_hash"] == last_hash)
        if digest(one["canonical"]) != one["hash"]:
            report.bad("changed", position)
        elif root_of(one["path"], one["hash"], position - 1, size) != root:
            report.bad("moved", position)
        elif not follows and last_position:
            report.bad("order", position)
        else:
            what = (said["purpose"], said["channel"], said["contact_point"])
            report.good("entry", position, said["at_local"], said["event"], *what)
        last_position, last_hash = position, one["hash"]


def check_wordings(proof: dict[str, Any], report: Report) -> None:
    """Check that each wording is unchanged, and that none is missing that an entry names."""
    known: dict[tuple[str, str], str] = {}
    for one in proof["wordings"]:
        record = one["record"]
        text = json.dumps(record, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
        name = f"{record['wording_id']}"
        if digest(record["text"]) != record["text_sha256"] or digest(text) != one["record_sha256"]:
            report.bad("wording_changed", name)
        else:
            report.good("wording", name)
        known[(record["wording_id"], record["text_sha256"])] = one["record_sha256"]
    for one in proof["entries"]:
        said = values(one)
        if said["wording_id"] is None:
            continue
        record_hash = known.get((said["wording_id"], said["wording_sha256"]))
        whole = said.get("wording_record_sha256")
        if record_hash is None:
            report.bad("wording_missing", said["position"])
        elif whole is not None and whole != record_hash:
            report.bad("wording_changed", said["wording_id"])


def lines_of(anchors: Path | None) -> list[str]:
    """The lines of a file of anchors; none without one."""
    try:
        return [] if anchors is None else anchors.read_text(encoding="utf-8").splitlines()
    except (OSError, ValueError) as error:
        raise UnreadableAnchors(anchors) from error


def check_anchor(proof: dict[str, Any], anchors: Path | None, report: Report) -> None:
    """Check that the ledger is the one that was anchored."""
    line, ledger = proof["anchor"], proof["ledger"]
    kept = lines_of(anchors)
    if line is None:
        report.note("no_anchor")
        if anchors is not None:
            report.bad("anchor_foreign", anchors)
        return
    said = json.loads(line)
    if (said["position"], said["hash"], said["root"]) != (ledger["size"], ledger["hash"], ledger["root"]):
        report.bad("anchor_differs")
        return
    report.good("anchor", said["date"], said["position"])
    if anchors is None:
        report.note("compare")
    elif line in kept:
        report.good("anchor_kept", anchors, said["date"])
    else:
        report.bad("anchor_foreign", anchors)


def main(arguments: list[str]) -> int:
    """Check a proof and say what was found; 0 when it holds, 1 when not, 2 when there is nothing to read."""
    parser = argparse.ArgumentParser(description="Check the proof of a consent.")
    parser.add_argument("proof", type=Path, nargs="?", default=Path(__file__).with_name("proof.json"))
    parser.add_argument("--anchors", type=Path, metavar="FILE", help="the anchors as somebody else keeps them")
    options = parser.parse_args(arguments)
    if hasattr(sys.stdout, "reconfigure"):
        sys.stdout.reconfigure(encoding="utf-8", errors="replace")
    try:
        written = options.proof.read_bytes()
    except OSError:
        # Without the proof nobody knows its language.
        for words in WORDS.values():
            sys.stdout.write(words["proof_missing"].format(options.proof) + "\n")
        return 2
    try:
        proof = json.loads(written.decode("utf-8"))
        if proof["kind"] != KIND or proof["version"] != 1:
            raise ValueError("kind or version")
        report = check(proof, options.proof.parent, options.anchors)
    except UnreadableAnchors as error:
        words = WORDS.get(str(proof["language"]), WORDS["en"])
        sys.stdout.write(words["anchors_unreadable"].format(error) + "\n")
        return 2
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        sys.stdout.write(WORDS["en"]["unreadable"].format(repr(error)) + "\n" + WORDS["en"]["fails"] + "\n")
        return 1
    sys.stdout.write("\n".join(report.lines) + "\n")
    return 1 if report.failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
