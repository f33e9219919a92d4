"""Make the pictures of README and guides from the running program; the README's shows two panels side by side."""

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
_ENVIRON = {**os.environ, "TZ": "Europe/Berlin", "QT_SCALE_FACTOR": str(SCALE)}


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
    if not sheet.save(str(TARGET)):
        return 1
    others = (Path(__file__).with_name(name) for name in ("team_picture.py", "guide_pictures.py"))
    # Each needs an application of its own.
    codes = [subprocess.run([sys.executable, str(other)], check=False, env=_ENVIRON).returncode for other in others]
    return max(codes)


def _panel(folder: Path, language: str, theme: str) -> QImage:
    out = folder / theme
    command = [sys.executable, "-m", "nba_desktop", "demo", "--headless", "--theme", theme, "--out", str(out)]
    subprocess.run(command, check=True, env=_ENVIRON, stdout=subprocess.DEVNULL)
    (picture,) = out.glob(f"{language}-*-{STEP}.png")
    return QImage(str(picture))


if __name__ == "__main__":
    sys.exit(main())
