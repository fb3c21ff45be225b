#include "engine/verify/tracer.h"

#include <algorithm>
#include <limits>
#include <tuple>

#include "engine/core/parallel.h"

namespace oddroad::verify {

using math::Vec3d;

// One drawable over the window.
struct Tracer::Body {
  const world::Drawable* drawable = nullptr;
  const MeshTree* rest = nullptr;
  std::vector<DeformingTree> steps;  // [k]: from whole step k to k + 1; empty for rigid things
  bool still = false;
  math::Affine3d T_mesh_world;  // if still
  FloatBox world_box;
};

namespace {

FloatBox mesh_box(const MeshTree& rest, const std::vector<DeformingTree>& steps) {
  if (steps.empty()) return rest.tree().nodes.empty() ? FloatBox{} : rest.tree().nodes[0].box;
  FloatBox box;
  for (const DeformingTree& step : steps) box.include(step.bounds());
  return box;
}

// Entry by entry linear matrices move every corner on a straight line: the corners at whole
// milliseconds bound all that lies between them.
FloatBox world_box(const world::Drawable& drawable, const FloatBox& mesh) {
  FloatBox box;
  if (mesh.lower.x > mesh.upper.x) return box;
  for (const math::Affine3f& single : drawable.T_world_mesh) {
    const math::Affine3d T = math::to_double(single);
    for (int i = 0; i < 8; ++i) {
      const Vec3d corner(i & 1 ? mesh.upper.x : mesh.lower.x, i & 2 ? mesh.upper.y : mesh.lower.y,
                         i & 4 ? mesh.upper.z : mesh.lower.z);
      const Vec3d p = T.point(corner);
      box.include(round_outwards(p, p));
    }
  }
  return box;
}

}  // namespace

Tracer::Tracer(const world::SceneWindow& window, MeshTrees& trees, bool with_ego)
    : window_(window) {
  trees.prepare(window);
  bodies_.resize(window.drawables.size());
  core::parallel_for(bodies_.size(), [&](std::size_t d) {
    const world::Drawable& drawable = window.drawables[d];
    Body& body = bodies_[d];
    body.drawable = &drawable;
    body.rest = &trees.get(drawable.mesh);
    const auto& steps = drawable.steps;
    if (steps.size() == 1) body.steps.emplace_back(*body.rest, *steps[0], *steps[0]);
    for (std::size_t k = 0; k + 1 < steps.size(); ++k) {
      body.steps.emplace_back(*body.rest, *steps[k], *steps[k + 1]);
    }
    body.still = drawable.T_world_mesh.size() == 1;
    if (body.still) body.T_mesh_world = math::to_double(drawable.T_world_mesh[0]).inverse();
    body.world_box = world_box(drawable, mesh_box(*body.rest, body.steps));
  });
  std::vector<FloatBox> boxes;
  for (std::uint32_t d = 0; d < bodies_.size(); ++d) {
    const FloatBox& box = bodies_[d].world_box;
    const bool hidden = window.drawables[d].hidden_from_ego && !with_ego;
    if (hidden || box.lower.x > box.upper.x) continue;
    seen_.push_back(d);
    boxes.push_back(box);
  }
  tree_ = build_box_tree(boxes, 1);
}

Tracer::~Tracer() = default;

const FloatBox& Tracer::bounds(std::uint32_t drawable) const {
  return bodies_[drawable].world_box;
}

template <typename Found>
void Tracer::hits_of(std::uint32_t drawable, const Ray& ray, double& limit,
                     const Found& found) const {
  const Body& body = bodies_[drawable];
  const math::Affine3d T =
      body.still ? body.T_mesh_world
                 : world::transform_at(window_, *body.drawable, ray.stamp_ns).inverse();
  const PreparedRay local(T.point(ray.origin), T.vector(ray.direction));
  const auto hand_on = [&](const MeshHit& hit) {
    found(Hit{drawable, hit.triangle, hit.at.t, hit.at.weights});
  };
  if (body.steps.empty()) return body.rest->hits(local, limit, hand_on);
  const std::int64_t t = ray.stamp_ns - window_.begin_ns;
  const auto step = std::min(static_cast<std::size_t>(t / world::kStepNs), body.steps.size() - 1);
  const double share =
      static_cast<double>(t - static_cast<std::int64_t>(step) * world::kStepNs) / world::kStepNs;
  body.steps[step].hits(local, share, limit, hand_on);
}

namespace {

// Keeps the nearest hit.
struct Nearest {
  std::optional<Hit> hit;
  double limit = std::numeric_limits<double>::infinity();

  void operator()(const Hit& candidate) {
    const bool tie = hit && candidate.t == hit->t;
    if (tie &&
        std::tie(candidate.drawable, candidate.triangle) > std::tie(hit->drawable, hit->triangle)) {
      return;
    }
    hit = candidate;
    limit = candidate.t;
  }
};

}  // namespace

std::optional<Hit> Tracer::nearest(const Ray& ray) const {
  const PreparedRay prepared(ray.origin, ray.direction);
  Nearest best;
  walk(tree_, prepared, best.limit, [&](std::uint32_t item) {
    hits_of(seen_[item], ray, best.limit, [&](const Hit& hit) {
      best(hit);
    });
  });
  return best.hit;
}

std::optional<Hit> Tracer::nearest_of(const Ray& ray,
                                      std::span<const std::uint32_t> drawables) const {
  const PreparedRay prepared(ray.origin, ray.direction);
  Nearest best;
  for (const std::uint32_t d : drawables) {
    const FloatBox& box = bodies_[d].world_box;
    if (enter_box(prepared, box.lower, box.upper, best.limit) > best.limit) continue;
    hits_of(d, ray, best.limit, [&](const Hit& hit) {
      best(hit);
    });
  }
  return best.hit;
}

std::vector<Hit> Tracer::all(const Ray& ray, double t_max) const {
  const PreparedRay prepared(ray.origin, ray.direction);
  std::vector<Hit> hits;
  double limit = t_max;
  walk(tree_, prepared, limit, [&](std::uint32_t item) {
    hits_of(seen_[item], ray, limit, [&](const Hit& hit) {
      hits.push_back(hit);
    });
  });
  return hits;
}

}  // namespace oddroad::verify
