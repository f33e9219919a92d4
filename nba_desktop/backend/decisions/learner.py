"""The model in memory beside its log in the store: what answers teach is appended there, and applied from there.

The log is the truth: an update counts once it is committed, is taken back by a row of its own, and a model is the
newest snapshot with the rows behind it. So a process that is killed loses nothing, and one that runs beside it
learns the same.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final
from uuid import UUID

from nba_desktop.backend.decisioning.catalogue import Catalogue
from nba_desktop.backend.decisioning.learning.factory import make_model
from nba_desktop.backend.decisioning.learning.features import Feature, features_of
from nba_desktop.backend.decisioning.learning.labels import final_label
from nba_desktop.backend.decisioning.learning.protocols import Example, LearningModel
from nba_desktop.backend.decisioning.learning.settings import LearningSettings
from nba_desktop.backend.decisioning.learning.update import Update
from nba_desktop.backend.decisioning.propensity import traits_of
from nba_desktop.backend.decisioning.record import values_of
from nba_desktop.backend.errors import NotFound
from nba_desktop.backend.ports import LearningRow, LearningStore, SnapshotRow, Store, Unit

SNAPSHOT_EVERY: Final = 5000
"""Updates after which the model is kept whole, so that a start need not read the log from its beginning."""

NO_CONCERN: Final = "none"
"""What the attribute `concern` says until the agent has chosen one."""

_MOST_MODELS: Final = 8

CatalogueOf = Callable[[Unit, str], Catalogue]


@dataclass(slots=True)
class _Held:
    """A model with the place in the log up to which it has learnt, and the snapshot it stands on."""

    model: LearningModel
    position: int
    snapshot_id: int
    snapshot_position: int


class Learner:
    """Gives each catalogue its model, and learns from responses and outcomes.

    One for a process; `catalogue_of` returns a version of the catalogue by its name. Its methods are used within the
    writing transaction `unit`, so that no two learn at a time.
    """

    def __init__(
        self,
        store: Store,
        catalogue_of: CatalogueOf,
        clock: Callable[[], datetime],
        snapshot_every: int = SNAPSHOT_EVERY,
    ) -> None:
        self._store = store
        self._catalogue_of = catalogue_of
        self._clock = clock
        self._snapshot_every = snapshot_every
        self._held: dict[str, _Held] = {}

    def model_for(self, unit: Unit, catalogue: Catalogue) -> LearningModel:
        """Return the model of a catalogue, caught up with everything that is committed."""
        model = self._caught_up(unit, catalogue).model
        model.advance(self._clock())
        return model

    def learn(self, unit: Unit, decision_id: UUID, action_id: str, event_id: UUID) -> None:
        """Bring what is learnt of one recommendation in line with the codes that count for it now.

        `event_id` is the response, retraction or outcome that was just stored. An update that no longer holds is taken
        back; the same codes again change nothing.
        """
        stored = unit.decisions.stored(decision_id)
        if stored is None:
            return
        catalogue = self._catalogue_of(unit, stored.catalogue_version)
        mode = catalogue.entry.learning.mode
        label = final_label(unit.decisions.codes(decision_id, action_id))
        standing = _standing(unit.learning.of_decision(decision_id), mode)
        earlier = standing.get(action_id)
        if earlier is not None:
            if label is not None and (earlier.label, earlier.weight) == (label.accepted, label.weight):
                return
            if self._counts(unit, earlier):
                unit.learning.append(replace(earlier, event_id=event_id, sign=-1, learnt_at=self._clock()))
        if label is None or mode == "fixed":
            return
        held = self._caught_up(unit, catalogue)
        example = Example(
            action_id=action_id,
            values=values_of(json.loads(stored.record), catalogue.schema),
            label=label.accepted,
            at=stored.decided_at,
            weight=label.weight,
        )
        # Rows of this transaction are not in the model yet: there is nothing of them to leave out.
        applied = [one for one in standing.values() if one.position <= held.position and self._counts(unit, one)]
        update = held.model.update_for(example, [Update.from_bytes(one.content) for one in applied])
        if update is None:
            return
        unit.learning.append(
            LearningRow(
                event_id=event_id,
                decision_id=decision_id,
                action_id=action_id,
                sign=1,
                label=label.accepted,
                weight=label.weight,
                decided_at=stored.decided_at,
                learnt_at=self._clock(),
                mode=mode,
                content=update.to_bytes(),
            )
        )
        if held.position - held.snapshot_position >= self._snapshot_every:
            self.snapshot(unit, catalogue)

    def snapshot(self, unit: Unit, catalogue: Catalogue) -> int | None:
        """Keep the model whole and return the snapshot's id; None where the mode does not learn."""
        mode = catalogue.entry.learning.mode
        if mode == "fixed":
            return None
        held = self._caught_up(unit, catalogue)
        held.snapshot_position = held.position
        held.snapshot_id = unit.learning.add_snapshot(
            SnapshotRow(
                snapshot_id=0,
                position=held.position,
                mode=mode,
                model_version=held.model.version,
                at=self._clock(),
                content=held.model.snapshot(),
            )
        )
        return held.snapshot_id

    def restore(self, unit: Unit, snapshot_id: int) -> int:
        """Make the model what it was at a snapshot, and return the new snapshot's id; what came after is set aside.

        The log stays as it is. Raises `NotFound` when there is no such snapshot.
        """
        earlier = unit.learning.snapshot(snapshot_id)
        if earlier is None:
            raise NotFound(f"there is no snapshot {snapshot_id}: `model show` lists them")
        position, _ = unit.learning.head()
        return unit.learning.add_snapshot(
            replace(earlier, snapshot_id=0, position=position, at=self._clock(), restored_from=snapshot_id)
        )

    def _caught_up(self, unit: Unit, catalogue: Catalogue) -> _Held:
        head = unit.learning.head()
        held = self._held.get(catalogue.version)
        if held is not None and (held.position, held.snapshot_id) == head:
            return held
        # Only what is committed is learnt: the transaction that asks may yet be undone.
        with self._store.read() as committed:
            return self._read(committed.learning, catalogue, held)

    def _read(self, learning: LearningStore, catalogue: Catalogue, held: _Held | None) -> _Held:
        mode = catalogue.entry.learning.mode
        position, snapshot_id = learning.head()
        if held is None or (held.snapshot_id < snapshot_id and _restored_since(learning, held.snapshot_id)):
            held = self._loaded(learning.newest_snapshot(mode), catalogue)
        for row in learning.after(held.position, mode):
            held.model.apply(Update.from_bytes(row.content), row.sign)
        held.position, held.snapshot_id = position, snapshot_id
        self._held.pop(catalogue.version, None)
        self._held[catalogue.version] = held
        if len(self._held) > _MOST_MODELS:
            del self._held[next(iter(self._held))]
        return held

    def _loaded(self, snapshot: SnapshotRow | None, catalogue: Catalogue) -> _Held:
        entry = catalogue.entry.learning
        model = make_model(
            LearningSettings(mode=entry.mode, exploration=entry.exploration),
            [traits_of(action) for action in catalogue.actions],
            features_for(catalogue),
            None if snapshot is None else snapshot.content,
        )
        position = 0 if snapshot is None else snapshot.position
        return _Held(model, position, 0 if snapshot is None else snapshot.snapshot_id, position)

    def _counts(self, unit: Unit, row: LearningRow) -> bool:
        """Whether an update is in the model: not where a snapshot from before it was brought back since."""
        snapshots = [one for one in unit.learning.snapshots() if one.mode == row.mode]
        by_id = {one.snapshot_id: one for one in snapshots}
        place = len(snapshots) - 1
        while place >= 0:
            snapshot = snapshots[place]
            if row.position > snapshot.position:
                return True
            if snapshot.restored_from is None:
                place -= 1
                continue
            source = by_id[snapshot.restored_from]
            if row.position > source.position:
                return False
            place = snapshots.index(source)
        return True


def features_for(catalogue: Catalogue) -> tuple[Feature, ...]:
    """What the models may look at with this catalogue: its register's features, its own contact reasons."""
    concerns = (*(one.code for one in catalogue.entry.concerns), NO_CONCERN)
    return features_of(catalogue.schema, catalogue.entry.attributes_off, {"concern": concerns})


def _standing(rows: Sequence[LearningRow], mode: str) -> dict[str, LearningRow]:
    """The updates of a decision that were not taken back, by action."""
    standing: dict[str, LearningRow] = {}
    for row in rows:
        if row.mode != mode:
            continue
        if row.sign > 0:
            standing[row.action_id] = row
        else:
            standing.pop(row.action_id, None)
    return standing


def _restored_since(learning: LearningStore, snapshot_id: int) -> bool:
    return any(one.restored_from is not None for one in learning.snapshots() if one.snapshot_id > snapshot_id)
