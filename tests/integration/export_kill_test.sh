#!/usr/bin/env bash
# Exports killed at random moments and started again: nothing passes for complete before it is, the
# bytes are those of an export that nobody killed, and some clips are not written twice.
set -euo pipefail
build=$1
root=$(cd "$(dirname "$0")/../.." && pwd)
out=$(mktemp -d)
trap 'rm -rf "$out"' EXIT
oddroad=$build/engine/cli/oddroad
fail() { echo "wrong: $*" >&2; exit 1; }

"$oddroad" render "$root/tests/integration/data/quick.yaml" -o "$out/dataset" --clips 0
clip=$(echo "$out"/dataset/clips/quick/*)
for k in 1 2 3 4 5 6 7; do cp -r "$clip" "$out/dataset/clips/quick/00000$k-000000000$k"; done

RANDOM=20261128
went_on=0
formats=(kitti kitti-tracking semantickitti nuscenes coco cityscapes yolo openlabel mcap webdataset ply exr native)
for format in "${formats[@]}"; do
  start=$(date +%s%N)
  "$oddroad" export "$out/dataset" --to $format "$out/whole" > /dev/null 2>&1
  took=$(( $(date +%s%N) - start ))
  for attempt in 1 2 3 4; do
    [ -e "$out/killed" ] && break
    # Up to nine tenths of the time that it takes.
    after=$(( took / 10 * (1 + RANDOM % 9) ))
    timeout -s KILL "$(( after / 1000000000 )).$(printf %09d $(( after % 1000000000 )))" \
      "$oddroad" export "$out/dataset" --to $format "$out/killed" > "$out/log" 2>&1 || true
    grep -q "an earlier run had written" "$out/log" && went_on=$(( went_on + 1 ))
  done
  if [ ! -e "$out/killed" ]; then
    "$oddroad" export "$out/dataset" --to $format "$out/killed" > "$out/log" 2>&1 || fail "$format: $(cat "$out/log")"
    grep -q "an earlier run had written" "$out/log" && went_on=$(( went_on + 1 ))
  fi
  diff -r "$out/whole" "$out/killed" || fail "$format: other bytes after a kill"
  [ -z "$(find "$out" -maxdepth 1 -name '.killed.partial.*')" ] || fail "$format: leftovers"
  rm -rf "$out/whole" "$out/killed"
done
echo "$went_on of ${#formats[@]} formats went on from what a killed export left"
[ "$went_on" -ge 3 ] || fail "no export ever went on"

# A full disk: the message names the file, nothing is left, and the exit code says what it was.
code=0
( ulimit -f 20; trap '' XFSZ; "$oddroad" export "$out/dataset" --to kitti "$out/full" > "$out/log" 2>&1 ) || code=$?
[ $code -eq 73 ] || fail "exit code $code of an export that cannot write"
grep -q "cannot write: File too large" "$out/log" || fail "$(cat "$out/log")"
[ -z "$(find "$out" -maxdepth 1 -name '*full*')" ] || fail "leftovers of a full disk"
# A target that is there.
mkdir "$out/there"; touch "$out/there/file"; code=0
"$oddroad" export "$out/dataset" --to kitti "$out/there" > "$out/log" 2>&1 || code=$?
[ $code -eq 73 ] && grep -q "there is something already" "$out/log" || fail "existing target: $(cat "$out/log")"
