#include "engine/report/sample_page.h"

#include <algorithm>
#include <cmath>
#include <cstdio>

#include "engine/core/markup.h"
#include "engine/core/random.h"

namespace oddroad::report {

namespace {

using scenario::SampleColumn;
using scenario::SampleTable;

constexpr std::size_t kMostInMatrix = 16;
constexpr std::size_t kMostPoints = 400;  // in each cell of the matrix
constexpr int kBins = 30;
constexpr double kBarWidth = 300, kBarHeight = 90, kCell = 74;
constexpr double kRow = 18, kNames = 140, kShares = 42;  // of options, one below the other
constexpr std::size_t kLetters = 24;                     // that fit before a bar

constexpr const char* kStyle = R"(
body{font:14px/1.4 sans-serif;margin:24px;color:#1d2733;background:#fff}
h1{font-size:22px;margin:0 0 4px}h2{font-size:16px;margin:28px 0 8px}
dl{display:grid;grid-template-columns:max-content 1fr;gap:2px 16px;margin:12px 0}
dt{color:#66707c}dd{margin:0}
.all{display:flex;flex-wrap:wrap;gap:18px}figure{margin:0}
figcaption{font-size:13px}figcaption span{color:#66707c}
svg text{font:10px sans-serif;fill:#66707c}
.asked{fill:#1d2733}.natural{fill:#aab4bf}.bar{fill:#4a7fb5}.none{fill:#c8553d}.dot{stroke:#2f5f8f;stroke-width:1.6;stroke-linecap:round;
stroke-opacity:.45;fill:none}.frame{fill:#f5f7f9;stroke:#d5dbe1}
)";

std::string number(double x, const char* pattern = "%.1f") {
  char text[40];
  std::snprintf(text, sizeof text, pattern, x);
  return text;
}

std::string text_at(double x, double y, const char* anchor, const std::string& text) {
  return "<text x=\"" + number(x) + "\" y=\"" + number(y) + "\" text-anchor=\"" + anchor + "\">" +
         core::markup_escaped(text) + "</text>";
}

std::string bar(double x, double y, double width, double height, const std::string& title,
                const char* kind = "bar") {
  return "<rect class=\"" + std::string(kind) + "\" x=\"" + number(x) + "\" y=\"" + number(y) +
         "\" width=\"" + number(width) + "\" height=\"" + number(height) + "\"><title>" +
         core::markup_escaped(title) + "</title></rect>";
}

std::string figure(const std::string& name, const std::string& unit, double width, double height,
                   const std::string& svg) {
  return "<figure><figcaption>" + core::markup_escaped(name) + " <span>" +
         core::markup_escaped(unit) + "</span></figcaption><svg width=\"" + number(width) +
         "\" height=\"" + number(height) + "\">" + svg + "</svg></figure>\n";
}

std::string percent(double share) {
  return number(100 * share) + " %";
}

// A row for each option, with its share; what never came is marked at its foot.
std::string options_figure(const SampleColumn& column) {
  std::vector<double> counts(column.options.size());
  for (std::size_t k = 0; k < column.words.size(); ++k) {
    if (column.class_of(k) < counts.size()) ++counts[column.class_of(k)];
  }
  const double highest = std::max(*std::max_element(counts.begin(), counts.end()), 1.0);
  const auto all = static_cast<double>(column.words.size());
  const double most = kBarWidth - kNames - kShares;
  std::string svg;
  for (std::size_t k = 0; k < counts.size(); ++k) {
    const double top = kRow * static_cast<double>(k);
    const bool none = counts[k] == 0;
    svg += text_at(kNames - 6, top + 11, "end", column.options[k].substr(0, kLetters)) +
           bar(kNames, top + 2, none ? 3 : most * counts[k] / highest, kRow - 5,
               column.options[k] + ": " + number(counts[k], "%.0f"), none ? "none" : "bar") +
           text_at(kBarWidth, top + 11, "end", percent(counts[k] / all));
  }
  return figure(column.name, column.unit, kBarWidth,
                kRow * static_cast<double>(column.options.size()), svg);
}

// A bar for each bin of numbers.
std::string numbers_figure(const SampleColumn& column) {
  const auto [least, most] = std::minmax_element(column.numbers.begin(), column.numbers.end());
  std::vector<double> counts(kBins);
  for (const double x : column.numbers) {
    const double along = *most > *least ? (x - *least) / (*most - *least) : 0;
    ++counts[static_cast<std::size_t>(std::min(along * kBins, kBins - 1.0))];
  }
  const double highest = *std::max_element(counts.begin(), counts.end());
  const double step = kBarWidth / kBins;
  std::string svg;
  for (std::size_t k = 0; k < counts.size(); ++k) {
    const auto edge = [&](std::size_t of) {
      return number(*least + (*most - *least) * static_cast<double>(of) / kBins, "%.4g");
    };
    const double height = kBarHeight * counts[k] / highest;
    svg += bar(step * static_cast<double>(k) + 1, kBarHeight - height, step - 1.5, height,
               edge(k) + " .. " + edge(k + 1) + ": " + number(counts[k], "%.0f"));
  }
  svg += text_at(0, kBarHeight + 12, "start", number(*least, "%.4g"));
  svg += text_at(kBarWidth, kBarHeight + 12, "end", number(*most, "%.4g"));
  return figure(column.name, column.unit, kBarWidth, kBarHeight + 16, svg);
}

// Where each sample lies between 0 and 1 along a column; classes are spread out a little.
std::vector<double> places(const SampleColumn& column) {
  std::vector<double> out;
  double least = 0, most = 0;
  if (column.options.empty()) {
    const auto ends = std::minmax_element(column.numbers.begin(), column.numbers.end());
    least = *ends.first;
    most = *ends.second;
  }
  core::RandomStream spread(1, column.name);
  for (std::size_t k = 0; k < std::min(column.words.size(), kMostPoints); ++k) {
    if (column.options.empty()) {
      out.push_back(most > least ? (column.numbers[k] - least) / (most - least) : 0.5);
    } else {
      out.push_back((static_cast<double>(column.class_of(k)) + spread.uniform(0.2, 0.8)) /
                    static_cast<double>(column.classes()));
    }
  }
  return out;
}

std::string points(const std::vector<double>& x, const std::vector<double>& y, double left,
                   double top) {
  constexpr double kMargin = 4;
  std::string path;
  for (std::size_t k = 0; k < x.size(); ++k) {
    path += "M" + number(left + kMargin + x[k] * (kCell - 2 * kMargin)) + " " +
            number(top + kCell - kMargin - y[k] * (kCell - 2 * kMargin)) + "h0";
  }
  return "<path class=\"dot\" d=\"" + path + "\"/>";
}

std::string share_cell(double share, double left, double top, const std::string& title) {
  // From rust to green.
  const int hue = static_cast<int>(std::lround(12 + 128 * share));
  return "<rect x=\"" + number(left + 1) + "\" y=\"" + number(top + 1) + "\" width=\"" +
         number(kCell - 2) + "\" height=\"" + number(kCell - 2) + "\" fill=\"hsl(" +
         std::to_string(hue) + ",45%,82%)\"><title>" + core::markup_escaped(title) +
         "</title></rect>" +
         text_at(left + kCell / 2, top + kCell / 2 + 4, "middle", number(100 * share, "%.0f %%"));
}

// Those that pairs are made of.
std::vector<const SampleColumn*> parameters_of(const SampleTable& table) {
  std::vector<const SampleColumn*> out;
  for (const SampleColumn& column : table.columns) {
    if (!column.is_worth) out.push_back(&column);
  }
  return out;
}

std::string matrix(const SampleTable& table, const std::vector<const SampleColumn*>& columns) {
  const std::size_t count = std::min(columns.size(), kMostInMatrix);
  std::vector<std::vector<double>> where;
  for (std::size_t k = 0; k < count; ++k) where.push_back(places(*columns[k]));
  std::string svg;
  for (std::size_t row = 0; row < count; ++row) {
    for (std::size_t column = 0; column < count; ++column) {
      const double left = kCell * static_cast<double>(column);
      const double top = kCell * static_cast<double>(row);
      const SampleColumn &a = *columns[row], &b = *columns[column];
      if (column > row) {
        svg +=
            share_cell(scenario::pair_coverage(table, a, b), left, top, a.name + " and " + b.name);
        continue;
      }
      svg += "<rect class=\"frame\" x=\"" + number(left) + "\" y=\"" + number(top) + "\" width=\"" +
             number(kCell) + "\" height=\"" + number(kCell) + "\"/>";
      svg += column < row
                 ? points(where[column], where[row], left, top)
                 : text_at(left + kCell / 2, top + kCell / 2 + 4, "middle", a.name.substr(0, 14));
    }
  }
  const std::string side = number(kCell * static_cast<double>(count) + 1);
  return "<svg width=\"" + side + "\" height=\"" + side + "\">" + svg + "</svg>\n";
}

// Bars for what was reached, a mark where it was asked to be, a paler one where nature puts it.
std::string balance_figure(const scenario::BalanceTally& tally, double samples) {
  constexpr double kText = 130;
  double most = 0.01;
  for (std::size_t g = 0; g < tally.groups.size(); ++g) {
    most = std::max({most, tally.groups[g].asked, tally.groups[g].natural,
                     static_cast<double>(tally.reached[g]) / samples});
  }
  std::string svg;
  for (std::size_t g = 0; g < tally.groups.size(); ++g) {
    const scenario::BalanceGroup& group = tally.groups[g];
    const double reached = static_cast<double>(tally.reached[g]) / samples;
    const double top = kRow * static_cast<double>(g);
    const auto mark = [&](const char* kind, double share) {
      return bar(kNames + kBarWidth * share / most - 1, top, 2, kRow - 3,
                 std::string(kind) + " " + percent(share), kind);
    };
    svg +=
        text_at(kNames - 6, top + 11, "end", group.name.substr(0, kLetters)) +
        bar(kNames, top + 2, kBarWidth * reached / most, kRow - 7, "reached " + percent(reached)) +
        mark("natural", group.natural) + mark("asked", group.asked) +
        text_at(kNames + kBarWidth + 8, top + 11, "start",
                percent(reached) + ", asked " + percent(group.asked));
  }
  return figure(tally.name, "", kNames + kBarWidth + kText,
                kRow * static_cast<double>(tally.groups.size()), svg);
}

std::string balance_section(const SampleTable& table) {
  if (table.balances.empty()) return "";
  std::string out =
      "<h2>Balance</h2>\n<p>Share that was reached (bar), asked for (dark mark), and drawn by "
      "nature (pale mark). Effective sample size of natural draws: " +
      percent(table.effective) + " of the samples.</p>\n<div class=\"all\">\n";
  for (const scenario::BalanceTally& tally : table.balances) {
    out += balance_figure(tally, static_cast<double>(table.index.size()));
  }
  return out + "</div>\n";
}

}  // namespace

std::string sample_page(const SampleTable& table,
                        const std::vector<std::pair<std::string, std::string>>& facts) {
  const std::string title = core::markup_escaped(table.scenario);
  std::string out = "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>" +
                    title + "</title><style>" + kStyle + "</style></head><body>\n<h1>" + title +
                    "</h1>\n<dl>";
  for (const auto& [name, text] : facts) {
    out += "<dt>" + core::markup_escaped(name) + "</dt><dd>" + core::markup_escaped(text) + "</dd>";
  }
  out += "</dl>\n";
  if (table.index.empty() || table.columns.empty()) return out + "</body></html>\n";
  out += balance_section(table);
  out += "<h2>What was drawn</h2>\n<div class=\"all\">\n";
  for (const SampleColumn& column : table.columns) {
    out += column.options.empty() ? numbers_figure(column) : options_figure(column);
  }
  out +=
      "</div>\n<h2>Pairs</h2>\n<p>Below the diagonal: samples. Above it: how many of the pairs "
      "of options, or of fifths of numbers, occur.";
  const std::vector<const SampleColumn*> parameters = parameters_of(table);
  if (parameters.size() > kMostInMatrix) {
    out += " The first " + std::to_string(kMostInMatrix) + " of " +
           std::to_string(parameters.size()) + ".";
  }
  out += "</p>\n";
  return out + matrix(table, parameters) + "</body></html>\n";
}

}  // namespace oddroad::report
