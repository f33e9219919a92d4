"""Contact sheets: every view of the panel in small, labelled, one picture for each look."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from pathlib import Path

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QFont, QImage, QPainter

from nba_desktop.ui.panel.window import PanelWindow

_ZOOM = 0.5
_GAP = 10
_LABEL = 16
_WIDEST = 4000


@dataclass
class ContactSheet:
    """Pictures with their labels, in rows; all of one size but for their height."""

    title: str
    _pictures: list[tuple[str, QImage]] = field(default_factory=list)

    def add(self, panel: PanelWindow, label: str) -> None:
        """Take a picture of the panel as it is."""
        whole = panel.grab().toImage()
        small = whole.scaled(
            round(panel.width() * _ZOOM),
            round(panel.height() * _ZOOM),
            Qt.AspectRatioMode.IgnoreAspectRatio,
            Qt.TransformationMode.SmoothTransformation,
        )
        small.setDevicePixelRatio(1)
        self._pictures.append((label, small))

    def save(self, path: Path) -> None:
        """Write the sheet as PNG; raises `OSError` when that fails."""
        width = max(picture.width() for _, picture in self._pictures) + _GAP
        height = max(picture.height() for _, picture in self._pictures) + _GAP + _LABEL
        columns = max(1, min(_WIDEST // width, len(self._pictures)))
        rows = math.ceil(len(self._pictures) / columns)
        sheet = QImage(columns * width + _GAP, rows * height + _GAP + 2 * _LABEL, QImage.Format.Format_RGB32)
        sheet.fill(QColor("#8a94a0"))
        painter = QPainter(sheet)
        font = QFont(painter.font())
        font.setPixelSize(12)
        painter.setFont(font)
        painter.setPen(QColor("#ffffff"))
        painter.drawText(QRect(_GAP, 0, sheet.width(), 2 * _LABEL), Qt.AlignmentFlag.AlignVCenter, self.title)
        for place, (label, picture) in enumerate(self._pictures):
            left = _GAP + (place % columns) * width
            top = 2 * _LABEL + (place // columns) * height
            painter.drawText(QRect(left, top, width - _GAP, _LABEL), Qt.AlignmentFlag.AlignVCenter, label)
            painter.drawImage(left, top + _LABEL, picture)
        painter.end()
        path.parent.mkdir(parents=True, exist_ok=True)
        if not sheet.save(str(path)):
            raise OSError(f"the contact sheet {path} could not be written: see that its folder is writable")
