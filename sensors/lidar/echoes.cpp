#include "sensors/lidar/echoes.h"

#include <algorithm>
#include <cmath>

namespace oddroad::lidar {
namespace {

using capture::PointCause;

// Of the surfaces [begin, end): one echo.
Echo merged(const std::vector<Contribution>& parts, const std::vector<std::size_t>& group) {
  Echo out;
  double moment = 0;
  for (const std::size_t k : group) {
    out.snr += parts[k].snr;
    moment += parts[k].snr * parts[k].range_m;
  }
  // The thing that sends most, and of it the strongest part.
  double most = -1;
  for (const std::size_t k : group) {
    double sum = 0;
    for (const std::size_t j : group)
      sum += parts[j].instance == parts[k].instance ? parts[j].snr : 0;
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

Echo alone(const Contribution& c) {
  return {c.range_m, c.range_m, c.snr, 0, c.cause, c.instance, c.surface};
}

void drop_drowned(double pulse_m, std::vector<Echo>& echoes) {
  const auto drowned = [&](const Echo& e) {
    if (e.cause == PointCause::kTarget || e.cause == PointCause::kMixed) return false;
    return std::any_of(echoes.begin(), echoes.end(), [&](const Echo& other) {
      return other.snr > e.snr && std::abs(other.range_m - e.range_m) < pulse_m;
    });
  };
  std::vector<Echo> kept;
  for (const Echo& e : echoes) {
    if (!drowned(e)) kept.push_back(e);
  }
  echoes.swap(kept);
}

}  // namespace

void merge(std::vector<Contribution>& parts, double pulse_m, std::vector<Echo>& echoes) {
  echoes.clear();
  if (parts.size() == 1) {
    echoes.push_back(alone(parts.front()));
    return;
  }
  std::sort(parts.begin(), parts.end(), [](const Contribution& a, const Contribution& b) {
    return a.range_m < b.range_m;
  });
  std::vector<std::size_t> group;
  bool others = false;
  for (std::size_t k = 0; k < parts.size(); ++k) {
    if (parts[k].cause != PointCause::kTarget) {
      echoes.push_back(alone(parts[k]));
      others = true;
      continue;
    }
    if (!group.empty() && parts[k].range_m - parts[group.back()].range_m > pulse_m) {
      echoes.push_back(merged(parts, group));
      group.clear();
    }
    group.push_back(k);
  }
  if (!group.empty()) echoes.push_back(merged(parts, group));
  if (others) drop_drowned(pulse_m, echoes);
  std::sort(echoes.begin(), echoes.end(), [](const Echo& a, const Echo& b) {
    return a.range_m < b.range_m;
  });
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
