#!/usr/bin/env bash
# verify_test.sh BUILD SCENARIO LAST [RENDER_ARGUMENTS...]: renders clips 0 to LAST of a scenario with
# every kind of label on five rigs (pinhole, distorted, fisheye, rolling shutter; HDL-64E and VLS-128; radars)
# and proves every frame. One disagreement fails, after all rigs had their turn.
set -euo pipefail
build=$1
scenario=$2
last=$3
shift 3
data=$(cd "$(dirname "$0")" && pwd)/data
oddroad=$build/engine/cli/oddroad
out=$(mktemp -d)
trap 'rm -rf "$out"' EXIT
failed=0
for rig in quick quick_distorted quick_fisheye quick_rolling quick_radar; do
  "$oddroad" render "$scenario" -o "$out/$rig" --clips "0..$last" --no-color \
    --set "rig=$data/${rig}_rig.yaml" --set record.kinds=all "$@" 2>"$out/log" ||
    { cat "$out/log"; exit 1; }
  echo "$rig: $(find "$out/$rig/clips" -name manifest.json | wc -l) clips," \
    "$(find "$out/$rig/clips" -name '*.ids.png' | wc -l) camera frames," \
    "$(find "$out/$rig/clips" -name '*.pcd' | wc -l) sweeps"
  "$oddroad" verify "$out/$rig" --all 2>/dev/null || failed=1
  rm -rf "${out:?}/$rig"
done
exit "$failed"
