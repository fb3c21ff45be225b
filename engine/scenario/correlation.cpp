#include "engine/scenario/correlation.h"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "engine/core/map_reader.h"
#include "engine/core/random.h"
#include "engine/scenario/value.h"

namespace oddroad::scenario {

namespace {

struct Pair {
  std::string a, b;
  double score = 0;  // correlation of the normal scores
  core::SourceLocation where;
};

class CorrelationReader {
 public:
  explicit CorrelationReader(Names& names) : names_(names) {}

  std::vector<CorrelatedGroup> run(const core::YamlNode& node) {
    if (!node.is_sequence()) {
      names_.diagnostics.error(
          node.location(),
          "correlate: expected a list of {of: [a, b], rho: 0.5}, found " + node.describe());
      return {};
    }
    for (const core::YamlNode& item : node.items()) read_entry(item);
    std::vector<CorrelatedGroup> groups;
    std::vector<std::string> taken;
    for (const std::string& name : order_) {
      if (std::find(taken.begin(), taken.end(), name) != taken.end()) continue;
      const std::vector<std::string> group = reachable(name);
      taken.insert(taken.end(), group.begin(), group.end());
      if (auto made = make_group(group)) groups.push_back(std::move(*made));
    }
    return groups;
  }

 private:
  void read_entry(const core::YamlNode& item) {
    core::MapReader reader(item, "correlate", names_.diagnostics);
    const core::YamlNode* of = reader.required("of");
    const auto rho = reader.required_number("rho");
    reader.finish();
    if (of == nullptr || !rho) return;
    if (!(std::abs(*rho) < 1)) {
      names_.diagnostics.error(item.find("rho")->location(),
                               "rho: expected a number between -1 and 1");
      return;
    }
    if (of->items().size() < 2) {
      names_.diagnostics.error(of->location(), "of: expected a list of two parameters or more");
      return;
    }
    std::vector<std::string> names;
    for (const core::YamlNode& name : of->items()) {
      if (is_drawn(name)) names.push_back(name.text());
    }
    for (std::size_t b = 1; b < names.size(); ++b) {
      for (std::size_t a = 0; a < b; ++a) add(names[a], names[b], *rho, of->location());
    }
  }

  bool is_drawn(const core::YamlNode& node) {
    if (!names_.parameter_type(node.text(), node.location())) return false;
    const auto value = names_.values.find(node.text());
    if (value != names_.values.end() && value->second->kind != Value::Kind::kFixed) return true;
    names_.diagnostics.error(node.location(), "'" + node.text() + "' is not drawn but fixed");
    return false;
  }

  void add(const std::string& a, const std::string& b, double rho,
           const core::SourceLocation& where) {
    const bool known = std::any_of(pairs_.begin(), pairs_.end(), [&](const Pair& pair) {
      return (pair.a == a && pair.b == b) || (pair.a == b && pair.b == a);
    });
    if (known || a == b) {
      names_.diagnostics.error(where, a == b ? "'" + a + "' stands twice in this list"
                                             : "'" + a + "' and '" + b + "' are correlated twice");
      return;
    }
    for (const std::string& name : {a, b}) {
      if (std::find(order_.begin(), order_.end(), name) == order_.end()) order_.push_back(name);
    }
    pairs_.push_back({a, b, 2 * std::sin(std::numbers::pi * rho / 6), where});
  }

  // Everything that hangs together with `name`, in the order of first mention.
  std::vector<std::string> reachable(const std::string& name) const {
    std::vector<std::string> found = {name};
    for (std::size_t k = 0; k < found.size(); ++k) {
      for (const Pair& pair : pairs_) {
        if (pair.a != found[k] && pair.b != found[k]) continue;
        const std::string& other = pair.a == found[k] ? pair.b : pair.a;
        if (std::find(found.begin(), found.end(), other) == found.end()) found.push_back(other);
      }
    }
    std::sort(found.begin(), found.end(), [&](const std::string& a, const std::string& b) {
      return std::find(order_.begin(), order_.end(), a) <
             std::find(order_.begin(), order_.end(), b);
    });
    return found;
  }

  std::optional<CorrelatedGroup> make_group(const std::vector<std::string>& names) {
    const auto at = [&](const std::string& name) {
      return static_cast<std::size_t>(std::find(names.begin(), names.end(), name) - names.begin());
    };
    std::vector<std::vector<double>> matrix(names.size(), std::vector<double>(names.size(), 0));
    for (std::size_t k = 0; k < names.size(); ++k) matrix[k][k] = 1;
    const Pair* last = nullptr;
    for (const Pair& pair : pairs_) {
      const std::size_t a = at(pair.a), b = at(pair.b);
      if (a == names.size()) continue;
      matrix[a][b] = matrix[b][a] = pair.score;
      last = &pair;
    }
    CorrelatedGroup group;
    group.factor = cholesky(matrix);
    if (group.factor.empty()) {
      std::string all;
      for (const std::string& name : names) all += (all.empty() ? "" : ", ") + name;
      names_.diagnostics.error(
          last->where, "these correlations cannot hold together: " + all,
          "what goes with two others lets them not go against each other; make some weaker");
      return std::nullopt;
    }
    for (const std::string& name : names) group.paths.push_back("params." + name);
    return group;
  }

  Names& names_;
  std::vector<Pair> pairs_;
  std::vector<std::string> order_;
};

}  // namespace

std::vector<CorrelatedGroup> read_correlations(const core::YamlNode& node, Names& names) {
  return CorrelationReader(names).run(node);
}

std::vector<std::vector<double>> cholesky(const std::vector<std::vector<double>>& matrix) {
  const std::size_t count = matrix.size();
  std::vector<std::vector<double>> factor(count, std::vector<double>(count, 0));
  for (std::size_t row = 0; row < count; ++row) {
    for (std::size_t column = 0; column <= row; ++column) {
      double rest = matrix[row][column];
      for (std::size_t k = 0; k < column; ++k) rest -= factor[row][k] * factor[column][k];
      if (column < row) {
        factor[row][column] = rest / factor[column][column];
      } else if (rest > 1e-9) {
        factor[row][row] = std::sqrt(rest);
      } else {
        return {};
      }
    }
  }
  return factor;
}

double correlated(const std::vector<double>& row, const std::vector<double>& independent) {
  if (independent.size() == 1) return independent.front();
  double score = 0;
  for (std::size_t k = 0; k < independent.size(); ++k) {
    score += row[k] * core::inverse_normal_cdf(independent[k]);
  }
  return std::clamp(core::normal_cdf(score), 0x1p-53, 1 - 0x1p-53);
}

}  // namespace oddroad::scenario
