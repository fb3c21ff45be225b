// Correlated parameters: a Gaussian copula over their coordinates.
#pragma once

#include <vector>

#include "engine/core/yaml.h"
#include "engine/scenario/names.h"
#include "engine/scenario/sampling.h"

namespace oddroad::scenario {

// correlate: [{of: [v_ego, v_child], rho: 0.2}, ...]. `rho` is Spearman's rank correlation of the
// values (of every two of a longer list), the same whatever their distributions; the normal scores
// get 2 sin(pi rho / 6) (Pearson 1907). Pairs that are not mentioned have none. Errors, told to
// `names`: what is no drawn parameter, a pair told twice, correlations that cannot hold together.
std::vector<CorrelatedGroup> read_correlations(const core::YamlNode& node, Names& names);

// The lower triangular factor of a correlation matrix; empty where it is not positive definite.
std::vector<std::vector<double>> cholesky(const std::vector<std::vector<double>>& matrix);
// The coordinate that `row` of a factor gives to independent ones, as many as the row has numbers
// up to its diagonal.
double correlated(const std::vector<double>& row, const std::vector<double>& independent);

}  // namespace oddroad::scenario
