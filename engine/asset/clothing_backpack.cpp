// A backpack that hangs on the chest bone, with straps laid over the shoulders.
#include <algorithm>
#include <cmath>

#include "engine/asset/clothing.h"

namespace oddroad::asset {

namespace {

struct Pack {
  double width, height, depth;
  Vec3d centre;  // of the side that touches the back
};

Pack pack_of(const Tailor& t) {
  const double h = t.h();
  const bool child = t.traits.childlike > .3;
  const double size = child ? .80 + .2 * (h - 1) : h / 1.75;
  const double height = (child ? .40 : .45) * size;
  const double top = t.skeleton.joint[kNeck].z - .010 * h;
  const double back = -.075 * h - t.cloth(t.traits.outfit.upper == Upper::kParka ? .040 : .020);
  return {.29 * size, height, (child ? .17 : .18) * size, {back + .012, 0, top - height / 2}};
}

TriangleMesh make_body(const Pack& pack) {
  std::vector<Ring> rings;
  constexpr int kRings = 8;
  for (int i = 0; i <= kRings; ++i) {
    const double w = -1 + 2.0 * i / kRings;  // bottom to top
    const double round = std::pow(std::max(0.0, 1 - std::pow(std::abs(w), 5)), .35);
    const double bulge = 1 - .22 * smooth_step(-.2, 1, w);
    Ring ring;
    for (int j = 0; j < 18; ++j) {
      const double a = 2 * 3.14159265358979 * j / 18;
      const double c = std::copysign(std::pow(std::abs(std::cos(a)), .55), std::cos(a));
      const double n = std::copysign(std::pow(std::abs(std::sin(a)), .55), std::sin(a));
      const double k = .25 + .75 * round;
      ring.push_back(Vec3f(
          Vec3d(pack.centre.x - pack.depth / 2 * bulge + pack.depth / 2 * bulge * k * c,
                pack.centre.y + pack.width / 2 * k * n, pack.centre.z + pack.height / 2 * w)));
    }
    rings.push_back(std::move(ring));
  }
  return loft(rings, kMatBag);
}

TriangleMesh make_pocket(const Pack& pack) {
  Pack pocket = pack;
  pocket.width *= .72;
  pocket.height *= .42;
  pocket.depth *= .34;
  pocket.centre.x -= pack.depth * .90;
  pocket.centre.z -= pack.height * .20;
  TriangleMesh out = make_body(pocket);
  const Vec3d bar = pack.centre + Vec3d(-pack.depth * .93, 0, pack.height * .10);
  out.append(box(Vec3f(bar), Vec3f(.006f, static_cast<float>(pack.width * .7), .008f), kMatTrim));
  return out;
}

// A flat band along points with outward normals.
TriangleMesh make_band(const std::vector<Vec3d>& path, const std::vector<Vec3d>& normal,
                       double width) {
  std::vector<Ring> rings;
  for (std::size_t i = 0; i < path.size(); ++i) {
    const Vec3d ahead = path[std::min(i + 1, path.size() - 1)] - path[i > 0 ? i - 1 : 0];
    const Vec3d across = glm::normalize(glm::cross(normal[i], ahead)) * (width / 2);
    const Vec3d up = normal[i] * .006;
    Ring ring;
    for (const Vec3d& corner : {across - up, across + up, -across + up, -across - up}) {
      ring.push_back(Vec3f(path[i] + corner));
    }
    rings.push_back(std::move(ring));
  }
  return loft(rings, kMatBag);
}

TriangleMesh make_strap(const Tailor& t, const Pack& pack, double side) {
  const double h = t.h();
  const double loose = t.cloth(t.traits.outfit.upper == Upper::kParka ? .043 : .024);
  const TubeShape trunk = trunk_tube(t, [=](double) {
    return loose;
  });
  const double y = side * .056 * h;
  const double sole = t.traits.shape.sole_m;
  const double low = (t.traits.shape.crotch + .20) * h;
  const double high = trunk.rings().back().s;
  // Half depth of the trunk at this y, from the front of the chest up over the shoulder and back.
  const auto half = [&](double z) {
    const TubeShape::Ring ring = trunk.ring_at(z);
    const double q = std::pow(std::abs(y) / ring.half_v, 2.4);
    return q < 1 ? ring.half_u * std::pow(1 - q, 1 / 2.4) : 0.0;
  };
  double top = high;
  while (top > low && half(top) <= 0) top -= .002;
  std::vector<Vec3d> path;
  std::vector<Vec3d> normal;
  constexpr int kSteps = 9;
  for (int i = 0; i <= 2 * kSteps; ++i) {
    const double w = static_cast<double>(i) / kSteps - 1;  // -1 front low, 0 top, 1 back
    const double bottom = w < 0 ? low : pack.centre.z - sole + pack.height * .25;
    const double z = top - (top - bottom) * w * w;
    const double x = trunk.ring_at(z).centre_u - std::copysign(half(z), w) * (w == 0 ? 0 : 1);
    path.push_back({x, y * (1 + .25 * w * w * (w < 0)), z + sole + .004});
  }
  for (std::size_t i = 0; i < path.size(); ++i) {
    const Vec3d ahead = path[std::min(i + 1, path.size() - 1)] - path[i > 0 ? i - 1 : 0];
    Vec3d n = glm::cross(Vec3d(0, 1, 0), ahead);
    normal.push_back(glm::length(n) > 1e-9 ? glm::normalize(n) : Vec3d(0, 0, 1));
  }
  // Under the arm back to the bag.
  path.insert(path.begin(),
              Vec3d(-.02 * h, side * (trunk.ring_at(low).half_v + .002), low + sole - .02 * h));
  normal.insert(normal.begin(), Vec3d(0, side, 0));
  path.insert(path.begin(), Vec3d(pack.centre.x - .01, side * pack.width * .40,
                                  pack.centre.z - pack.height * .38));
  normal.insert(normal.begin(), Vec3d(-.3, side * .95, 0));
  for (Vec3d& n : normal) n = glm::normalize(n);
  return make_band(path, normal, t.cloth(.048));
}

}  // namespace

void add_backpack(const Tailor& t) {
  const Pack pack = pack_of(t);
  const auto chest = [](const Vec3d&) {
    return SkinWeights::rigid(kSpine3);
  };
  t.out.add(make_body(pack), chest);
  t.out.add(make_pocket(pack), chest);
  for (const double side : {1.0, -1.0}) {
    t.out.add(make_strap(t, pack, side), [&](const Vec3d& p) {
      const SkinVertex v = t.weights.trunk(p);
      // The arm swings under the strap.
      return v.bone >= kClavicle ? SkinWeights::rigid(kSpine3) : v;
    });
  }
}

}  // namespace oddroad::asset
