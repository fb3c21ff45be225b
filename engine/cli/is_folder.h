// Options that name a dataset folder.
#pragma once

#include <CLI/CLI.hpp>

#include "engine/s3/place.h"

namespace oddroad::cli {

// Refuses buckets, which std::filesystem would take for a folder named "s3:".
inline CLI::Validator is_folder() {
  return CLI::Validator(
      [](const std::string& text) -> std::string {
        return s3::is_url(text) ? "expected a folder; only `oddroad farm` works on buckets" : "";
      },
      "");
}

}  // namespace oddroad::cli
