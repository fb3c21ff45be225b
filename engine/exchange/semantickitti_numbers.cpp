#include "engine/exchange/semantickitti_numbers.h"

#include <vector>

namespace oddroad::exchange {
namespace {

const std::vector<int>& numbers_of(const std::string& split) {
  static const std::map<std::string, std::vector<int>> all = {
      {"train", {0, 1, 2, 3, 4, 5, 6, 7, 9, 10}},
      {"valid", {8}},
      {"test", {11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21}},
  };
  static const std::vector<int> none;
  const auto it = all.find(split);
  return it == all.end() ? none : it->second;
}

}  // namespace

int SemanticKittiNumbers::next(const std::string& split) {
  const std::string known = split == "val" ? "valid" : split;
  const auto& numbers = numbers_of(known);
  std::size_t& used = used_[known];
  return used < numbers.size() ? numbers[used++] : free_++;
}

}  // namespace oddroad::exchange
