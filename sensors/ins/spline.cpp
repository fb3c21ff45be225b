#include "sensors/ins/spline.h"

#include <algorithm>
#include <cmath>

#include "engine/core/check.h"

namespace oddroad::ins {

Spline::Spline(std::vector<double> values, double spacing)
    : y_(std::move(values)), m_(y_.size(), 0.0), h_(spacing) {
  ODDROAD_CHECK(!y_.empty() && spacing > 0);
  const std::size_t n = y_.size();
  if (n < 3) return;
  // m[k-1] + 4 m[k] + m[k+1] = 6 d2[k] / h2 inside, with m[0] = m[1] and m[n-1] = m[n-2]: the first
  // and the last row have 5 on the diagonal. Thomas' algorithm; diagonally dominant.
  const std::size_t inner = n - 2;
  std::vector<double> upper(inner), right(inner);
  double before = 0, solved = 0;
  for (std::size_t i = 0; i < inner; ++i) {
    const double d2 = 6 * (y_[i] - 2 * y_[i + 1] + y_[i + 2]) / (h_ * h_);
    double diagonal = 4;
    if (i == 0) diagonal += 1;
    if (i + 1 == inner) diagonal += 1;
    const double lower = i == 0 ? 0 : 1;
    const double pivot = diagonal - lower * before;
    before = 1 / pivot;
    solved = (d2 - lower * solved) / pivot;
    upper[i] = before;
    right[i] = solved;
  }
  double next = 0;
  for (std::size_t i = inner; i-- > 0;) {
    next = right[i] - (i + 1 == inner ? 0 : upper[i] * next);
    m_[i + 1] = next;
  }
  m_.front() = m_[1];
  m_.back() = m_[n - 2];
}

Spline::Value Spline::at(double t) const {
  const std::size_t n = y_.size();
  if (n == 1) return {y_[0], 0, 0};
  const double last = static_cast<double>(n - 1);
  const double at = std::clamp(t / h_, 0.0, last);
  const auto k = std::min(static_cast<std::size_t>(at), n - 2);
  const double b = at - static_cast<double>(k), a = 1 - b;
  const double h2 = h_ * h_;
  return {
      a * y_[k] + b * y_[k + 1] + ((a * a * a - a) * m_[k] + (b * b * b - b) * m_[k + 1]) * h2 / 6,
      (y_[k + 1] - y_[k]) / h_ + ((1 - 3 * a * a) * m_[k] + (3 * b * b - 1) * m_[k + 1]) * h_ / 6,
      a * m_[k] + b * m_[k + 1]};
}

}  // namespace oddroad::ins
