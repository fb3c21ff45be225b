// A JSON Schema (draft 2020-12) of scenario files, for editors that complete and check as one
// types.
#pragma once

#include <string>

namespace oddroad::scenario {

// Its keys and words are those of the readers (a test asks them one by one). It says less than
// `check`: nothing of numbers' limits, names that must exist, or files.
std::string json_schema();

}  // namespace oddroad::scenario
