#include <algorithm>

#include "engine/cli/commands.h"
#include "engine/core/parallel.h"
#include "engine/pipeline/scenario_setup.h"
#include "engine/report/sample_page.h"
#include "engine/scenario/draw.h"
#include "engine/scenario/sample_table.h"

namespace oddroad::cli {
namespace {

constexpr std::size_t kMostTold = 3;

struct Drawn {
  std::vector<scenario::Variant> variants;
  std::vector<core::Diagnostics> failures;  // of variants that cannot be drawn
  double attempts = 0;
};

Drawn draw_all(const pipeline::ScenarioSetup& setup, std::uint64_t seed) {
  const std::uint32_t count = setup.scenario.sample.count;
  std::vector<core::Result<scenario::Variant>> drawn(count, core::fail("not drawn"));
  core::parallel_for(count, [&](std::size_t i) {
    drawn[i] = scenario::draw_variant(setup.scenario, seed, static_cast<std::uint32_t>(i),
                                      *setup.sites, nullptr);
  });
  Drawn out;
  for (core::Result<scenario::Variant>& one : drawn) {
    if (one) {
      out.attempts += one->attempt + 1;
      out.variants.push_back(std::move(*one));
    } else {
      out.attempts += scenario::kMaxAttempts;
      out.failures.push_back(one.error());
    }
  }
  return out;
}

const char* name_of(scenario::SampleMethod method) {
  switch (method) {
    case scenario::SampleMethod::kRandom:
      return "random";
    case scenario::SampleMethod::kLatinHypercube:
      return "latin_hypercube";
    case scenario::SampleMethod::kSobol:
      return "sobol";
    case scenario::SampleMethod::kGrid:
      return "grid";
  }
  return "";
}

using Facts = std::vector<std::pair<std::string, std::string>>;

Facts facts_of(const scenario::Scenario& scenario, std::uint64_t seed, const Drawn& drawn) {
  const std::size_t all = drawn.variants.size() + drawn.failures.size();
  char acceptance[80];
  std::snprintf(acceptance, sizeof acceptance, "%.1f %% of %.0f attempts",
                100 * static_cast<double>(drawn.variants.size()) / drawn.attempts, drawn.attempts);
  Facts facts = {{"scenario", scenario.file},
                 {"samples", std::to_string(all) + ", seed " + std::to_string(seed)},
                 {"method", name_of(scenario.sample.method)},
                 {"accepted", acceptance}};
  if (!scenario.summary.empty()) facts.insert(facts.begin(), {"summary", scenario.summary});
  if (!scenario.sample.rows.rows.empty()) {
    std::string names;
    for (const auto& factor : scenario.sample.rows.factors) {
      names += (names.empty() ? "" : ", ") + factor.path.substr(factor.path.find('.') + 1);
    }
    facts.emplace_back("rows", std::to_string(scenario.sample.rows.rows.size()) + " over " + names);
  }
  if (!scenario.sights.empty()) {
    facts.emplace_back("not looked at", "'hidden' and 'visible' of require, and the placement");
  }
  return facts;
}

std::string pair_line(const scenario::SampleTable& table) {
  double sum = 0, worst = 2;
  int pairs = 0;
  std::string who;
  for (std::size_t a = 0; a < table.columns.size(); ++a) {
    for (std::size_t b = 0; b < a; ++b) {
      if (table.columns[a].is_worth || table.columns[b].is_worth) continue;
      const double share = scenario::pair_coverage(table, table.columns[a], table.columns[b]);
      sum += share;
      ++pairs;
      if (share >= worst) continue;
      worst = share;
      who = table.columns[b].name + " and " + table.columns[a].name;
    }
  }
  if (pairs == 0) return "";
  char text[160];
  std::snprintf(text, sizeof text,
                "pairs of options and fifths that occur: %.1f %%, least %.1f %% (",
                100 * sum / pairs, 100 * worst);
  return text + who + ")\n";
}

}  // namespace

int sample_command(const Context& context, const SampleOptions& options) {
  std::vector<std::string> overrides = options.overrides;
  if (options.count) overrides.push_back("sample.count=" + std::to_string(*options.count));
  const auto setup = pipeline::load_setup(options.scenario, context.roots, overrides);
  if (!setup) return fail(context, setup.error(), kBadInput);
  print(context, setup->scenario.warnings);
  const std::uint64_t seed = options.seed.value_or(setup->scenario.sample.seed);
  const Drawn drawn = draw_all(*setup, seed);
  for (std::size_t k = 0; k < std::min(drawn.failures.size(), kMostTold); ++k) {
    print(context, drawn.failures[k]);
  }
  if (drawn.variants.empty()) return kBadInput;
  const scenario::SampleTable table = scenario::make_sample_table(setup->scenario, drawn.variants);
  const Facts facts = facts_of(setup->scenario, seed, drawn);
  for (const auto& [name, text] : facts) {
    std::fprintf(context.out, "%-14s %s\n", name.c_str(), text.c_str());
  }
  std::fprintf(context.out, "\n%s%s", scenario::to_text(table).c_str(), pair_line(table).c_str());
  if (!table.balances.empty()) {
    std::fprintf(context.out, "\n%s", scenario::balance_text(table).c_str());
  }
  for (const auto& [path, bytes] :
       {std::pair(options.csv, options.csv.empty() ? "" : scenario::to_csv(table)),
        std::pair(options.html, options.html.empty() ? "" : report::sample_page(table, facts))}) {
    if (path.empty()) continue;
    const auto written = write_file(path, bytes);
    if (!written) return fail(context, written.error(), kCannotWrite);
  }
  return drawn.failures.empty() ? kDone : kBadInput;
}

}  // namespace oddroad::cli
