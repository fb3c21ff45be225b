#!/usr/bin/env bash
# soak_test.sh BUILD FRAMES: renders at least that many colour frames, clip after clip in one process,
# and compares the memory that it holds in the last fifth of them with that in the fifth before the
# middle. Caches are full by then: a tenth more is a leak.
set -euo pipefail
build=$1
frames=$2
root=$(cd "$(dirname "$0")/../.." && pwd)
out=$(mktemp -d)
trap 'rm -rf "$out"' EXIT
per_clip=18
clips=$(((frames + per_clip - 1) / per_clip))
"$build/engine/cli/oddroad" render "$root/scenarios/vru/child-behind-parked-van.yaml" -o "$out/dataset" \
  --clips "0..$((clips - 1))" --jobs 1 --set "rig=$root/scenarios/rigs/thumbnail.yaml" \
  --set "record.from=0.5 s" --set "record.duration=1.75 s" 2>"$out/log" &
render=$!
# The folder appears with the first clip, and the process may end between two looks at it: either is
# no failure. Too few frames or no figures are, below.
while kill -0 "$render" 2>/dev/null; do
  made=$({ find "$out/dataset/clips" -name '*.rgb.png' 2>/dev/null || true; } | wc -l)
  kib=$(awk '/^VmRSS/ {print $2}' "/proc/$render/status" 2>/dev/null || true)
  if [[ -n $kib ]]; then echo "$made $kib" >>"$out/memory"; fi
  sleep 1
done
wait "$render" || { cat "$out/log"; exit 1; }
made=$(find "$out/dataset/clips" -name '*.rgb.png' | wc -l)
awk -v made="$made" -v wanted="$frames" '
  $1 >= 0.3 * made && $1 < 0.5 * made { early += $2; n++ }
  $1 >= 0.8 * made { late += $2; m++ }
  END {
    if (made < wanted) { print made " frames, " wanted " wanted"; exit 1 }
    if (n == 0 || m == 0) { print "too quick to be measured"; exit 1 }
    printf "%d frames: %.0f MiB at 30 to 50 %%, %.0f MiB from 80 %%: %.3f times\n", made, early / n / 1024,
      late / m / 1024, (late / m) / (early / n)
    exit (late / m) / (early / n) > 1.1
  }' "$out/memory"
