#!/bin/sh
# Makes build/bench-env complete: the locked packages that the decision engine is measured against, apart from the
# product's own. Remembered in .setup-done by what it was made from; an unfinished one is made anew.
set -eu
cd "$(dirname "$0")/.."

LOCK=packaging/locks/bench.txt
ENV=build/bench-env
DONE=$ENV/.setup-done

wanted() { { pwd && cat "$LOCK" packaging/bench_env.sh; } | cksum; }

if [ "$(cat "$DONE" 2>/dev/null)" = "$(wanted)" ] && "$ENV/bin/python" -c '' 2>/dev/null; then
  exit 0
fi

echo "bench: making $ENV from $LOCK; this happens once and takes a minute or two"
.venv/bin/python -m venv --clear "$ENV"
if ! env PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_ROOT_USER_ACTION=ignore "$ENV/bin/python" -m pip --quiet --quiet \
  install --require-hashes --only-binary=:all: -r "$LOCK"; then
  echo "bench: the locked packages could not be installed (above)." >&2
  exit 1
fi
wanted >"$DONE"
