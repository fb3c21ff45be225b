// Text files of words and numbers, a record a line, with the place of every word for errors.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "engine/core/result.h"

namespace oddroad::exchange {

struct Word {
  std::string text;
  core::SourceLocation where;
};

struct WordLine {
  core::SourceLocation where;  // of the first word
  std::vector<Word> words;     // never empty
};

// Words between spaces; lines without any are passed over.
core::Result<std::vector<WordLine>> read_word_lines(const std::filesystem::path& file);

// A finite number; else an error that says what it should have been, and 0.
double read_number(const Word& word, const std::string& what, core::Diagnostics& problems);

}  // namespace oddroad::exchange
