#!/bin/sh
# Compiles the installer with a stand-in for the panel and installs, upgrades and removes it under wine. What is built
# here tests the installer's logic and is never published.
set -eu
cd "$(dirname "$0")/../.."

. packaging/lib.sh
tools_or_stop msi-test wixl:wixl msiinfo:msitools makensis:nsis wine:wine wine:wine64
exec .venv/bin/python packaging/windows/msi_test.py build/msi-test
