#include "engine/explore/surface.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "engine/core/check.h"
#include "engine/scenario/correlation.h"

namespace oddroad::explore {
namespace {

using Row = std::vector<double>;
using Matrix = std::vector<Row>;

constexpr double kPenalties[] = {30, 3, 0.3, 0.03, 0.003};

// 1, the coordinates about the middle, and their products.
Row terms_of(const Row& place) {
  Row out = {1};
  for (const double x : place) out.push_back(2 * x - 1);
  const std::size_t end = out.size();
  for (std::size_t a = 1; a < end; ++a) {
    for (std::size_t b = a; b < end; ++b) out.push_back(out[a] * out[b]);
  }
  return out;
}

// x in L x = b.
Row forward(const Matrix& lower, Row b) {
  for (std::size_t i = 0; i < b.size(); ++i) {
    for (std::size_t k = 0; k < i; ++k) b[i] -= lower[i][k] * b[k];
    b[i] /= lower[i][i];
  }
  return b;
}

// x in L^T x = b.
Row backward(const Matrix& lower, Row b) {
  for (std::size_t i = b.size(); i-- > 0;) {
    for (std::size_t k = i + 1; k < b.size(); ++k) b[i] -= lower[k][i] * b[k];
    b[i] /= lower[i][i];
  }
  return b;
}

double dot(const Row& a, const Row& b) {
  return std::inner_product(a.begin(), a.end(), b.begin(), 0.0);
}

Matrix mean_products(const Matrix& rows) {
  const std::size_t size = rows.front().size();
  Matrix out(size, Row(size, 0));
  for (const Row& row : rows) {
    for (std::size_t i = 0; i < size; ++i) {
      for (std::size_t k = 0; k <= i; ++k) out[i][k] += row[i] * row[k];
    }
  }
  for (Row& row : out) {
    for (double& x : row) x /= static_cast<double>(rows.size());
  }
  return out;
}

// Trace of the penalised matrix's inverse without the constant's part: times the penalty, the
// degrees of freedom that it takes away (Hastie, Tibshirani and Friedman, The Elements of
// Statistical Learning, 3.4.1).
double held_back(const Matrix& factor) {
  double out = 0;
  for (std::size_t i = 1; i < factor.size(); ++i) {
    Row unit(factor.size(), 0);
    unit[i] = 1;
    const Row x = forward(factor, std::move(unit));
    out += dot(x, x);
  }
  return out;
}

}  // namespace

Surface::Surface(const Matrix& places, const Row& values)
    : count_(static_cast<double>(places.size())),
      mean_(std::accumulate(values.begin(), values.end(), 0.0) / count_) {
  Matrix rows;
  for (const Row& place : places) rows.push_back(terms_of(place));
  const Matrix products = mean_products(rows);
  for (const double penalty : kPenalties) {
    Fit one = fit(rows, values, products, penalty);
    // Cross-validation does not see that a surface through nearly all samples is too sure.
    if (!fit_.weights.empty() && one.free < 0.5 * count_) break;
    if (fit_.weights.empty() || one.score < fit_.score) fit_ = std::move(one);
  }
}

Surface::Fit Surface::fit(const Matrix& rows, const Row& values, Matrix products,
                          double penalty) const {
  Fit out;
  for (std::size_t i = 1; i < products.size(); ++i) products[i][i] += penalty;
  out.factor = scenario::cholesky(products);
  ODDROAD_CHECK(!out.factor.empty());
  Row right(products.size(), 0);
  for (std::size_t n = 0; n < rows.size(); ++n) {
    for (std::size_t i = 0; i < right.size(); ++i) {
      right[i] += rows[n][i] * (values[n] - mean_) / count_;
    }
  }
  out.weights = backward(out.factor, forward(out.factor, std::move(right)));
  double squares = 0;
  for (std::size_t n = 0; n < rows.size(); ++n) {
    const double off = values[n] - mean_ - dot(rows[n], out.weights);
    squares += off * off;
  }
  const double used = static_cast<double>(out.weights.size()) - penalty * held_back(out.factor);
  out.free = std::max(count_ - used, 1.0);
  out.left = squares / out.free;
  out.score = out.left / out.free;
  return out;
}

Surface::Guess Surface::at(const Row& place) const {
  const Row terms = terms_of(place);
  const Row x = forward(fit_.factor, terms);
  return {mean_ + dot(terms, fit_.weights), std::sqrt(fit_.left * (1 + dot(x, x) / count_))};
}

}  // namespace oddroad::explore
