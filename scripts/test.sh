#!/usr/bin/env bash
# Packages, build, and every test labelled ci. Usage: scripts/test.sh [more ctest arguments]
set -euo pipefail
cd "$(dirname "$0")/.."
scripts/install_packages.sh
scripts/build.sh release
ctest --test-dir build/release -L ci --output-on-failure "$@"
