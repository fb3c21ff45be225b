#!/usr/bin/env bash
# farm_bench.sh BUILD [CLIPS [REPEATS]]: what a farm on this machine costs and gains, with one thread a
# worker:
#   two workers over one          at least 1.85 times the clips in a time, on two cores
#   overhead of a clip            under 150 ms beside rendering it
set -euo pipefail
build=$1
clips=${2:-100}
repeats=${3:-3}
root=$(cd "$(dirname "$0")/../.." && pwd)
scenario=$root/tests/integration/data/tiny.yaml
oddroad=$build/engine/cli/oddroad
out=$(mktemp -d)
trap 'rm -rf "$out"' EXIT
cd "$out"
failed=0
# judge NAME VALUE LESS|MORE BOUND
judge() {
  printf '%-46s %8s  (%s than %s is wanted)\n' "$1" "$2" "$3" "$4"
  awk -v v="$2" -v b="$4" -v less="$3" 'BEGIN { exit !(less == "less" ? v < b : v > b) }' || failed=1
}
seconds() {
  local begin
  begin=$(date +%s%N)
  "$@" >log 2>&1 || { cat log; exit 1; }
  echo $((($(date +%s%N) - begin) / 1000)) | awk '{ printf "%.3f", $1 / 1e6 }'
}
plan() { "$oddroad" farm plan "$scenario" --clips "$1" --clips-per-task 50 --no-color -o "$2" >log; }

plan "$clips" some.jsonl
# In turns, the best of some: what else the machine does weighs on both alike.
one=() two=() overhead=()
for ((k = 1; k <= repeats; ++k)); do
  one+=("$(seconds "$oddroad" farm submit some.jsonl -o "one$k" --local 1 --threads 1)")
  two+=("$(seconds "$oddroad" farm submit some.jsonl -o "two$k" --local 2 --threads 1)")
  # All that is not within an attempt: start, ledger, looking what is there.
  overhead+=("$(cat "one$k"/attempts/*/tasks/*/*.jsonl |
    awk -v all="${one[-1]}" -v n="$clips" -F'"seconds":' 'NF > 1 { split($2, a, ","); s += a[1] }
      END { printf "%.1f", (all - s) * 1000 / n }')")
done
best() { printf '%s\n' "$@" | sort -g | head -1; }
judge "clips in a time, two workers over one" "$(awk -v a="$(best "${one[@]}")" -v b="$(best "${two[@]}")" 'BEGIN { printf "%.2f", a / b }')" more 1.85
judge "overhead of a clip (ms)" "$(best "${overhead[@]}")" less 150

exit $failed
