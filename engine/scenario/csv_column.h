// One column of a table in a text file.
#pragma once

#include <string>
#include <vector>

#include "engine/core/result.h"

namespace oddroad::scenario {

struct CsvCell {
  std::string text;  // without quotes and blanks around it
  core::SourceLocation where;
};

// Comma-separated values (RFC 4180) without line breaks inside cells. The first line names the
// columns; empty lines and lines that start with '#' do not count. Errors: cannot be read, no such
// column (with a suggestion), lines that lack the cell, no line at all, more than a million lines.
core::Result<std::vector<CsvCell>> read_csv_column(const std::string& path,
                                                   const std::string& column,
                                                   const core::SourceLocation& column_where);

}  // namespace oddroad::scenario
