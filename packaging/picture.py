"""Make the README's picture from the running program: German and light beside English and dark."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

os.environ["QT_QPA_PLATFORM"] = "offscreen"

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QGuiApplication, QImage, QPainter, QPainterPath

TARGET = Path(__file__).resolve().parents[1] / "docs" / "panel.png"
STEP = "response"
MARGIN = 24
SCALE = 1


def main() -> int:
    application = QGuiApplication([])
    with tempfile.TemporaryDirectory(prefix="nba-picture-") as folder:
        panels = [_panel(Path(folder), "de", "light"), _panel(Path(folder), "en", "dark")]
    width = sum(panel.width() // SCALE for panel in panels) + MARGIN * (len(panels) + 1)
    height = max(panel.height() // SCALE for panel in panels) + MARGIN * 2
    sheet = QImage(width * SCALE, height * SCALE, QImage.Format.Format_RGB32)
    sheet.setDevicePixelRatio(SCALE)
    sheet.fill(QColor("#c6cdd4"))
    painter = QPainter(sheet)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    left = MARGIN
    for panel in panels:
        panel.setDevicePixelRatio(SCALE)
        frame = QRectF(QPointF(left, MARGIN), panel.deviceIndependentSize())
        rounded = QPainterPath()
        rounded.addRoundedRect(frame, 6, 6)
        painter.setClipPath(rounded)
        painter.drawImage(frame.topLeft(), panel)
        left += round(frame.width()) + MARGIN
    painter.end()
    application.quit()
    return 0 if sheet.save(str(TARGET)) else 1


def _panel(folder: Path, language: str, theme: str) -> QImage:
    out = folder / theme
    command = [sys.executable, "-m", "nba_desktop", "demo", "--headless", "--theme", theme, "--out", str(out)]
    environ = {**os.environ, "TZ": "Europe/Berlin", "QT_SCALE_FACTOR": str(SCALE)}
    subprocess.run(command, check=True, env=environ, stdout=subprocess.DEVNULL)
    (picture,) = out.glob(f"{language}-*-{STEP}.png")
    return QImage(str(picture))


if __name__ == "__main__":
    sys.exit(main())
