// Which verbs of one actor can start at one moment and run side by side.
#pragma once

#include <string>

namespace oddroad::scenario {

// What both verbs would settle: "how fast it goes". Empty if they leave each other alone.
std::string both_settle(const std::string& verb, const std::string& other);

}  // namespace oddroad::scenario
