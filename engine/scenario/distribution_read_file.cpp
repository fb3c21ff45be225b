// {file: speeds.csv, column: v, unit: km/h, smooth: true}
#include <algorithm>

#include "engine/core/map_reader.h"
#include "engine/scenario/csv_column.h"
#include "engine/scenario/distribution_read.h"
#include "engine/scenario/like.h"

namespace oddroad::scenario {

namespace {

constexpr std::size_t kMostTold = 5;

bool is_number(const std::string& text) {
  std::size_t at = 0;
  double number = 0;
  return core::scan_number(text, at, number);
}

// Words as often as they stand there, in the order in which they first do.
std::optional<TypedDistribution> words_of(const std::vector<CsvCell>& cells, Names& names) {
  std::vector<Distribution::Option> options;
  for (const CsvCell& cell : cells) {
    const auto known = std::find_if(options.begin(), options.end(), [&](const auto& option) {
      return option.value.word == cell.text;
    });
    if (known != options.end()) {
      known->weight += 1;
      continue;
    }
    const auto word = read_literal(cell.text, cell.where);
    if (!word) {
      names.diagnostics.append(word.error());
      return std::nullopt;
    }
    options.push_back({*word, 1, cell.where});
  }
  return TypedDistribution{make_choice(std::move(options)), {true, {}}};
}

std::optional<TypedDistribution> numbers_of(const std::vector<CsvCell>& cells,
                                            const std::string& unit, bool smooth,
                                            const core::SourceLocation& where, Names& names) {
  std::vector<double> numbers;
  std::optional<core::Dimension> dimension;
  std::size_t wrong = 0;
  for (const CsvCell& cell : cells) {
    const auto number =
        core::parse_quantity(unit.empty() ? cell.text : cell.text + " " + unit, cell.where);
    if (number && (!dimension || *dimension == number->dimension)) {
      dimension = number->dimension;
      numbers.push_back(number->value);
    } else if (++wrong <= kMostTold) {
      names.diagnostics.error(cell.where,
                              "expected a number like the others, found '" + cell.text + "'");
    }
  }
  if (wrong > 0) return std::nullopt;
  if (smooth && *std::min_element(numbers.begin(), numbers.end()) ==
                    *std::max_element(numbers.begin(), numbers.end())) {
    names.diagnostics.error(where, "smooth: needs at least two different numbers");
    return std::nullopt;
  }
  return TypedDistribution{make_samples(*dimension, std::move(numbers), smooth),
                           {false, *dimension}};
}

}  // namespace

std::optional<TypedDistribution> read_column(const core::YamlNode& node, Names& names) {
  const std::size_t before = names.diagnostics.items().size();
  core::MapReader reader(node, "distribution", names.diagnostics);
  const auto file = reader.required_text("file");
  const auto column = reader.required_text("column");
  const std::string unit = reader.text("unit").value_or("");
  const bool smooth = reader.boolean("smooth").value_or(false);
  reader.finish();
  if (names.diagnostics.items().size() > before || !file || !column) return std::nullopt;
  if (!unit.empty() && core::find_unit(unit) == nullptr) {
    names.diagnostics.error(node.find("unit")->location(), "unknown unit '" + unit + "'",
                            core::suggest_unit(unit));
    return std::nullopt;
  }
  const core::SourceLocation where = node.find("file")->location();
  const auto path = core::resolve_path(*file, file_of(where), names.roots, where);
  if (!path) {
    names.diagnostics.append(path.error());
    return std::nullopt;
  }
  const auto cells = read_csv_column(*path, *column, node.find("column")->location());
  if (!cells) {
    names.diagnostics.append(cells.error());
    return std::nullopt;
  }
  names.add_data_file(*path, where);
  if (!is_number(cells->front().text)) {
    if (unit.empty() && !smooth) return words_of(*cells, names);
    names.diagnostics.error(cells->front().where,
                            "expected a number, found '" + cells->front().text + "'");
    return std::nullopt;
  }
  return numbers_of(*cells, unit, smooth, where, names);
}

}  // namespace oddroad::scenario
