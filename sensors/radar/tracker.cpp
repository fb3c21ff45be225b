#include "sensors/radar/tracker.h"

#include <algorithm>
#include <cmath>

namespace oddroad::radar {

using math::Vec2d;
using math::Vec3d;

namespace {

constexpr double kAcceleration = 2;  // m/s2, 1 sigma of what drives a track
constexpr double kExtent = 0.8;      // m: the place on a thing that reflects wanders
constexpr double kGateM = 3, kGateMps = 3;
constexpr double kGroupM = 2.5, kGroupMps = 2;
constexpr double kSpeedSigma = 0.5;  // m/s: parts move
constexpr double kStartSpeedSigma = 8;
constexpr int kToTell = 3, kToDrop = 5;

// One measured number: H x = z with variance r.
void scalar_update(glm::dvec4& x, glm::dmat4& P, const glm::dvec4& H, double z, double r) {
  const glm::dvec4 PH = P * H;
  const glm::dvec4 K = PH / (glm::dot(H, PH) + r);
  x += K * (z - glm::dot(H, x));
  P -= glm::outerProduct(K, PH);
}

}  // namespace

void Tracker::predict(Track& track, double dt) {
  glm::dmat4 F(1.0);
  F[2][0] = F[3][1] = dt;  // columns first: x += vx dt
  track.state = F * track.state;
  const double q = kAcceleration * kAcceleration;
  glm::dmat4 Q(0.0);
  for (int k = 0; k < 2; ++k) {
    Q[k][k] = q * dt * dt * dt * dt / 4;
    Q[k + 2][k] = Q[k][k + 2] = q * dt * dt * dt / 2;
    Q[k + 2][k + 2] = q * dt * dt;
  }
  track.P = F * track.P * glm::transpose(F) + Q;
}

void Tracker::update(Track& track, const std::vector<const Plot*>& plots) {
  Vec2d mean(0);
  double rcs = 0;
  for (const Plot* p : plots) {
    mean += p->place_m / double(plots.size());
    rcs += p->rcs_dbsm / double(plots.size());
    ++track.sources[p->instance];
  }
  const Plot& first = *plots.front();
  const Vec2d n = first.toward, side(-n.y, n.x);
  const double along = std::hypot(first.sigma_along_m, kExtent);
  const double across = std::hypot(first.sigma_across_m, kExtent);
  scalar_update(track.state, track.P, {n.x, n.y, 0, 0}, glm::dot(n, mean), along * along);
  scalar_update(track.state, track.P, {side.x, side.y, 0, 0}, glm::dot(side, mean),
                across * across);
  for (const Plot* p : plots) {
    scalar_update(track.state, track.P, {0, 0, p->toward.x, p->toward.y}, p->radial_mps,
                  kSpeedSigma * kSpeedSigma * double(plots.size()));
  }
  track.rcs_dbsm += (rcs - track.rcs_dbsm) / std::min(track.hits + 1, 8);
  ++track.hits;
  track.missed = 0;
}

void Tracker::found(std::vector<const Plot*> left) {
  std::stable_sort(left.begin(), left.end(), [](const Plot* a, const Plot* b) {
    return a->snr_db > b->snr_db;
  });
  while (!left.empty() && tracks_.size() < most_) {
    const Plot& seed = *left.front();
    std::vector<const Plot*> group, rest;
    for (const Plot* p : left) {
      const bool near = glm::length(p->place_m - seed.place_m) < kGroupM &&
                        std::abs(p->radial_mps - seed.radial_mps) < kGroupMps;
      (near ? group : rest).push_back(p);
    }
    Track t;
    t.id = next_id_++;
    const Vec2d v = seed.radial_mps * seed.toward;
    t.state = {seed.place_m, v};
    t.P = glm::dmat4(0.0);
    t.P[0][0] = t.P[1][1] = 9;
    t.P[2][2] = t.P[3][3] = kStartSpeedSigma * kStartSpeedSigma;
    update(t, group);
    tracks_.push_back(std::move(t));
    left = std::move(rest);
  }
}

std::vector<capture::RadarTrack> Tracker::step(
    const std::vector<capture::RadarDetection>& detections, const math::Affine3d& T_world_ego,
    const math::Pose& T_ego_radar, std::int64_t stamp_ns) {
  const math::Affine3d T_world_radar = T_world_ego * math::to_affine(T_ego_radar);
  std::vector<Plot> plots;
  for (const capture::RadarDetection& d : detections) {
    const Vec3d there = T_world_radar.point({d.x_m, d.y_m, d.z_m});
    const Vec2d away = Vec2d(there) - Vec2d(T_world_radar.translation);
    if (!(glm::length(away) > 0.1)) continue;
    plots.push_back({Vec2d(there), glm::normalize(away), d.velocity_compensated_mps, 0.3,
                     0.02 * d.range_m, d.rcs_dbsm, d.snr_db, d.instance});
  }
  const double dt = last_ns_ < 0 ? 0 : 1e-9 * static_cast<double>(stamp_ns - last_ns_);
  last_ns_ = stamp_ns;
  for (Track& t : tracks_) predict(t, dt);
  std::vector<std::vector<const Plot*>> of_track(tracks_.size());
  std::vector<const Plot*> left;
  for (const Plot& p : plots) {
    double nearest = 1e9;
    std::size_t best = tracks_.size();
    for (std::size_t k = 0; k < tracks_.size(); ++k) {
      const Track& t = tracks_[k];
      const double gate = kGateM + 3 * std::sqrt(std::max(t.P[0][0], t.P[1][1]));
      const double off = glm::length(Vec2d(t.state) - p.place_m);
      const double speed = glm::dot(Vec2d(t.state.z, t.state.w), p.toward);
      const double sure = 3 * std::sqrt(std::max(t.P[2][2], t.P[3][3]));
      if (off > std::min(gate, 2 * kGateM) || off >= nearest) continue;
      if (std::abs(speed - p.radial_mps) > kGateMps + std::min(sure, kGateMps)) continue;
      nearest = off;
      best = k;
    }
    (best < tracks_.size() ? of_track[best] : left).push_back(&p);
  }
  for (std::size_t k = 0; k < tracks_.size(); ++k) {
    ++tracks_[k].age;
    ++tracks_[k].missed;
    if (!of_track[k].empty()) update(tracks_[k], of_track[k]);
  }
  std::erase_if(tracks_, [](const Track& t) {
    return t.missed >= kToDrop || (t.hits < kToTell && t.missed >= 2);
  });
  found(std::move(left));
  const math::Affine3d T_ego_world = T_world_ego.inverse();
  std::vector<capture::RadarTrack> out;
  for (const Track& t : tracks_) {
    if (t.hits < kToTell) continue;
    capture::RadarTrack told;
    told.id = t.id;
    const double ground = T_world_ego.translation.z;
    told.position_ego_m = Vec2d(T_ego_world.point({t.state.x, t.state.y, ground}));
    told.velocity_ego_mps = Vec2d(T_ego_world.vector({t.state.z, t.state.w, 0}));
    told.position_sigma_m = std::sqrt(t.P[0][0] + t.P[1][1]);
    told.velocity_sigma_mps = std::sqrt(t.P[2][2] + t.P[3][3]);
    told.rcs_dbsm = t.rcs_dbsm;
    told.age = t.age;
    told.missed = t.missed;
    int most = 0;
    for (const auto& [id, count] : t.sources) {
      if (count > most) most = count, told.instance = id;
    }
    out.push_back(told);
  }
  return out;
}

}  // namespace oddroad::radar
