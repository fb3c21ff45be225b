// The words of expressions and conditions: "ego->child.path_ttc <= 2 * $ttc for 2 s".
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "engine/core/quantity.h"
#include "engine/core/result.h"

namespace oddroad::scenario {

struct Token {
  // kNumber carries its unit; kParameter is "$name" (text: "name"); kWord is an actor, quantity or
  // type name with its dots; kOperator covers + - * / ( ) < <= > >= == != -> and ..
  enum class Kind { kNumber, kParameter, kWord, kOperator, kEnd } kind = Kind::kEnd;
  std::string text;
  core::Quantity number;
  core::SourceLocation where;
};

// Ends with a kEnd token. `where` is the place of the first character.
// Errors: unknown characters and units, a missing space before a unit, unbalanced parentheses.
core::Result<std::vector<Token>> tokenize(std::string_view text, const core::SourceLocation& where);

// A position in a token list; the list must outlive it.
class TokenStream {
 public:
  explicit TokenStream(const std::vector<Token>& tokens) : tokens_(tokens) {}

  [[nodiscard]] const Token& peek(std::size_t ahead = 0) const;
  const Token& take();
  [[nodiscard]] bool at_end() const { return peek().kind == Token::Kind::kEnd; }
  [[nodiscard]] bool next_is(std::string_view text) const;  // an operator or a word
  bool accept(std::string_view text);
  // "found '>'", "the text ends": for messages.
  [[nodiscard]] std::string found() const;

 private:
  const std::vector<Token>& tokens_;
  std::size_t at_ = 0;
};

}  // namespace oddroad::scenario
