#include "engine/scenario/draw.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <set>

#include "engine/core/random.h"
#include "engine/scenario/randomize_variant.h"
#include "engine/scenario/verbs.h"

namespace oddroad::scenario {

namespace {

constexpr double kDefaultDuration = 20;
constexpr double kLongestDuration = 600;

core::Result<Record> draw_record(const Scenario& scenario, Drawer& drawer) {
  Record record;
  record.rate_hz = drawer.number(scenario.record.rate, record.rate_hz);
  record.from_s = drawer.number(scenario.record.from, record.from_s);
  if (!scenario.record.kinds.empty()) record.kinds = scenario.record.kinds;
  if (drawer.problems().has_errors()) return tl::unexpected<core::Diagnostics>(drawer.problems());
  return record;
}

Condition default_end() {
  Condition end;
  end.kind = Condition::Kind::kCompare;
  end.quantity = "time";
  end.op = ">";
  end.value = kDefaultDuration;
  return end;
}

core::Result<void> set_end_and_record(const Scenario& scenario, const Sampler& sampler,
                                      const Draws& draws, Variant& variant) {
  Drawer drawer(sampler, draws);
  const auto record = draw_record(scenario, drawer);
  if (!record) return forward_error(record);
  variant.record = *record;
  variant.end = scenario.end ? to_condition(*scenario.end, draws) : default_end();
  variant.max_duration_s = latest_end_s(variant.end).value_or(kDefaultDuration);
  if (const auto duration = drawer.maybe(scenario.record.duration)) {
    variant.max_duration_s = std::min(variant.max_duration_s, record->from_s + *duration);
  }
  if (drawer.problems().has_errors()) return tl::unexpected<core::Diagnostics>(drawer.problems());
  if (!(variant.max_duration_s > variant.record.from_s)) {
    return core::fail_at({scenario.file, 0, 0}, "the clip ends before its recording starts");
  }
  if (!(variant.max_duration_s <= kLongestDuration)) {
    return core::fail_at(variant.end.where, "a clip lasts at most 600 s");
  }
  return {};
}

// What a draw on purpose is worth: labels like any drawn parameter.
void set_worth(const std::string& what, const Densities& worth, Variant& variant) {
  for (const auto& [name, value] : {std::pair(".log_weight", worth.log_weight()),
                                    std::pair(".log_density", worth.log_natural)}) {
    char text[32];
    std::snprintf(text, sizeof text, "%.9g", value);
    variant.parameters[what + name] = text;
    variant.parameter_values[what + name] = value;
  }
}

void set_rare_and_balance(const Scenario& scenario, const Sampler& sampler, const Draws& draws,
                          Variant& variant) {
  if (!scenario.sample.balances.empty()) {
    set_worth("balance", sampler.balance_densities(), variant);
  }
  if (!scenario.rare) return;
  variant.rare_event = to_condition(scenario.rare->event, draws);
  set_worth("rare", sampler.densities(), variant);
}

void check_names(const Condition& condition, const std::set<std::string>& known,
                 core::Diagnostics& problems) {
  for (const std::string& name : {condition.a, condition.b}) {
    if (name.empty() || known.count(name) > 0) continue;
    problems.error(condition.where, "there is no '" + name + "' in this variant");
  }
  for (const Condition& term : condition.terms) check_names(term, known, problems);
}

// Pieces of `many` are known only now.
core::Diagnostics check_references(const Variant& variant) {
  core::Diagnostics problems;
  std::set<std::string> known;
  for (const VariantActor& actor : variant.actors) known.insert(actor.name);
  for (const VariantActor& actor : variant.actors) {
    if (!actor.at.other.empty() && known.count(actor.at.other) == 0) {
      problems.error(actor.at.where, "there is no '" + actor.at.other + "' in this variant");
    }
    for (const Action& action : actor.actions) {
      check_names(action.when, known, problems);
      std::vector<std::string> named = {action.across};
      const Verb* verb = find_verb(action.verb);
      for (const char* key : verb == nullptr ? std::vector<const char*>{} : verb->actors) {
        named.push_back(action.word(key));
      }
      for (const std::string& name : named) {
        if (name.empty() || known.count(name) > 0) continue;
        problems.error(action.where, "there is no '" + name + "' in this variant");
      }
    }
  }
  check_names(variant.end, known, problems);
  if (variant.rare_event) check_names(*variant.rare_event, known, problems);
  return problems;
}

// Everything of a variant but what the probe decides.
core::Result<Variant> make_variant(const Scenario& scenario, const Sampler& sampler,
                                   const Draws& draws, const std::optional<world::Place>& map_place,
                                   Variant variant) {
  for (const auto& [name, drawn] : draws) {
    variant.parameters[name] = to_string(drawn);
    if (!drawn.type.is_word) variant.parameter_values[name] = drawn.number;
  }
  variant.scenario = scenario.name;
  variant.summary = scenario.summary;
  variant.map_path = scenario.map_path;
  variant.rig_path = scenario.rig_path;
  variant.content_hash = scenario.content_hash;
  Randomizer randomizer(scenario.randomize, sampler, draws);
  const EnvironmentRule rule =
      vary_environment(scenario.environment, map_place.has_value(), randomizer);
  const auto environment = draw_environment(rule, sampler, draws, map_place);
  if (!environment) return forward_error(environment);
  variant.environment = *environment;
  const auto traffic = draw_traffic(scenario, sampler, draws);
  if (!traffic) return forward_error(traffic);
  variant.traffic = *traffic;
  const auto parked = draw_parked_share(scenario, sampler, draws);
  if (!parked) return forward_error(parked);
  variant.parked_share = vary_parked(*parked, scenario.traffic.parked.has_value(), randomizer);
  auto actors = draw_actors(scenario, sampler, draws);
  if (!actors) return forward_error(actors);
  variant.actors = std::move(*actors);
  for (std::size_t i = 0; i < variant.actors.size(); ++i) {
    if (variant.actors[i].name == "ego") variant.ego = i;
  }
  variant.looks = vary_looks(randomizer);
  for (VariantActor& extra : distractors(variant.actors[variant.ego].name, randomizer)) {
    variant.actors.push_back(std::move(extra));
  }
  if (randomizer.problems().has_errors()) return tl::unexpected(randomizer.problems());
  variant.parameters.insert(randomizer.texts().begin(), randomizer.texts().end());
  variant.parameter_values.insert(randomizer.numbers().begin(), randomizer.numbers().end());
  const auto end = set_end_and_record(scenario, sampler, draws, variant);
  if (!end) return forward_error(end);
  set_rare_and_balance(scenario, sampler, draws, variant);
  core::Diagnostics problems = check_references(variant);
  if (problems.has_errors()) return tl::unexpected<core::Diagnostics>(std::move(problems));
  return variant;
}

HiddenQuery make_query(const SightRule& rule, const Sampler& sampler, const Draws& draws) {
  const Drawer drawer(sampler, draws);
  HiddenQuery query;
  query.target = rule.target;
  query.from = rule.from;
  query.until_ttc_s = drawer.draw(rule.until_ttc).number;
  query.below = drawer.draw(rule.share).number;
  query.must_be_visible = rule.must_be_visible;
  return query;
}

// True: accepted. False: turned away, and why is in `rejections`.
core::Result<bool> ask_probe(const Scenario& scenario, const Draws& draws, const Variant& variant,
                             VariantProbe& probe, Rejections& rejections) {
  if (const auto problem = probe.placement_problem(variant)) {
    const bool told = !problem->items().empty();
    rejections.add("could not be placed" + (told ? ": " + problem->items()[0].message : ""),
                   told ? problem->items()[0].where : core::SourceLocation{});
    return false;
  }
  const Sampler sampler = sampler_of(scenario, variant);
  for (const SightRule& rule : scenario.sights) {
    const auto held = probe.holds(variant, make_query(rule, sampler, draws));
    if (!held) return forward_error(held);
    if (*held) continue;
    rejections.add(std::string("failed '") + (rule.must_be_visible ? "visible: " : "hidden: ") +
                       rule.target + "'",
                   rule.where);
    return false;
  }
  return true;
}

bool bounds_hold(const Scenario& scenario, const Draws& draws, Rejections& rejections) {
  for (const BoundRule& bound : scenario.bounds) {
    if (holds(bound.formula, draws)) continue;
    rejections.add("failed '" + bound.text + "'", bound.formula.where);
    return false;
  }
  return true;
}

core::Result<Site> draw_site(const Scenario& scenario, const Sampler& sampler, const Draws& draws,
                             const SiteFinder& sites) {
  const auto query = make_site_query(scenario, sampler, draws);
  if (!query) return forward_error(query);
  const auto found = sites.find(*query);
  if (!found) return forward_error(found);
  if (found->empty()) return core::fail("no site found");
  return (*found)[sampler.below("site", static_cast<std::uint32_t>(found->size()))];
}

struct Attempt {
  Draws draws;
  Variant variant;
};

// Nothing where a bound of `require` turns the attempt away.
core::Result<std::optional<Attempt>> draw_attempt(const Scenario& scenario, const Variant& which,
                                                  const SiteFinder& sites, Rejections& rejections) {
  Variant start = which;
  const Sampler sampler = sampler_of(scenario, which);
  start.random_key = sampler.random_key();
  Draws draws = draw_parameters(scenario, sampler);
  if (!bounds_hold(scenario, draws, rejections)) return std::nullopt;
  const auto site = draw_site(scenario, sampler, draws, sites);
  if (!site) return forward_error(site);
  start.site = *site;
  auto variant = make_variant(scenario, sampler, draws, sites.place(*site), std::move(start));
  if (!variant) return forward_error(variant);
  return Attempt{std::move(draws), std::move(*variant)};
}

Variant name_attempt(std::uint64_t seed, std::uint32_t index, std::uint32_t attempt) {
  Variant which;
  which.seed = seed;
  which.index = index;
  which.attempt = attempt;
  return which;
}

}  // namespace

core::Result<Variant> draw_variant(const Scenario& scenario, std::uint64_t seed,
                                   std::uint32_t index, const SiteFinder& sites,
                                   VariantProbe* probe, Rejections* told) {
  Rejections own;
  Rejections& rejections = told != nullptr ? *told : own;
  for (std::uint32_t attempt = 0; attempt < kMaxAttempts; ++attempt) {
    auto drawn = draw_attempt(scenario, name_attempt(seed, index, attempt), sites, rejections);
    if (!drawn) return forward_error(drawn);
    if (!*drawn) continue;
    Attempt& made = **drawn;
    if (probe == nullptr) return std::move(made.variant);
    const auto accepted = ask_probe(scenario, made.draws, made.variant, *probe, rejections);
    if (!accepted) return forward_error(accepted);
    if (*accepted) return std::move(made.variant);
  }
  return tl::unexpected<core::Diagnostics>(none_passed(index, kMaxAttempts, rejections));
}

core::Result<Variant> redraw_variant(const Scenario& scenario, std::uint64_t seed,
                                     std::uint32_t index, std::uint32_t attempt,
                                     const SiteFinder& sites) {
  Rejections rejections;
  auto drawn = draw_attempt(scenario, name_attempt(seed, index, attempt), sites, rejections);
  if (!drawn) return forward_error(drawn);
  if (*drawn) return std::move((*drawn)->variant);
  return core::fail("variant " + std::to_string(index) + ": attempt " + std::to_string(attempt) +
                    " does not meet `require`: it was never recorded");
}

Sampler sampler_of(const Scenario& scenario, const Variant& which) {
  return {scenario.sample, scenario.name, which.seed, which.index, which.attempt};
}

Draws draw_parameters(const Scenario& scenario, const Sampler& sampler) {
  Draws draws;
  for (const Parameter& parameter : scenario.parameters) {
    const Drawer drawer(sampler, draws);
    Drawn drawn = drawer.draw(parameter.value);
    draws.emplace(parameter.name, std::move(drawn));
  }
  return draws;
}

std::string Drawer::stream_name(const std::string& path) const {
  return piece_ > 0 ? path + "#" + std::to_string(piece_) : path;
}

Drawn Drawer::draw(const Value& value) const {
  return draw_value(value, sampler_.uniform(stream_name(value.path)), draws_);
}

std::optional<double> Drawer::maybe(const std::optional<Value>& value) {
  if (!value) return std::nullopt;
  const auto number = check_limits(*value, draw(*value).number);
  if (number) return *number;
  problems_.append(number.error());
  return std::nullopt;
}

double Drawer::number(const std::optional<Value>& value, double fallback) {
  return maybe(value).value_or(fallback);
}

std::uint64_t Drawer::seed(const std::string& path) const {
  core::RandomStream stream(sampler_.random_key(), stream_name(path));
  const std::uint64_t high = stream.bits();
  return (high << 32) | stream.bits();
}

}  // namespace oddroad::scenario
