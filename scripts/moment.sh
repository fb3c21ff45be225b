#!/usr/bin/env bash
# When a scenario of the library is worth looking at, in seconds: a second before the one whom its key
# event (`about: {key: child.run}`) is about comes nearest to the ego, or else half way from that
# event, or from the start, to the end.
# Usage: scripts/moment.sh ODDROAD FILE [SAMPLE]
set -euo pipefail
key=$(sed -n 's/^about:.*key: \([^,}]*\).*/\1/p' "$2")
"$1" run "$2" --sample "${3:-0}" | awk -v key="${key:-none} started" -v who="${key%%.*}" '
  / s  end:/ { end = $1 }
  index($0, " s  " key) && begin == "" { begin = $1 }
  $1 == who && match($0, /least gap [0-9.]+ m at [0-9.]+ s/) {
    split(substr($0, RSTART, RLENGTH), word, " ")
    nearest = word[6] - 1
  }
  END {
    best = nearest == "" ? begin + (end - begin) / 2 : nearest < begin ? begin : nearest
    if (best > end - 0.3) best = end - 0.3
    printf "%.2f\n", best < 0 ? 0 : best
  }'
