#include "engine/scenario/row_plan.h"

#include <algorithm>
#include <set>

#include "engine/core/check.h"

namespace oddroad::scenario {

namespace {

constexpr std::size_t kLargestTable = 1'000'000;

const Value& value_of(const Scenario& scenario, const std::string& name) {
  const auto found = std::find_if(scenario.parameters.begin(), scenario.parameters.end(),
                                  [&](const Parameter& parameter) {
                                    return parameter.name == name;
                                  });
  ODDROAD_CHECK(found != scenario.parameters.end());
  return found->value;
}

// What a row can choose from: options that are drawn at all; none where there are levels.
std::vector<Distribution::Option> options_of(const Scenario& scenario, const RowRequest& request,
                                             const std::string& name) {
  const Value& value = value_of(scenario, name);
  if (request.levels.count(name) > 0 || value.kind != Value::Kind::kDrawn) return {};
  std::vector<Distribution::Option> out;
  for (const Distribution::Option& option : value.distribution->options()) {
    if (option.weight > 0) out.push_back(option);
  }
  return out;
}

std::vector<std::pair<double, double>> stretches_of(const Scenario& scenario,
                                                    const RowRequest& request,
                                                    const std::string& name) {
  std::vector<double> weights;
  for (const auto& option : options_of(scenario, request, name)) weights.push_back(option.weight);
  if (weights.empty()) weights.assign(static_cast<std::size_t>(request.levels.at(name)), 1.0);
  double total = 0, reached = 0;
  for (const double weight : weights) total += weight;
  std::vector<std::pair<double, double>> out;
  for (const double weight : weights) {
    out.emplace_back(reached / total, (reached + weight) / total);
    reached += weight;
  }
  return out;
}

void add_parameters(const Expression& expression, std::set<std::string>& out) {
  if (expression.kind == Expression::Kind::kParameter) out.insert(expression.name);
  for (const Expression& operand : expression.operands) add_parameters(operand, out);
}
void add_parameters(const Formula& formula, std::set<std::string>& out) {
  add_parameters(formula.left, out);
  add_parameters(formula.right, out);
  for (const Formula& term : formula.terms) add_parameters(term, out);
}

// Nothing where the bound speaks of something else, too.
std::optional<Constraint> constraint_of(const Formula& bound, const Scenario& scenario,
                                        const RowRequest& request) {
  std::set<std::string> used;
  add_parameters(bound, used);
  Constraint out;
  std::vector<std::vector<Distribution::Option>> options;
  std::size_t size = 1;
  for (const std::string& name : used) {
    const auto at = std::find(request.names.begin(), request.names.end(), name);
    if (at == request.names.end()) return std::nullopt;
    out.factors.push_back(static_cast<int>(at - request.names.begin()));
    options.push_back(options_of(scenario, request, name));
    size *= options.back().size();
    if (size == 0 || size > kLargestTable) return std::nullopt;
  }
  for (std::size_t k = 0; k < size; ++k) {
    Draws draws;
    std::size_t rest = k;
    for (std::size_t f = 0; f < options.size(); ++f) {
      const std::string& name = request.names[static_cast<std::size_t>(out.factors[f])];
      draws[name] = options[f][rest % options[f].size()].value;
      rest /= options[f].size();
    }
    out.allowed.push_back(holds(bound, draws));
  }
  return out;
}

}  // namespace

std::vector<Constraint> constraints_of(const Scenario& scenario, const RowRequest& request) {
  std::vector<Constraint> out;
  for (const BoundRule& bound : scenario.bounds) {
    if (auto one = constraint_of(bound.formula, scenario, request)) out.push_back(std::move(*one));
  }
  return out;
}

core::Result<std::vector<int>> levels_of(const Scenario& scenario, const RowRequest& request) {
  std::vector<int> out;
  core::Diagnostics problems;
  for (const std::string& name : request.names) {
    const auto levels = request.levels.find(name);
    const std::size_t count = levels != request.levels.end()
                                  ? static_cast<std::size_t>(levels->second)
                                  : options_of(scenario, request, name).size();
    if (count == 0) {
      problems.error(request.where, "'" + name + "' is no list of options",
                     "say how finely it is cut: {levels: {" + name + ": 5}}");
    }
    out.push_back(static_cast<int>(count));
  }
  if (problems.has_errors()) return tl::unexpected<core::Diagnostics>(std::move(problems));
  return out;
}

core::Result<RowPlan> make_row_plan(const Scenario& scenario, const RowRequest& request, bool grid,
                                    std::uint64_t key) {
  const auto levels = levels_of(scenario, request);
  if (!levels) return core::forward_error(levels);
  const int ways = std::min(request.ways, static_cast<int>(levels->size()));
  const std::vector<Constraint> constraints = constraints_of(scenario, request);
  RowPlan plan;
  for (const std::string& name : request.names) {
    plan.factors.push_back({"params." + name, stretches_of(scenario, request, name)});
  }
  auto rows =
      grid ? all_rows(*levels, constraints)
           : cover_combinations({*levels, ways, constraints, key}).map([](CoveringArray array) {
               return std::move(array.rows);
             });
  if (!rows) return core::fail_at(request.where, rows.error().items().at(0).message);
  plan.rows = std::move(*rows);
  return plan;
}

}  // namespace oddroad::scenario
