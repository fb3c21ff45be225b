#!/usr/bin/env bash
# kill_loop_test.sh BUILD COUNT: kills render with SIGKILL at COUNT random moments, runs it again, and
# compares every clip's manifest with an undisturbed run.
set -euo pipefail
build=$1
count=$2
root=$(cd "$(dirname "$0")/../.." && pwd)
scenario=$root/tests/integration/data/quick.yaml
oddroad=$build/engine/cli/oddroad
out=$(mktemp -d)
trap 'rm -rf "$out"' EXIT
render() { "$oddroad" render "$scenario" -o "$1" --clips 0..3 --jobs 2 --no-color >"$out/log" 2>&1; }
hashes() { (cd "$1/clips" && find . -name manifest.json | sort | xargs sha256sum); }
start=$(date +%s%N)
render "$out/whole"
length_ms=$((($(date +%s%N) - start) / 1000000))
RANDOM=7
for ((k = 1; k <= count; ++k)); do
  # Somewhere in the run; the dataset grows over the attempts and starts anew when it is complete.
  setsid "$oddroad" render "$scenario" -o "$out/killed" --clips 0..3 --jobs 2 --no-color \
    >"$out/log" 2>&1 &
  victim=$!
  wait_ms=$((RANDOM * length_ms / 32768))
  sleep "$((wait_ms / 1000)).$(printf '%03d' $((wait_ms % 1000)))"
  kill -KILL "$victim" 2>/dev/null || true
  wait "$victim" 2>/dev/null || true
  # Whatever exists must be whole at this instant.
  for clip in "$out"/killed/clips/*/*; do
    [ -e "$clip" ] || continue
    [ -f "$clip/manifest.json" ] || { echo "half a clip after kill $k: $clip"; exit 1; }
  done
  if [ "$((k % 5))" -eq 0 ]; then
    render "$out/killed"
    [ "$(hashes "$out/killed")" = "$(hashes "$out/whole")" ] || { echo "hashes differ after kill $k"; exit 1; }
    echo "kills $((k - 4)) to $k survived: $(hashes "$out/killed" | wc -l) clips with equal hashes"
    rm -rf "$out/killed"
  fi
done
render "$out/killed"
[ "$(hashes "$out/killed")" = "$(hashes "$out/whole")" ]
left=$(find "$out/killed" -path '*/.staging/*' | wc -l)
echo "$count kills of a $length_ms ms run: all clips identical, $left files left in staging"
