"""One update of a model's state: what a response adds, and takes away again when it is taken back."""

from __future__ import annotations

import json
import struct
import zlib
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

import numpy as np

from nba_desktop.backend.arrays import SmallArray
from nba_desktop.backend.errors import SnapshotError

_HEAD: Final = struct.Struct("<4sdI")
_MAGIC: Final = b"NBU1"


@dataclass(frozen=True, slots=True, eq=False)
class Update:
    """Deltas to some cells of the state, by name, as of the decision's moment.

    `owners` are whose weights it moves (what all share, a group, an action), `classes` the classes of features they
    belong to; `precision` and `information` (precision × mean) are (classes, owners) in float32: what is written is
    exactly what was added, so that it can be taken back. Names and not places, because a later catalogue has others.
    """

    at: datetime
    owners: tuple[str, ...]
    classes: tuple[str, ...]
    precision: SmallArray
    information: SmallArray

    def to_bytes(self) -> bytes:
        """Return the compact form."""
        names = json.dumps([self.owners, self.classes], ensure_ascii=False, separators=(",", ":")).encode()
        head = _HEAD.pack(_MAGIC, self.at.timestamp(), len(names))
        both = np.stack((self.precision, self.information)).astype("<f4", copy=False)
        return zlib.compress(head + names + both.tobytes(), level=1)

    @classmethod
    def from_bytes(cls, content: bytes) -> Update:
        """Read the compact form; raises `SnapshotError` when it is none."""
        try:
            plain = zlib.decompress(content)
            magic, at, length = _HEAD.unpack_from(plain)
            if magic != _MAGIC:
                raise SnapshotError("an update of the model is of another format: it was written by another version")
            owners, classes = json.loads(plain[_HEAD.size : _HEAD.size + length])
            both = np.frombuffer(plain, dtype="<f4", offset=_HEAD.size + length)
            precision, information = both.reshape(2, len(classes), len(owners))
        except (zlib.error, struct.error, ValueError) as error:
            raise SnapshotError("an update of the model is damaged and cannot be read") from error
        return cls(datetime.fromtimestamp(at, UTC), tuple(owners), tuple(classes), precision, information)
