#!/usr/bin/env bash
# The main job, from nothing: packages, build, a labelled dataset of a rare event, its contact sheet,
# and the same data as KITTI. Usage: scripts/demo.sh [OUTPUT_FOLDER]   (default: demo_output)
set -euo pipefail
cd "$(dirname "$0")/.."
out=${1:-demo_output}
scripts/install_packages.sh
scripts/build.sh demo oddroad
oddroad=build/demo/engine/cli/oddroad
"$oddroad" check scenarios/vru/child-behind-parked-van.yaml
mkdir -p "$out"
"$oddroad" draw scenarios/vru/child-behind-parked-van.yaml -o "$out/scenario.svg"
"$oddroad" render scenarios/vru/child-behind-parked-van.yaml -o "$out/dataset" --clips 0..2
"$oddroad" preview "$out/dataset" -o "$out/contact_sheet.png"
rm -rf "$out/kitti"
"$oddroad" export "$out/dataset" --to kitti "$out/kitti"
echo
echo "contact sheet:  $out/contact_sheet.png"
echo "bird's-eye view: $out/scenario.svg"
echo "dataset:        $out/dataset"
echo "as KITTI:       $out/kitti"
