#!/usr/bin/env python3
"""Checks every #include against the rank table: a module may include only lower ranks, and only the
modules that wrap a third-party library may include its headers. Usage: check_layers.py SOURCE_DIR"""
import pathlib
import re
import sys

# Third-party header prefix -> modules that may include it.
WRAPPERS = {
    "yaml-cpp/": {"engine/core"},
    "openssl/": {"engine/core"},
    "pugixml.hpp": {"engine/road", "engine/s3"},
    "curl/": {"engine/s3"},
    "assimp/": {"engine/asset"},
    "jpeglib.h": {"engine/asset", "engine/dataset"},
    "spng.h": {"engine/asset", "engine/dataset", "engine/report", "engine/verify"},
    "OpenEXR/": {"engine/dataset", "engine/verify"},
    "Imf": {"engine/dataset", "engine/verify"},
    "nlohmann/": {"engine/asset", "engine/catalogue", "engine/dataset", "engine/exchange",
                  "engine/farm", "engine/pipeline", "engine/report", "engine/scenario",
                  "engine/verify"},
    "sqlite3.h": {"engine/catalogue"},
    "vulkan/": {"render/vulkan", "render/raster", "render/shade"},
    "embree3/": {"render/cast"},
    "zlib.h": {"engine/exchange"},
    "zstd.h": {"engine/exchange"},
    "CLI/": {"engine/cli"},
}

# A proof must not lean on what it proves: module -> modules that it may not include, whatever their
# rank.
FOREIGN = {
    "engine/verify": {"engine/labels", "engine/dataset", "engine/exchange", "engine/report",
                      "render/scene", "render/raster", "render/cast", "render/shade",
                      "render/kernels",
                      "sensors/common", "sensors/camera", "sensors/lidar", "sensors/ins",
                      "sensors/radar"},
}


def read_ranks(root):
    text = (root / "scripts/cmake/oddroad_module.cmake").read_text()
    return {m: int(r) for m, r in re.findall(r"((?:engine|render|sensors)/\w+):(\d+)", text)}


def check_file(path, module, ranks, problems):
    for number, line in enumerate(path.read_text().splitlines(), 1):
        match = re.match(r'\s*#\s*include\s*([<"])([^>"]+)[>"]', line)
        if not match:
            continue
        name = match.group(2)
        where = f"{path}:{number}: "
        own = re.match(r"((?:engine|render|sensors)/\w+)/", name)
        if own and own.group(1) != module:
            other = own.group(1)
            if other not in ranks:
                problems.append(f"{where}{other} is not in the rank table")
            elif ranks[other] >= ranks[module]:
                problems.append(f"{where}{module} (rank {ranks[module]}) includes {other} "
                                f"(rank {ranks[other]})")
            elif other in FOREIGN.get(module, ()):
                problems.append(f"{where}{module} must do without {other}, which it proves")
            elif "/internal_" in name:
                problems.append(f"{where}{name} is for its own folder only")
        if name.startswith("tests/"):
            problems.append(f"{where}product code includes a test header")
        for prefix, allowed in WRAPPERS.items():
            if match.group(1) == "<" and name.startswith(prefix) and module not in allowed:
                problems.append(f"{where}<{name}> belongs to {', '.join(sorted(allowed))}")


def main():
    root = pathlib.Path(sys.argv[1])
    ranks = read_ranks(root)
    problems = []
    files = 0
    for module in ranks:
        for path in sorted((root / module).glob("*")):
            if path.suffix in (".h", ".cpp"):
                files += 1
                check_file(path, module, ranks, problems)
    print("\n".join(problems) or f"{files} files keep the ranks")
    return 1 if problems or not files else 0


if __name__ == "__main__":
    sys.exit(main())
