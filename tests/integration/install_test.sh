#!/usr/bin/env bash
# The installed binary finds its assets, maps and scenarios from the install prefix.
set -euo pipefail
build=$1
prefix=$(mktemp -d)
trap 'rm -rf "$prefix"' EXIT
cmake --install "$build" --prefix "$prefix" >/dev/null
cd "$prefix"
bin/oddroad info | grep -qF "$prefix/share/oddroad"
scenario=share/oddroad/scenarios/vru/child-behind-parked-van.yaml
bin/oddroad check "$scenario"
bin/oddroad draw "$scenario" -o drawing.svg
grep -q '</svg>' drawing.svg
echo "installed binary works from its prefix"
