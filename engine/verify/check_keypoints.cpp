#include "engine/verify/check_keypoints.h"

#include <algorithm>
#include <cmath>

#include "engine/capture/tolerances.h"
#include "engine/verify/appearance.h"
#include "engine/verify/text.h"
#include "engine/verify/true_boxes.h"

namespace oddroad::verify {

using math::Vec2d;
using math::Vec3d;

namespace {

// World frame at an instant, keypoint k of a thing. Deforming things: the model says where they are
// at whole 10 ms steps, between which everything about a skin is linear.
Vec3d keypoint_at(const world::SceneWindow& window, const world::InstanceInfo& info, std::size_t k,
                  std::int64_t stamp_ns) {
  const asset::KeypointAnchor& anchor = info.model->keypoints[k];
  const math::Affine3d T = placement(info, stamp_ns);
  if (info.actor != nullptr && info.model->deformer) {
    const std::int64_t step = stamp_ns / world::kStepNs;
    const double u = static_cast<double>(stamp_ns - step * world::kStepNs) / world::kStepNs;
    const auto& model = *info.model->deformer;
    const Vec3d a = model.keypoints(info.actor->state(step).articulation).at(k);
    const Vec3d b = model.keypoints(info.actor->state(step + 1).articulation).at(k);
    return T.point(glm::mix(a, b, u));
  }
  if (anchor.part < 0) return T.point(anchor.position_m);
  const auto& drawable = window.drawables[info.drawables[anchor.part]];
  return world::transform_at(window, drawable, stamp_ns).point(anchor.position_m);
}

class KeypointChecker {
 public:
  KeypointChecker(const CameraScene& scene, const world::Actor& ego, std::string file)
      : scene_(scene), ego_(ego), file_(std::move(file)) {}

  void check(const world::InstanceInfo& info, const ImageObjectRecord& object, Check& check) const {
    const std::size_t count = info.model->keypoints.size();
    if (object.keypoints.size() != count) {
      check.disagree(1e9, [&] {
        return Disagreement{file_, "object " + scene_.name_of(object.id),
                            std::to_string(object.keypoints.size()) + " keypoints",
                            std::to_string(count)};
      });
      return;
    }
    for (std::size_t k = 0; k < count; ++k) check_one(info, k, object.keypoints[k], check);
  }

 private:
  void check_one(const world::InstanceInfo& info, std::size_t k, const KeypointRecord& found,
                 Check& check) const {
    const auto there = find_appearance(scene_.view(), ego_, false, [&](std::int64_t stamp_ns) {
      return keypoint_at(scene_.window(), info, k, inside(stamp_ns));
    });
    const double off = there ? glm::length(Vec2d(found.u_px, found.v_px) - there->image)
                             : (std::isnan(found.u_px) ? 0 : 1e9);
    const double tolerance =
        capture::kProjectedPx + (there ? capture::kProjectionShare * glm::length(there->image) : 0);
    bool states[4] = {};
    if (!there) states[0] = true;
    if (there) allowed_states(info, k, *there, states);
    const bool state_fits = found.state >= 0 && found.state <= 3 && states[found.state];
    check.compare(off <= tolerance ? (state_fits ? 0 : 1) : std::max(off, 1.0), 0, [&] {
      Disagreement d{
          file_, "object " + scene_.name_of(info.id.value) + " " + info.model->keypoints[k].name,
          to_text(found.u_px) + ", " + to_text(found.v_px) + " px, state " +
              std::to_string(found.state),
          there ? to_text(there->image.x) + ", " + to_text(there->image.y) + " px" : "not shown"};
      for (int s = 0; s < 4; ++s) {
        if (states[s]) d.expected += " state " + std::to_string(s);
      }
      return d;
    });
  }

  // A search over rows may ask beyond the exposed span by a rounding.
  [[nodiscard]] std::int64_t inside(std::int64_t stamp_ns) const {
    return std::clamp(stamp_ns, scene_.window().begin_ns, scene_.window().end_ns);
  }

  void allowed_states(const world::InstanceInfo& info, std::size_t k, const Appearance& there,
                      bool (&states)[4]) const {
    const CameraRecord& camera = scene_.view().camera();
    const double outside =
        std::max({-there.image.x, -there.image.y, there.image.x - camera.width_px,
                  there.image.y - camera.height_px});
    if (outside > -capture::kProjectedPx) states[0] = true;
    if (outside >= capture::kProjectedPx) return;
    look(info, k, there, {0, 0}, states);
    around_centre(capture::kEdgePx, [&](double du, double dv) {
      look(info, k, there, {du, dv}, states);
      return true;
    });
  }

  // The state that a ray to the keypoint, or just beside it, gives.
  void look(const world::InstanceInfo& info, std::size_t k, const Appearance& there,
            const Vec2d& offset, bool (&states)[4]) const {
    const Vec3d origin = there.T_world_camera.translation;
    Vec3d way = there.point - origin;
    const double distance = glm::length(way);
    if (offset != Vec2d(0)) {
      const auto beside =
          scene_.view().lens().direction(there.image.x + offset.x, there.image.y + offset.y);
      if (!beside) return;
      way = there.T_world_camera.vector(*beside) * distance;
    }
    const auto hit = scene_.tracer().nearest({origin, way, there.stamp_ns});
    const double before = hit ? (1 - hit->t) * distance : -1;
    const double slack = 1e-3 + 1e-6 * distance;  // single-precision distances
    if (before < slack) states[3] = true;
    if (before < -slack) return;
    const bool own = hit && scene_.window().drawables[hit->drawable].instance == info.id;
    if (!own) {
      states[1] |= before > -slack;
      return;
    }
    const double reach = info.model->keypoints[k].reach_m;
    if (before <= reach + slack) states[3] = true;
    if (before > reach - slack) states[2] = true;
  }

  const CameraScene& scene_;
  const world::Actor& ego_;
  std::string file_;
};

}  // namespace

void check_keypoints_3d(const world::SceneWindow& window, const world::Actor& ego,
                        const FrameRecord& frame, Report& report) {
  Check& check = report["keypoints_3d"];
  const math::Affine3d T_ego_world = world::pose_at(ego, frame.stamp_ns).inverse();
  for (const WorldObjectRecord& object : frame.in_world) {
    const world::InstanceInfo* info = window.find(core::InstanceId(object.id));
    if (info == nullptr) continue;
    const std::size_t count = info->model->keypoints.size();
    check.compare(object.keypoints_ego_m.size() == count ? 0 : 1, 0, [&] {
      return Disagreement{frame.file, "object " + std::to_string(object.id) + " " + object.name,
                          std::to_string(object.keypoints_ego_m.size()) + " keypoints",
                          std::to_string(count)};
    });
    for (std::size_t k = 0; k < std::min(count, object.keypoints_ego_m.size()); ++k) {
      const Vec3d expected = T_ego_world.point(keypoint_at(window, *info, k, frame.stamp_ns));
      check.compare(glm::length(object.keypoints_ego_m[k] - expected), capture::kKeypointM, [&] {
        return Disagreement{frame.file,
                            "object " + std::to_string(object.id) + " " + object.name + " " +
                                info->model->keypoints[k].name,
                            to_text(object.keypoints_ego_m[k]), to_text(expected)};
      });
    }
  }
}

void check_keypoints(const CameraScene& scene, const world::Actor& ego, const FrameRecord& frame,
                     Report& report) {
  const KeypointChecker checker(scene, ego, frame.file);
  for (const ImageObjectRecord& object : frame.in_image) {
    const auto* info = scene.window().find(core::InstanceId(object.id));
    if (info != nullptr) checker.check(*info, object, report["keypoints"]);
  }
}

}  // namespace oddroad::verify
