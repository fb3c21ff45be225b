#!/usr/bin/env bash
# Everything: the ci tests, the long ones (kill loops, soak, twenty variants proven), the sanitizer
# builds, ten minutes of fuzzing, and the benchmarks. Takes about four hours on two cores.
set -euo pipefail
cd "$(dirname "$0")/.."
scripts/test.sh
ctest --test-dir build/release -L long --output-on-failure
for sanitizer in asan tsan; do
  scripts/build.sh "$sanitizer"
  ctest --test-dir "build/$sanitizer" -L "$sanitizer" -j "$(nproc)" --output-on-failure
done
scripts/fuzz.sh 600
ctest --test-dir build/release -L bench --verbose  # for its table
