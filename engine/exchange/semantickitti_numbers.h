// SemanticKITTI's tools and everybody's loaders know a split by the numbers of its sequences.
#pragma once

#include <map>
#include <string>

namespace oddroad::exchange {

class SemanticKittiNumbers {
 public:
  // From this number on sequences are in no split.
  static constexpr int kFirstFree = 22;

  // The lowest free number of the split: train 0 to 7, 9 and 10, val (or valid) 8, test 11 to 21;
  // of others, and when those are used up, from kFirstFree on. Depends on the calls before it
  // alone.
  int next(const std::string& split);

 private:
  std::map<std::string, std::size_t> used_;  // by split
  int free_ = kFirstFree;
};

}  // namespace oddroad::exchange
