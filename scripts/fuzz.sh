#!/usr/bin/env bash
# fuzz.sh [SECONDS]: feeds broken maps to the OpenDRIVE reader under libFuzzer with the address and
# undefined-behaviour sanitizers (clang). The corpus grows in build/fuzz/corpus; what breaks the
# reader is left in build/fuzz/found.
set -euo pipefail
cd "$(dirname "$0")/.."
scripts/install_packages.sh clang libclang-rt-14-dev
scripts/build.sh fuzz oddroad_fuzz_opendrive
mkdir -p build/fuzz/corpus build/fuzz/found
python3 tests/fuzz/make_seeds.py build/fuzz/seeds
cp scenarios/maps/*.xodr build/fuzz/seeds/
build/fuzz/tests/fuzz/oddroad_fuzz_opendrive build/fuzz/corpus build/fuzz/seeds \
  -dict=tests/fuzz/opendrive.dict -artifact_prefix=build/fuzz/found/ -max_len=65536 -timeout=10 \
  -rss_limit_mb=3000 -print_final_stats=1 -max_total_time="${1:-600}"
