#include <cmath>

#include "engine/asset/vehicle_features.h"
#include "engine/asset/vehicle_paint.h"

namespace oddroad::asset {

using math::Vec2d;
using math::Vec3d;

namespace {

const Vec3d kX(1, 0, 0);
const Vec3d kY(0, 1, 0);
const Vec3d kZ(0, 0, 1);

bool faces_left(const Vec3d& p, const Vec3d& n, double width) {
  return n.y > 0.25 && p.y > 0.25 * width;
}

}  // namespace

ConvexCell prism(const std::vector<Vec2d>& polygon, const Vec3d& a, const Vec3d& b) {
  double area = 0;
  for (std::size_t i = 0; i < polygon.size(); ++i) {
    const Vec2d p = polygon[i];
    const Vec2d q = polygon[(i + 1) % polygon.size()];
    area += p.x * q.y - q.x * p.y;
  }
  const double turn = area > 0 ? 1 : -1;
  ConvexCell cell;
  for (std::size_t i = 0; i < polygon.size(); ++i) {
    const Vec2d p = polygon[i];
    const Vec2d d = polygon[(i + 1) % polygon.size()] - p;
    if (glm::length(d) < 1e-6) continue;
    const Vec2d n = turn * glm::normalize(Vec2d(d.y, -d.x));
    cell.push_back({n.x * a + n.y * b, glm::dot(n, p)});
  }
  return cell;
}

void FeaturePen::region(const ConvexCell& cell, std::uint16_t tag, const CutFilter& filter) {
  cut_skin(skin_, cell, tag, filter);
}

void FeaturePen::side(const std::vector<Vec2d>& polygon, std::uint16_t tag) {
  const double width = shape().width_m;
  region(prism(polygon, kX, kZ), tag, [width](const Vec3d& p, const Vec3d& n, std::uint16_t) {
    return faces_left(p, n, width);
  });
}

void FeaturePen::front(const std::vector<Vec2d>& polygon, std::uint16_t tag) {
  const double middle = shape().from_front(0.5);
  region(prism(polygon, kY, kZ), tag, [middle](const Vec3d& p, const Vec3d& n, std::uint16_t) {
    return n.x > 0.15 && p.x > middle;
  });
}

void FeaturePen::rear(const std::vector<Vec2d>& polygon, std::uint16_t tag) {
  const double middle = shape().from_front(shape().style == BodyStyle::kPickup ? 0.55 : 0.6);
  region(prism(polygon, kY, kZ), tag, [middle](const Vec3d& p, const Vec3d& n, std::uint16_t) {
    return n.x < -0.15 && p.x < middle;
  });
}

void FeaturePen::top(const std::vector<Vec2d>& polygon, std::uint16_t tag) {
  region(prism(polygon, kX, kY), tag, [](const Vec3d&, const Vec3d& n, std::uint16_t) {
    return n.z > 0.3;
  });
}

void FeaturePen::lines(const std::vector<Vec2d>& path, double width_m, const Vec3d& a,
                       const Vec3d& b, std::uint16_t tag, const CutFilter& filter) {
  const CutFilter on_paint = [&](const Vec3d& p, const Vec3d& n, std::uint16_t present) {
    return present == surface::kPaint && filter(p, n, present);
  };
  for (std::size_t i = 0; i + 1 < path.size(); ++i) {
    const Vec2d d = glm::normalize(path[i + 1] - path[i]) * (0.5 * width_m);
    const Vec2d n(-d.y, d.x);
    const Vec2d p = path[i] - d;
    const Vec2d q = path[i + 1] + d;
    region(prism({p - n, q - n, q + n, p + n}, a, b), tag, on_paint);
  }
}

void FeaturePen::side_line(const std::vector<Vec2d>& path, double width_m, std::uint16_t tag) {
  const double width = shape().width_m;
  lines(path, width_m, kX, kZ, tag, [width](const Vec3d& p, const Vec3d& n, std::uint16_t) {
    return faces_left(p, n, width);
  });
}

void FeaturePen::front_line(const std::vector<Vec2d>& path, double width_m, std::uint16_t tag) {
  const double middle = shape().from_front(0.3);
  lines(path, width_m, kY, kZ, tag, [middle](const Vec3d& p, const Vec3d& n, std::uint16_t) {
    return n.x > 0.15 && p.x > middle;
  });
}

void FeaturePen::rear_line(const std::vector<Vec2d>& path, double width_m, std::uint16_t tag) {
  const double middle = shape().from_front(0.7);
  lines(path, width_m, kY, kZ, tag, [middle](const Vec3d& p, const Vec3d& n, std::uint16_t) {
    return n.x < -0.25 && p.x < middle;
  });
}

void FeaturePen::top_line(const std::vector<Vec2d>& path, double width_m, std::uint16_t tag) {
  lines(path, width_m, kX, kY, tag, [](const Vec3d&, const Vec3d& n, std::uint16_t) {
    return n.z > 0.45;
  });
}

Vec3d skin_ahead(const BodyField& field, double y, double z) {
  return field.hit({field.shape().from_front(0.15), y, z}, kX);
}

Vec3d skin_behind(const BodyField& field, double y, double z) {
  return field.hit({field.shape().from_front(0.78), y, z}, -kX);
}

Vec3d skin_beside(const BodyField& field, double x, double z) {
  return field.hit({x, 0, z}, kY);
}

Vec3d skin_above(const BodyField& field, double x, double y) {
  return field.hit({x, y, 0.4 * field.shape().height_m}, kZ);
}

}  // namespace oddroad::asset
