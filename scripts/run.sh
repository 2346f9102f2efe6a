#!/bin/sh
# What `npm start` and `npm test` run: makes sure that the packages and a new enough Node are there, then hands over.
# It runs under any Node, also one too old for Hallpass itself, so it is plain sh. The network is used for one thing only:
# `npm ci`, and only when package-lock.json is not the one that was installed last.
set -eu
cd "$(dirname "$0")/.."

needed="Hallpass needs Node 24.5 or newer"
stamp=node_modules/.hallpass-lock
lock=$(cksum <package-lock.json)

if [ "$(cat "$stamp" 2>/dev/null || true)" != "$lock" ]; then
  if ! command -v npm >/dev/null 2>&1; then
    echo "npm was not found: install Node 24.5 or newer with npm, then run this again." >&2
    exit 1
  fi
  echo "Installing packages…" >&2
  log=$(mktemp)
  if ! npm ci --no-audit --no-fund --loglevel=error </dev/null >"$log" 2>&1; then
    cat "$log" >&2
    rm -f "$log"
    echo "The packages could not be installed: see npm's words above, then run this again." >&2
    exit 1
  fi
  rm -f "$log"
  printf '%s\n' "$lock" >"$stamp"
fi

# The Node that the lock file brings for this machine, else the one on the PATH.
node=
for candidate in node_modules/node-*/bin/node node; do
  if "$candidate" -e 'const [a, b] = process.versions.node.split("."); process.exit(a > 24 || (a == 24 && b >= 5) ? 0 : 1)' 2>/dev/null; then
    node=$candidate
    break
  fi
done
if [ -z "$node" ]; then
  found=$(node --version 2>/dev/null || echo none)
  echo "$needed, and there is none for this machine in the packages: install one from nodejs.org (found on the PATH: $found)." >&2
  exit 1
fi

# Stripped types and compiled code of all that is run are kept here: with them a start takes half the time.
NODE_COMPILE_CACHE=$PWD/node_modules/.cache/hallpass-compiled
export NODE_COMPILE_CACHE

# What browsers run is built when it is missing or older than what it is made of; `build-browser.ts` looks closer.
prepare_browser() {
  built=node_modules/.cache/hallpass-sdk
  if [ -f packages/console/dist/web/index.html ] && [ -f packages/sdk/dist/web/relay.js ] && [ -f "$built" ]; then
    newer=$(find packages/console/src packages/console/*.* packages/sdk/src packages/sdk/*.* packages/protocol/src packages/pages/src/style packages/vault/src/client packages/vault/src/*s.ts package-lock.json -newer "$built" | head -n 1)
    [ -n "$newer" ] || return 0
  fi
  "$node" --conditions=source scripts/build-browser.ts
}

command=${1:-}
[ $# -eq 0 ] || shift
case $command in
  start) prepare_browser && exec "$node" --conditions=source packages/cli/src/main.ts dev "$@" ;;
  test) exec "$node" --conditions=source scripts/test.ts "$@" ;;
  build) exec "$node" --conditions=source scripts/build.ts "$@" ;;
  bench) exec "$node" --conditions=source bench/run.ts "$@" ;;
  *)
    echo "Use: sh scripts/run.sh start|test|build|bench [arguments]" >&2
    exit 2
    ;;
esac
