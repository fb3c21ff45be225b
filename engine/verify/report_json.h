// The result of a proof as JSON.
#pragma once

#include <string>

#include "engine/verify/verify.h"

namespace oddroad::verify {

// {"dataset", "verdict": "agrees" | "disagrees", "disagreements", "frames", "checks": [...],
//  "clips": [{"clip", "frames", "disagreements"}, ...]}
std::string to_json(const DatasetReport& report, const std::string& dataset);

}  // namespace oddroad::verify
