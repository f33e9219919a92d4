#!/bin/sh
# Extracts every message of the panel into DIR/nba_de.ts (all of them) and DIR/nba_en.ts (only those with a plural).
# Without source positions and without guesses from similar texts, so that the same sources always give the same files.
set -eu
out=$(cd "$1" && pwd)
cd "$(dirname "$0")/.."

sources=$(find nba_desktop -name '*.py' -not -path 'nba_desktop/backend/*' | LC_ALL=C sort)

update() {
  # shellcheck disable=SC2086  # one word per file; no name in the package has a space
  .venv/bin/pyside6-lupdate -silent -locations none -no-obsolete -sort-messages -source-language en \
    -disable-heuristic sametext -disable-heuristic similartext "$@"
}

# shellcheck disable=SC2086
update $sources -target-language de -ts "$out/nba_de.ts"
# shellcheck disable=SC2086
update -pluralonly $sources -target-language en -ts "$out/nba_en.ts"
