#include "engine/road/stations.h"

#include <algorithm>
#include <cmath>

namespace oddroad::road {
namespace {

using math::Vec2d;
using math::Vec3d;

// Two stations closer than this would make slivers; the breaks they stand for coincide.
constexpr double kMerge_m = 1e-6;
constexpr int kMaxDepth = 16;
// A road that wants more bends than any road does; from there on chords run from break to break.
constexpr std::size_t kMostStations = 200000;

class Subdivider {
 public:
  Subdivider(const Road& road, int section, const StationOptions& options, std::vector<double>& out)
      : road_(road), section_(section), options_(options), out_(out) {}

  // Appends stations of (s0, s1]; between them no record begins.
  void fill(double s0, double s1) {
    const int parts = std::max(1, static_cast<int>(std::ceil((s1 - s0) / options_.max_step_m)));
    for (int k = 0; k < parts; ++k) {
      const double a = s0 + (s1 - s0) * k / parts;
      const double b = k + 1 == parts ? s1 : s0 + (s1 - s0) * (k + 1) / parts;
      // Starting with halves keeps the two arms of an S from hiding each other.
      split(a, borders(a, b), b, borders(b, b), 0);
    }
  }

 private:
  using Borders = std::vector<Vec3d>;

  // At the end of a record interval its own records still hold, so s is taken a hair before it.
  Borders borders(double s, double limit) const {
    const double inside = std::min(s, limit - 1e-9);
    Borders out;
    const RoadFrame frame = road_.reference_frame(inside);
    std::vector<double> ts;
    road_.outer_borders(section_, inside, ts);
    out.reserve(ts.size() + 1);
    for (const double t : ts) {
      out.push_back(frame.position + t * frame.left);
      if (!road_.lateral.empty()) out.back() += road_.lateral.at(inside, t).h_m * frame.up;
    }
    out.push_back(frame.position);
    return out;
  }

  bool flat(const Borders& a, const Borders& b, const Borders& m, double u) const {
    for (std::size_t i = 0; i < a.size(); ++i) {
      const Vec3d on_chord = a[i] + u * (b[i] - a[i]);
      const Vec2d chord(b[i] - a[i]);
      const Vec2d off(m[i] - on_chord);
      const double length = glm::length(chord);
      const double lateral =
          length > 1e-9 ? std::abs(chord.x * off.y - chord.y * off.x) / length : glm::length(off);
      if (lateral > options_.lateral_chord_m) return false;
      if (std::abs(m[i].z - on_chord.z) > options_.vertical_chord_m) return false;
    }
    return true;
  }

  void split(double s0, const Borders& at0, double s1, const Borders& at1, int depth) {
    const double middle = 0.5 * (s0 + s1);
    const Borders at_middle = borders(middle, s1);
    bool fine =
        depth >= kMaxDepth || s1 - s0 <= options_.min_step_m || out_.size() >= kMostStations;
    if (!fine) {
      fine = flat(at0, at1, at_middle, 0.5);
      for (const double u : {0.25, 0.75}) {
        fine = fine && flat(at0, at1, borders(s0 + u * (s1 - s0), s1), u);
      }
    }
    if (fine) {
      out_.push_back(s1);
      return;
    }
    split(s0, at0, middle, at_middle, depth + 1);
    split(middle, at_middle, s1, at1, depth + 1);
  }

  const Road& road_;
  int section_;
  const StationOptions& options_;
  std::vector<double>& out_;
};

void add_breaks(const CubicProfile& profile, std::vector<double>& out) {
  for (const Cubic& cubic : profile.records()) out.push_back(cubic.s_m);
}

constexpr int kLateralSamples = 8;
constexpr double kLateralMerge = 0.02;  // of the lane's width

// Halves (u0, u1) until the heights between follow their chords.
template <typename Height>
void split_lateral(const Height& height, double u0, double u1, double chord_m, int depth,
                   std::vector<double>& out) {
  const double h0 = height(u0 + 1e-9);
  const double h1 = height(u1 - 1e-9);
  bool flat = true;
  for (const double u : {0.25, 0.5, 0.75}) {
    flat = flat && std::abs(height(u0 + u * (u1 - u0)) - h0 - u * (h1 - h0)) <= chord_m;
  }
  if (flat || depth >= 4) return;
  const double middle = 0.5 * (u0 + u1);
  split_lateral(height, u0, middle, chord_m, depth + 1, out);
  out.push_back(middle);
  split_lateral(height, middle, u1, chord_m, depth + 1, out);
}

}  // namespace

std::vector<double> find_breaks(const Road& road) {
  std::vector<double> all = {0, road.length_m};
  for (const PlanCurve& curve : road.reference.curves()) {
    all.push_back(curve.record().s_m);
    all.push_back(curve.record().s_m + curve.record().length_m);
  }
  add_breaks(road.elevation, all);
  add_breaks(road.superelevation, all);
  add_breaks(road.lane_offset, all);
  for (const double s : road.lateral.breaks_s()) all.push_back(s);
  for (const LaneSection& section : road.sections) {
    std::vector<double> own = {section.s_m};
    for (const Lane& lane : section.lanes) {
      add_breaks(lane.width, own);
      add_breaks(lane.border, own);
      for (const LaneHeight& h : lane.heights) own.push_back(h.s_m);
      for (const RoadMark& m : lane.marks) own.push_back(m.s_m);
    }
    // A record beyond its section's end never comes into force.
    for (const double s : own) {
      if (s < section.end_m) all.push_back(s);
    }
  }
  std::erase_if(all, [&](double s) {
    return !(s >= 0 && s <= road.length_m);
  });
  std::sort(all.begin(), all.end());
  std::vector<double> out;
  for (const double s : all) {
    if (out.empty() || s - out.back() > kMerge_m) out.push_back(s);
  }
  // The very end must stand even where a break lies just before it.
  if (out.back() != road.length_m) {
    if (out.size() > 1) out.pop_back();
    out.push_back(road.length_m);
  }
  return out;
}

std::vector<double> adaptive_stations(const Road& road, double s0_m, double s1_m,
                                      const StationOptions& options) {
  std::vector<double> marks = {s0_m};
  const std::vector<double>& breaks = break_stations(road);
  for (auto s = std::upper_bound(breaks.begin(), breaks.end(), s0_m + kMerge_m);
       s != breaks.end() && *s < s1_m - kMerge_m; ++s) {
    marks.push_back(*s);
  }
  marks.push_back(s1_m);
  std::vector<double> out = {s0_m};
  for (std::size_t i = 1; i < marks.size(); ++i) {
    if (!(marks[i] > marks[i - 1])) continue;
    const int section = road.section_at(0.5 * (marks[i - 1] + marks[i]));
    Subdivider(road, section, options, out).fill(marks[i - 1], marks[i]);
  }
  return out;
}

std::vector<double> lateral_breaks(const Road& road, int section, int lane, double chord_m) {
  std::vector<double> out;
  if (road.lateral.empty()) return out;
  const LaneSection& cross = road.sections.at(static_cast<std::size_t>(section));
  for (int k = 0; k <= kLateralSamples; ++k) {
    const double s = cross.s_m + (cross.end_m - 1e-9 - cross.s_m) * k / kLateralSamples;
    const LaneStrip strip = road.strip(section, lane, s);
    const double span = strip.outer_t_m - strip.inner_t_m;
    if (std::abs(span) < 0.01) continue;
    const auto height = [&](double u) {
      return road.lateral.at(s, strip.inner_t_m + u * span).h_m;
    };
    std::vector<double> knots = {0};
    for (const double t : road.lateral.breaks_t(s)) {
      const double u = (t - strip.inner_t_m) / span;
      if (u > 0 && u < 1) knots.push_back(u);
    }
    knots.push_back(1);
    std::sort(knots.begin(), knots.end());
    for (std::size_t i = 1; i < knots.size(); ++i) {
      if (i + 1 < knots.size()) out.push_back(knots[i]);
      split_lateral(height, knots[i - 1], knots[i], chord_m, 0, out);
    }
  }
  std::sort(out.begin(), out.end());
  std::vector<double> merged;
  for (const double u : out) {
    const double last = merged.empty() ? 0 : merged.back();
    if (u - last > kLateralMerge && 1 - u > kLateralMerge) merged.push_back(u);
  }
  return merged;
}

std::vector<double> section_stations(const Road& road, int section, const StationOptions& options) {
  const LaneSection& cross = road.sections.at(static_cast<std::size_t>(section));
  return adaptive_stations(road, cross.s_m, cross.end_m, options);
}

}  // namespace oddroad::road
