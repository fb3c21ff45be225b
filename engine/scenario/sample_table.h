// What many variants of a scenario drew, parameter by parameter.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "engine/scenario/excluded_pairs.h"
#include "engine/scenario/scenario.h"

namespace oddroad::scenario {

// One parameter. Numbers are in the unit that is told: an SI one, degrees for angles.
struct SampleColumn {
  std::string name;
  std::string unit;
  bool is_word = false;
  bool is_worth = false;           // no parameter but what a draw on purpose is worth
  std::vector<double> numbers;     // of each sample; none where is_word
  std::vector<std::string> words;  // of each sample, numbers as text
  // Classes to count in: options as drawn, or classes of equal probability (numbers up to each
  // edge, the last one beyond). Where the parameter has neither: equal widths over what was drawn.
  std::vector<std::string> options;
  std::vector<double> edges;

  [[nodiscard]] std::size_t classes() const {
    return options.empty() ? edges.size() + 1 : options.size();
  }
  // Of sample k; classes() where it is none of the options.
  [[nodiscard]] std::size_t class_of(std::size_t k) const;
};

// One balanced value: its groups, and how many samples each got.
struct BalanceTally {
  std::string name;
  std::vector<BalanceGroup> groups;
  std::vector<std::size_t> reached;
};

struct SampleTable {
  std::string scenario;
  std::vector<std::uint32_t> index;    // of each sample
  std::vector<std::uint32_t> attempt;  // that passed `require`
  std::vector<SampleColumn> columns;   // params, as declared; then what randomize: drew
  std::vector<BalanceTally> balances;
  ExcludedPairs excluded;
  double effective = 1;  // Kish's share of the samples, by the weights of `balance`
};

// Fills in what is balanced.
void tally_balances(const Scenario& scenario, const std::vector<Variant>& variants,
                    SampleTable& table);

// The variants are of this scenario.
SampleTable make_sample_table(const Scenario& scenario, const std::vector<Variant>& variants);

// Share of the pairs of classes of two of its columns that occur, of those that may.
double pair_coverage(const SampleTable& table, const SampleColumn& a, const SampleColumn& b);

// A line for each sample, with head; numbers have nine digits.
std::string to_csv(const SampleTable& table);
// A column's head, "v_ego [m/s]", and its field of sample k, quoted where CSV wants it.
std::string csv_head(const SampleColumn& column);
std::string csv_field(const SampleColumn& column, std::size_t k);
// A line for each parameter: least, median, greatest, mean, deviation, or shares of words.
std::string to_text(const SampleTable& table);
// Of what is balanced: each group's natural, asked and reached share. Empty where nothing is.
std::string balance_text(const SampleTable& table);

}  // namespace oddroad::scenario
