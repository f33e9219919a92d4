"""Take a file of a site's own data in: a batch at a time, each all or nothing, and on from there after a crash."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime, tzinfo
from hashlib import sha256
from pathlib import Path
from typing import Final

from nba_desktop.backend.arrivals.following import Following
from nba_desktop.backend.catalogues.live import LiveCatalogues
from nba_desktop.backend.consent.wording import Wording
from nba_desktop.backend.decisioning.vocabulary import Vocabulary
from nba_desktop.backend.decisions.deciding import installation_salt
from nba_desktop.backend.errors import ConfigurationError
from nba_desktop.backend.importing.consents import ConsentKind
from nba_desktop.backend.importing.contracts import ContractKind, NumberKind
from nba_desktop.backend.importing.customers import CustomerKind
from nba_desktop.backend.importing.data_file import Batch, DataFile
from nba_desktop.backend.importing.fields import KindName
from nba_desktop.backend.importing.judging import (
    ADDED,
    CHANGED,
    ERASED,
    REFUSED,
    SKIPPED,
    UNCHANGED,
    Context,
    Kind,
    Verdict,
)
from nba_desktop.backend.importing.mapping import ReadMapping
from nba_desktop.backend.importing.reading import RowReader, Rows, compile_reader
from nba_desktop.backend.importing.touchpoints import TouchpointKind
from nba_desktop.backend.importing.verdict_file import Tally, VerdictFile, has, tally_of, written
from nba_desktop.backend.ports.unit import Store, Unit
from nba_desktop.backend.rows.imports import ImportRow
from nba_desktop.contract.codes import ConsentChannel, ConsentPurpose

AT_A_TIME: Final = 5_000
"""Rows of one transaction: a quarter of a second in which calls wait."""

Tell = Callable[[ImportRow], None]
"""Is told how far it is after each transaction."""


@dataclass(frozen=True, slots=True)
class Result:
    """What a file came to; `ended` are contracts or numbers that it did not have any more.

    With `known_before` the file was taken in before and left as it is now.
    """

    progress: ImportRow
    tally: Tally
    ended: int = 0
    known_before: bool = False


class SiteImport:
    """Takes files of one kind in; how far each is stands in the store, written with its rows.

    Whoever is stopped in between begins again where the store says and cuts off the verdicts that are too many.
    """

    def __init__(
        self,
        store: Store,
        catalogues: LiveCatalogues,
        clock: Callable[[], datetime],
        kind: KindName,
        mapping: ReadMapping,
        at_a_time: int = AT_A_TIME,
    ) -> None:
        self._store = store
        self._catalogues = catalogues
        self._clock = clock
        self._kind: KindName = kind
        self._mapping = mapping
        self._at_a_time = at_a_time

    def known(self, file: DataFile) -> ImportRow | None:
        """Return how far a file was taken in before, or None."""
        with self._store.read() as unit:
            return unit.imports.by_id(file.file_id)

    def run(self, file: DataFile, verdicts: Path, tell: Tell, again: bool = False) -> Result:
        """Take a file in, from where it was left, and return what it came to; with `again` from its beginning.

        A file that was taken in before is left as it is unless `again`. Raises `CatalogueErrors` for a mapping that
        does not fit this site, and `ConfigurationError` where the verdicts cannot be written, the file is broken or
        another process takes it in.
        """
        reader, kind = self._prepared(file, keep=True)
        progress = self.known(file)
        if progress is not None and progress.finished and not again:
            return Result(progress, Tally(), known_before=True)
        if progress is None or again or not has(verdicts, progress.verdict_bytes):
            # Without its verdicts there is nothing to go on from; what was taken in is unchanged then.
            progress = self._begun(file, progress)
        tally = tally_of(verdicts, progress.verdict_bytes) if progress.verdict_bytes else Tally()
        with written(verdicts, progress.verdict_bytes) as out:
            for batch in file.batches(reader.columns, progress.lines, self._at_a_time):
                progress = self._take(reader, kind, batch, progress, out, tally)
                tell(progress)
        return self._ended(file, progress, tally)

    def try_out(self, file: DataFile, verdicts: Path, tell: Tell) -> Result:
        """Say what would become of each row and write none of it; a row is not compared with others far from it."""
        reader, kind = self._prepared(file, keep=False)
        progress, tally = self._new(file), Tally()
        with written(verdicts, 0) as out:
            for batch in file.batches(reader.columns, 0, self._at_a_time):
                rows = reader.read(batch)
                with self._store.read() as unit:
                    judged = kind.judge(unit, rows)
                said = _in_order(judged.verdicts, rows)
                out.append(said)
                tally.count(said)
                progress = _counted(progress, said, 0, self._clock())
                tell(progress)
        return Result(progress, tally)

    def _take(
        self, reader: RowReader, kind: Kind, batch: Batch, before: ImportRow, out: VerdictFile, tally: Tally
    ) -> ImportRow:
        rows = reader.read(batch)
        with self._store.write() as unit:
            unit.site_data.prepare()
            self._check_alone(unit, before)
            judged = kind.judge(unit, rows)
            judged.write(unit)
            said = _in_order(judged.verdicts, rows)
            progress = _counted(before, said, out.append(said), self._clock())
            unit.imports.put(progress)
        tally.count(said)
        return progress

    def _prepared(self, file: DataFile, keep: bool) -> tuple[RowReader, Kind]:
        """Return what reads the file and what judges its rows at this site."""
        now = self._clock()
        with self._store.write() as unit:
            catalogue = self._catalogues.in_force(unit).live
            vocabulary, zone, security = catalogue.vocabulary, catalogue.zone, catalogue.entry.security
            following = Following(unit, self._catalogues, self._clock)
            salt = installation_salt(unit, now)
            reader = compile_reader(self._kind, self._mapping, vocabulary, zone, _day(now, zone))
            if file.format != "jsonl":
                self._mapping.check_columns(list(file.header), file.path.name)
            wordings = {one.wording_id: one for one in unit.consents.wordings()}
            for one in _wordings_of(self._mapping, now):
                known = wordings.setdefault(one.wording_id, one)
                if known.text_sha256 != one.text_sha256:
                    raise ConfigurationError(
                        f"the wording {one.wording_id} is known with another text: call it another"
                    )
                if known is one and keep:
                    unit.consents.introduce_wording(one)
        context = Context(
            source=self._mapping.entry.source,
            said_by=self._said_by(file),
            made_on=_day(file.made_at, zone),
            now=now,
            zone=zone,
            salt=salt,
            wordings=wordings,
            security_items=frozenset(security.items),
            security_required=security.required,
        )
        return reader, _kind(self._kind, context, vocabulary, following, self._mapping.entry.absent == "end")

    def _said_by(self, file: DataFile) -> str:
        return f"{self._mapping.entry.source}:{file.file_id}"

    def _check_alone(self, unit: Unit, before: ImportRow) -> None:
        stored = unit.imports.by_id(before.import_id)
        if stored is None or (stored.lines, stored.started_at) != (before.lines, before.started_at):
            raise ConfigurationError("another process is taking the same file in: let it finish")

    def _new(self, file: DataFile) -> ImportRow:
        now = self._clock()
        source = self._mapping.entry.source
        return ImportRow(file.file_id, self._kind, source, 0, 0, 0, 0, 0, now, now, finished=False)

    def _begun(self, file: DataFile, before: ImportRow | None) -> ImportRow:
        progress = self._new(file)
        with self._store.write() as unit:
            if unit.imports.by_id(file.file_id) != before:
                raise ConfigurationError("another process is taking the same file in: let it finish")
            unit.imports.put(progress)
        return progress

    def _ended(self, file: DataFile, progress: ImportRow, tally: Tally) -> Result:
        ended = 0
        with self._store.write() as unit:
            self._check_alone(unit, progress)
            if self._mapping.entry.absent == "end":
                source, said_by = self._mapping.entry.source, self._said_by(file)
                if self._kind == "contracts":
                    zone = self._catalogues.in_force(unit).live.zone
                    ended = unit.site_data.end_contracts(source, said_by, _day(file.made_at, zone))
                else:
                    ended = unit.site_data.remove_phones(source, said_by)
            progress = replace(progress, at=self._clock(), finished=True)
            unit.imports.put(progress)
        return Result(progress, tally, ended)


def _kind(name: KindName, context: Context, vocabulary: Vocabulary, following: Following, ends: bool) -> Kind:
    match name:
        case "customers":
            return CustomerKind(context)
        case "contracts":
            return ContractKind(context, ends)
        case "numbers":
            return NumberKind(context, ends)
        case "consents":
            return ConsentKind(context)
        case "touchpoints":
            return TouchpointKind(context, vocabulary, following)


def _wordings_of(mapping: ReadMapping, now: datetime) -> list[Wording]:
    """Return the wordings that the mapping brings along: of before, so none of them is in force."""
    return [
        Wording(
            wording_id=name,
            language=one.language,
            version=1,
            purpose=ConsentPurpose(one.purpose),
            channels=frozenset(ConsentChannel(channel) for channel in one.channels),
            text=one.text,
            text_sha256=sha256(one.text.encode()).hexdigest(),
            introduced_at=now,
            retired_at=now,
        )
        for name, one in mapping.entry.wordings.items()
    ]


def _day(at: datetime, zone: tzinfo) -> date:
    return at.astimezone(zone).date()


def _in_order(verdicts: list[Verdict], rows: Rows) -> list[Verdict]:
    unread = (Verdict(line, REFUSED, why) for line, why in rows.refused)
    return sorted([*verdicts, *unread, *(Verdict(line, SKIPPED, why) for line, why in rows.skipped)])


def _counted(before: ImportRow, verdicts: list[Verdict], verdict_bytes: int, at: datetime) -> ImportRow:
    times = Counter(one.verdict for one in verdicts)
    return replace(
        before,
        lines=before.lines + len(verdicts),
        accepted=before.accepted + times[ADDED] + times[CHANGED],
        duplicate=before.duplicate + times[UNCHANGED] + times[SKIPPED],
        refused=before.refused + times[REFUSED] + times[ERASED],
        verdict_bytes=verdict_bytes,
        at=at,
    )
