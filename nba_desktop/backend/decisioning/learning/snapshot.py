"""The state of a model as bytes: an npz file with a JSON header, checked when it is read."""

from __future__ import annotations

import hashlib
import io
import json
import math
import struct
import zipfile
import zlib
from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from nba_desktop.backend.decisioning.learning.beliefs import Beliefs
from nba_desktop.backend.errors import SnapshotError

FORMAT: Final = 1
_BROKEN: Final = (zipfile.BadZipFile, zlib.error, struct.error)


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A state read back: which kind of model it belongs to, and what was learnt."""

    mode: str
    beliefs: Beliefs


def write_snapshot(mode: str, beliefs: Beliefs) -> bytes:
    """Return the state as bytes."""
    owners, classes = list(beliefs.owners), list(beliefs.classes)
    header = {
        "format": FORMAT,
        "mode": mode,
        "owners": owners,
        "classes": classes,
        "dictionary": _hash(owners, classes),
        "half_life_days": beliefs.half_life_days,
        "epoch": beliefs.epoch,
        "now": None if math.isinf(beliefs.now) else beliefs.now,
        "count": beliefs.count,
    }
    out = io.BytesIO()
    text = np.frombuffer(json.dumps(header, ensure_ascii=False).encode(), dtype=np.uint8)
    np.savez_compressed(out, header=text, precision=beliefs.precision, information=beliefs.information)
    return out.getvalue()


def read_snapshot(content: bytes) -> Snapshot:
    """Read a state; raises `SnapshotError` when it is damaged or of another format."""
    try:
        with np.load(io.BytesIO(content), allow_pickle=False) as parts:
            header: dict[str, Any] = json.loads(parts["header"].tobytes())
            precision, information = parts["precision"], parts["information"]
    except (ValueError, TypeError, OSError, KeyError, EOFError, RuntimeError, *_BROKEN) as error:
        raise SnapshotError("the snapshot of the model is damaged: take an older one, or learn anew") from error
    if header.get("format") != FORMAT:
        raise SnapshotError(
            f"the snapshot of the model has format {header.get('format')}, this program reads {FORMAT}: "
            "take one that this version has written, or learn anew"
        )
    owners, classes = header["owners"], header["classes"]
    if header["dictionary"] != _hash(owners, classes) or not precision.shape == information.shape == (
        len(classes),
        len(owners),
    ):
        raise SnapshotError("the snapshot of the model contradicts itself: take an older one, or learn anew")
    beliefs = Beliefs(owners, classes, header["half_life_days"])
    beliefs.epoch = header["epoch"]
    beliefs.now = -math.inf if header["now"] is None else header["now"]
    beliefs.count = header["count"]
    beliefs.precision, beliefs.information = precision, information
    return Snapshot(header["mode"], beliefs)


def _hash(owners: list[str], classes: list[str]) -> str:
    return hashlib.sha256(json.dumps([owners, classes], ensure_ascii=False).encode()).hexdigest()
