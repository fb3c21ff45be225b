#!/usr/bin/env bash
# devices_test.sh BUILD: LiDARs that turn, swing and aim with prisms, one of them of a user's own.
# Their labels are proven, and the clip is made again from its folder alone with the same bytes.
set -euo pipefail
build=$1
root=$(cd "$(dirname "$0")/../.." && pwd)
oddroad=$build/engine/cli/oddroad
out=$(mktemp -d)
trap 'rm -rf "$out"' EXIT
render() {
  "$oddroad" render "$1" -o "$out/$2" --clips 0 --no-color --set "record.from=0.1 s" \
    --set "record.duration=0.21 s" "${@:3}" 2>"$out/log" || { cat "$out/log"; exit 1; }
}
render "$root/tests/integration/data/quick.yaml" first \
  --set "rig=$root/tests/integration/data/devices_rig.yaml" --set "record.kinds=all"
"$oddroad" verify "$out/first" --all 2>/dev/null
clip=$(dirname "$(find "$out/first/clips" -name manifest.json)")
ls "$clip/inputs/devices/mine.yaml" "$clip/inputs/devices/mine.csv" >/dev/null
render "$clip/scenario.yaml" again
again=$(dirname "$(find "$out/again/clips" -name manifest.json)")
for sweep in "$clip"/mine/*.pcd; do cmp "$sweep" "$again/mine/$(basename "$sweep")"; done
