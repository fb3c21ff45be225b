// Always-on checks for our own bugs. A failed check prints the expression with its operands and
// aborts; wrong input never reaches one (that is what Result is for).
#pragma once

#include <sstream>
#include <string>

namespace oddroad::core {

[[noreturn]] void check_failed(const char* file, int line, const char* expression,
                               const std::string& operands);

template <typename A, typename B>
std::string print_operands(const A& a, const B& b) {
  std::ostringstream out;
  out << a << " against " << b;
  return out.str();
}

}  // namespace oddroad::core

#define ODDROAD_CHECK(condition)                                               \
  do {                                                                         \
    if (!(condition)) ::oddroad::core::check_failed(__FILE__, __LINE__, #condition, ""); \
  } while (false)

#define ODDROAD_CHECK_OP(a, op, b)                                                  \
  do {                                                                              \
    const auto& oddroad_a = (a);                                                    \
    const auto& oddroad_b = (b);                                                    \
    if (!(oddroad_a op oddroad_b)) {                                                \
      ::oddroad::core::check_failed(__FILE__, __LINE__, #a " " #op " " #b,          \
                                    ::oddroad::core::print_operands(oddroad_a, oddroad_b)); \
    }                                                                               \
  } while (false)
