#!/usr/bin/env bash
# Installs the Debian 12 packages that building, running and testing need, and those named as
# arguments; --farm: a Slurm and an S3 store (Ceph), too, for tests. Idempotent; as root or with sudo. Set
# ODDROAD_SKIP_PACKAGES=1 where an administrator installs them.
set -euo pipefail
[ "${ODDROAD_SKIP_PACKAGES:-0}" = 1 ] && exit 0
packages=(
  build-essential cmake ninja-build pkg-config ccache mold git ca-certificates
  libvulkan-dev mesa-vulkan-drivers vulkan-validationlayers glslang-tools spirv-tools
  libglm-dev libembree-dev libassimp-dev libyaml-cpp-dev libopenexr-dev libpugixml-dev
  libexpected-dev libtbb-dev libcli11-dev nlohmann-json3-dev libsimdjson-dev libspng-dev
  libjpeg62-turbo-dev libssl-dev libcurl4-openssl-dev libsqlite3-dev libzstd-dev libdeflate-dev
  libmeshoptimizer-dev
  libgtest-dev libgmock-dev
  python3 python3-numpy python3-pil python3-jsonschema
)
for argument in "$@"; do
  case $argument in
    --farm) packages+=(slurm-wlm slurmctld slurmd slurm-client ceph-mon ceph-osd radosgw curl) ;;
    *) packages+=("$argument") ;;
  esac
done
missing=()
for package in "${packages[@]}"; do
  dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q 'install ok installed' ||
    missing+=("$package")
done
[ ${#missing[@]} -eq 0 ] && exit 0
as_root=()
if [ "$(id -u)" -ne 0 ]; then
  command -v sudo >/dev/null || { echo "run as root, or install: ${missing[*]}" >&2; exit 69; }
  as_root=(sudo)
fi
echo "installing ${#missing[@]} packages: ${missing[*]}"
export DEBIAN_FRONTEND=noninteractive
"${as_root[@]}" apt-get update -qq
"${as_root[@]}" apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
