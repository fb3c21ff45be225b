#include "sensors/lidar/echoes.h"

#include <algorithm>
#include <cmath>

namespace oddroad::lidar {
namespace {

using capture::PointCause;

bool is_target(const Contribution& c) {
  return c.cause == PointCause::kTarget;
}

// Of the surfaces among parts [begin, end): one echo.
Echo merged(const std::vector<Contribution>& parts, std::size_t begin, std::size_t end) {
  Echo out;
  double moment = 0;
  for (std::size_t k = begin; k < end; ++k) {
    if (!is_target(parts[k])) continue;
    out.snr += parts[k].snr;
    moment += parts[k].snr * parts[k].range_m;
  }
  // The thing that sends most, and of it the strongest part.
  double most = -1;
  for (std::size_t k = begin; k < end; ++k) {
    if (!is_target(parts[k])) continue;
    double sum = 0;
    for (std::size_t j = begin; j < end; ++j) {
      if (!is_target(parts[j])) continue;
      sum += parts[j].instance == parts[k].instance ? parts[j].snr : 0;
    }
    const bool stronger =
        out.surface != kNoSurface && sum == most && parts[k].snr > parts[out.surface].snr;
    if (sum > most || stronger) {
      most = sum;
      out.surface = static_cast<std::uint32_t>(k);
    }
  }
  const Contribution& main = parts[out.surface];
  out.true_range_m = main.range_m;
  out.instance = main.instance;
  out.surface = main.surface;
  out.range_m = out.snr > 0 ? moment / out.snr : main.range_m;
  if (std::abs(out.range_m - out.true_range_m) > kMixedM) {
    out.cause = PointCause::kMixed;
  } else {
    out.range_m = out.true_range_m;
  }
  return out;
}

void add_alone(const Contribution& c, std::vector<Echo>& echoes) {
  Echo& out = echoes.emplace_back();
  out.true_range_m = out.range_m = c.range_m;
  out.snr = c.snr;
  out.cause = c.cause;
  out.instance = c.instance;
  out.surface = c.surface;
}

// `echoes` by range.
void drop_drowned(double pulse_m, std::vector<Echo>& echoes) {
  constexpr double kDrowned = -1;
  const std::size_t n = echoes.size();
  const auto near = [&](const Echo& other, const Echo& e) {
    return std::abs(other.range_m - e.range_m) < pulse_m;
  };
  for (std::size_t i = 0; i < n; ++i) {
    Echo& e = echoes[i];
    if (e.cause == PointCause::kTarget || e.cause == PointCause::kMixed) continue;
    bool drowned = false;
    for (std::size_t k = i; !drowned && k-- > 0 && near(echoes[k], e);) {
      drowned = echoes[k].snr > e.snr;
    }
    for (std::size_t k = i + 1; !drowned && k < n && near(echoes[k], e); ++k) {
      drowned = echoes[k].snr > e.snr;
    }
    if (drowned) e.amplitude = kDrowned;
  }
  std::erase_if(echoes, [](const Echo& e) {
    return e.amplitude == kDrowned;
  });
}

}  // namespace

void merge(std::vector<Contribution>& parts, double pulse_m, std::vector<Echo>& echoes) {
  echoes.clear();
  if (parts.size() == 1) {
    add_alone(parts.front(), echoes);
    return;
  }
  std::sort(parts.begin(), parts.end(), [](const Contribution& a, const Contribution& b) {
    return a.range_m < b.range_m;
  });
  constexpr std::size_t kNone = ~std::size_t{0};
  std::size_t first = kNone, last = kNone;  // of the surfaces that merge
  bool others = false;
  for (std::size_t k = 0; k < parts.size(); ++k) {
    if (!is_target(parts[k])) {
      add_alone(parts[k], echoes);
      others = true;
      continue;
    }
    if (first != kNone && parts[k].range_m - parts[last].range_m > pulse_m) {
      echoes.push_back(merged(parts, first, last + 1));
      first = kNone;
    }
    if (first == kNone) first = k;
    last = k;
  }
  if (first != kNone) echoes.push_back(merged(parts, first, last + 1));
  std::sort(echoes.begin(), echoes.end(), [](const Echo& a, const Echo& b) {
    return a.range_m < b.range_m;
  });
  if (others) drop_drowned(pulse_m, echoes);
}

void select(ReturnMode mode, std::vector<Echo>& echoes) {
  if (echoes.size() < 2) return;
  const auto weaker = [](const Echo& a, const Echo& b) {
    return a.amplitude < b.amplitude;
  };
  const Echo strongest = *std::max_element(echoes.begin(), echoes.end(), weaker);
  const Echo last = echoes.back();
  switch (mode) {
    case ReturnMode::kFirst:
      echoes.resize(1);
      return;
    case ReturnMode::kLast:
      echoes.assign(1, last);
      return;
    case ReturnMode::kStrongest:
      echoes.assign(1, strongest);
      return;
    case ReturnMode::kDual:
      break;
  }
  if (strongest.range_m != last.range_m) {
    echoes.assign({strongest, last});
    return;
  }
  echoes.pop_back();
  const Echo second = *std::max_element(echoes.begin(), echoes.end(), weaker);
  echoes.assign({strongest, second});
}

}  // namespace oddroad::lidar
