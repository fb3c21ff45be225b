// Errors of wrong input or missing capability. Nothing below engine/cli prints or exits: functions
// that can meet bad input return Result<T>, and validators collect every problem, not the first.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include <tl/expected.hpp>

namespace oddroad::core {

// A place in a text file. Lines and columns count from 1; 0 means unknown.
struct SourceLocation {
  std::string file;
  int line = 0;
  int column = 0;
  bool operator==(const SourceLocation&) const = default;
};

enum class Severity { kError, kWarning };

struct Diagnostic {
  Severity severity = Severity::kError;
  SourceLocation where;
  std::string message;  // what was found and what was expected
  std::string hint;     // "did you mean 'traffic'?", or empty
  bool operator==(const Diagnostic&) const = default;
};

// The same problem told at the place that led to it: its own place goes into the message.
//   told_at({"s.yaml", 7, 12}, {.where = {"box.obj", 3}, ...}): "s.yaml:7:12: error: box.obj:3:
//   ..."
Diagnostic told_at(SourceLocation where, Diagnostic diagnostic);

// "file:line:column: error: message; hint". Parts that are unknown are left out.
std::string to_string(const Diagnostic& diagnostic);

class Diagnostics {
 public:
  Diagnostics() = default;
  explicit Diagnostics(Diagnostic one) { items_.push_back(std::move(one)); }

  void add(Diagnostic one) { items_.push_back(std::move(one)); }
  void error(SourceLocation where, std::string message, std::string hint = {});
  void warning(SourceLocation where, std::string message, std::string hint = {});
  void append(const Diagnostics& other);

  [[nodiscard]] bool has_errors() const;
  [[nodiscard]] bool empty() const { return items_.empty(); }
  [[nodiscard]] const std::vector<Diagnostic>& items() const { return items_; }

 private:
  std::vector<Diagnostic> items_;
};

// One diagnostic a line.
std::string to_string(const Diagnostics& diagnostics);

template <typename T>
using Result = tl::expected<T, Diagnostics>;

// A failure that has no place in a file: return fail("no Vulkan device");
tl::unexpected<Diagnostics> fail(std::string message, std::string hint = {});
tl::unexpected<Diagnostics> fail_at(SourceLocation where, std::string message,
                                    std::string hint = {});
// Hands the errors of another Result on: if (!mesh) return forward_error(mesh);
template <typename T>
tl::unexpected<Diagnostics> forward_error(const Result<T>& failed) {
  return tl::unexpected<Diagnostics>(failed.error());
}

}  // namespace oddroad::core
