// The lines of OBJ and MTL files as words. Internal to this module.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace oddroad::asset {

// Comments (from '#') and empty lines are passed over; a line that ends in '\' goes on in the next.
class TextLines {
 public:
  explicit TextLines(std::string_view text) : rest_(text) {}

  // Moves to the next line. False at the end.
  bool next();
  [[nodiscard]] int number() const { return number_; }  // of the line that it starts in, from 1
  [[nodiscard]] const std::vector<std::string_view>& words() const { return words_; }
  [[nodiscard]] std::string_view word(std::size_t i) const {
    return i < words_.size() ? words_[i] : std::string_view();
  }
  // From word i to the end of the line, inner spaces included: names may have them.
  [[nodiscard]] std::string from_word(std::size_t i) const;

 private:
  std::string_view rest_;
  std::string joined_;  // of continued lines
  std::vector<std::string_view> words_;
  int number_ = 0;
  int next_number_ = 1;
};

// The whole word as a finite number of single precision.
std::optional<float> float_from(std::string_view word);
std::optional<long long> whole_from(std::string_view word);

}  // namespace oddroad::asset
