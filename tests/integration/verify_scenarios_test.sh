#!/usr/bin/env bash
# verify_scenarios_test.sh BUILD: one clip of every scenario of the library, at its moment, and of the
# gallery, with every kind of label and two LiDARs, and the proof of all of it. One disagreement fails.
set -euo pipefail
build=$1
root=$(cd "$(dirname "$0")/../.." && pwd)
oddroad=$build/engine/cli/oddroad
out=$(mktemp -d)
trap 'rm -rf "$out"' EXIT
library=()
gallery=()
for file in "$root"/scenarios/*/*.yaml; do
  grep -q '^map:\|^like:' "$file" || continue  # rigs
  case $file in
    */gallery/*) gallery+=("$file") ;;
    *) library+=("$file") ;;
  esac
done
render() {
  "$oddroad" render "$@" -o "$out/dataset" --clips 0 --jobs 2 --no-color --set record.kinds=all \
    --set "rig=$root/tests/integration/data/quick_rig.yaml" 2>"$out/log" ||
    { cat "$out/log"; exit 1; }
}
for file in "${library[@]}"; do
  render "$file" --set "record.from=$("$root/scripts/moment.sh" "$oddroad" "$file") s" \
    --set "record.duration=0.25 s"
done
render "${gallery[@]}"
clips=$(find "$out/dataset/clips" -name manifest.json | wc -l)
echo "$clips clips of ${#library[@]} scenarios and ${#gallery[@]} of the gallery"
[[ $clips -eq $((${#library[@]} + ${#gallery[@]})) ]]
"$oddroad" verify "$out/dataset" --all 2>/dev/null
