#include "engine/stage/structure_line.h"

#include <algorithm>
#include <cmath>

#include "engine/core/check.h"

namespace oddroad::stage {

namespace {

using math::Vec2d;

StructureSection mix(const StructureSection& a, const StructureSection& b, double u) {
  StructureSection out;
  out.from_start_m = glm::mix(a.from_start_m, b.from_start_m, u);
  out.to_end_m = glm::mix(a.to_end_m, b.to_end_m, u);
  out.left = glm::mix(a.left, b.left, u);
  out.right = glm::mix(a.right, b.right, u);
  out.aside = glm::normalize(glm::mix(a.aside, b.aside, u));
  return out;
}

}  // namespace

StructureLine::StructureLine(const Run& run, double max_step_m) : structure_(run.structure) {
  ODDROAD_CHECK(structure_ != nullptr);
  for (const Station& station : run.stations) {
    StructureSection next;
    next.from_start_m = station.s_m - structure_->s_m;
    next.to_end_m = structure_->length_m - next.from_start_m;
    next.left = station.points.front().position;
    next.right = station.points.back().position;
    next.aside = station.left;
    if (!sections_.empty()) {
      const StructureSection last = sections_.back();
      const double gap = next.from_start_m - last.from_start_m;
      const int pieces = std::max(1, static_cast<int>(std::ceil(gap / max_step_m)));
      for (int k = 1; k < pieces; ++k) {
        sections_.push_back(mix(last, next, static_cast<double>(k) / pieces));
      }
    }
    sections_.push_back(next);
  }
  lower_ = upper_ = Vec2d(sections_.front().middle());
  for (const StructureSection& section : sections_) {
    for (const math::Vec3d& p : {section.left, section.right}) {
      lower_ = glm::min(lower_, Vec2d(p));
      upper_ = glm::max(upper_, Vec2d(p));
    }
  }
}

StructureSection StructureLine::at(double from_start_m) const {
  const auto after = std::upper_bound(sections_.begin() + 1, sections_.end() - 1, from_start_m,
                                      [](double value, const StructureSection& section) {
                                        return value < section.from_start_m;
                                      });
  const StructureSection& a = *(after - 1);
  const double gap = after->from_start_m - a.from_start_m;
  return mix(a, *after, gap > 0 ? std::clamp((from_start_m - a.from_start_m) / gap, 0.0, 1.0) : 0);
}

StructureLine::Beside StructureLine::beside(const Vec2d& p) const {
  Beside best;
  double nearest = 1e18;
  for (std::size_t i = 0; i + 1 < sections_.size(); ++i) {
    const Vec2d a(sections_[i].middle());
    const Vec2d way = Vec2d(sections_[i + 1].middle()) - a;
    const double length2 = glm::dot(way, way);
    const double u = length2 > 0 ? glm::dot(p - a, way) / length2 : 0;
    const double clamped = std::clamp(u, 0.0, 1.0);
    const double d = glm::length(p - a - clamped * way);
    if (d >= nearest) continue;
    nearest = d;
    best.section = mix(sections_[i], sections_[i + 1], clamped);
    best.aside_m = d;
    best.within = (i > 0 || u >= 0) && (i + 2 < sections_.size() || u <= 1);
  }
  return best;
}

bool StructureLine::is_near(const Vec2d& p, double reach_m) const {
  return p.x > lower_.x - reach_m && p.y > lower_.y - reach_m && p.x < upper_.x + reach_m &&
         p.y < upper_.y + reach_m;
}

}  // namespace oddroad::stage
