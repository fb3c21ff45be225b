#include "engine/verify/check_flow.h"

#include <algorithm>
#include <cmath>

#include "engine/capture/tolerances.h"
#include "engine/core/parallel.h"
#include "engine/verify/appearance.h"
#include "engine/verify/text.h"

namespace oddroad::verify {

using math::Vec2d;
using math::Vec3d;

namespace {

constexpr std::int64_t kUnexplainedInRow = 8;

enum State { kSeen = 0, kHidden = 1, kOutside = 2 };

struct FlowFiles {
  capture::Image<float> u, v, occluded;
};

// What a pixel's flow should be; `states` holds every state that counts as right.
struct Expected {
  bool shown = false;
  Vec2d displacement{0};
  bool states[3] = {false, false, false};
};

class FlowChecker {
 public:
  FlowChecker(const CameraScene& from, const CameraScene& to, const world::Actor& ego,
              const FlowFiles& files, std::string file)
      : from_(from),
        to_(to),
        ego_(ego),
        files_(files),
        file_(std::move(file)),
        there_(world::counterparts(from.window(), to.window())) {}

  void check(int x, int y, Check& flow, Check& occlusion) const {
    const Expected centre = expected(from_.at_centre(x, y), x, y);
    if (displacement_fits(centre, x, y) && state_fits(centre, x, y)) {
      flow.agree();
      occlusion.agree();
      return;
    }
    bool moves = displacement_fits(centre, x, y);
    bool hides = state_fits(centre, x, y);
    // A row that is wrong is wrong: edges are looked for where few pixels disagree.
    const bool few = std::max(flow.disagreements(), occlusion.disagreements()) < kUnexplainedInRow;
    for (const PixelTruth& t : few ? from_.near_centre(x, y) : std::vector<PixelTruth>()) {
      const Expected other = expected(t, x, y);
      moves |= displacement_fits(other, x, y);
      if (displacement_fits(other, x, y)) hides |= state_fits(other, x, y) || edge_there(t, x, y);
    }
    book(moves, centre, x, y, flow, true);
    book(hides, centre, x, y, occlusion, false);
  }

 private:
  [[nodiscard]] Vec2d found(int x, int y) const { return {files_.u.at(x, y), files_.v.at(x, y)}; }

  [[nodiscard]] bool displacement_fits(const Expected& e, int x, int y) const {
    const Vec2d f = found(x, y);
    if (!e.shown) return std::isnan(f.x) && std::isnan(f.y);
    const double tolerance =
        capture::kProjectedPx + capture::kProjectionShare * glm::length(e.displacement);
    return glm::length(f - e.displacement) <= tolerance;
  }
  [[nodiscard]] bool state_fits(const Expected& e, int x, int y) const {
    const float state = files_.occluded.at(x, y);
    return state >= 0 && state <= 2 && state == std::floor(state) &&
           e.states[static_cast<int>(state)];
  }

  [[nodiscard]] const world::Drawable& drawable_there(const Hit& hit) const {
    return to_.window().drawables[static_cast<std::size_t>(there_[hit.drawable])];
  }

  // The surface point's place at an instant; the point keeps its weights in the triangle.
  [[nodiscard]] Vec3d place(const Hit& hit, std::int64_t stamp_ns) const {
    const auto c = world::triangle_at(to_.window(), drawable_there(hit), hit.triangle, stamp_ns);
    return c[0] * hit.weights.x + c[1] * hit.weights.y + c[2] * hit.weights.z;
  }

  // The weights of the plane's point behind the pixel's centre, for hits beside it.
  [[nodiscard]] Hit at_pixel(const PixelTruth& t, int x, int y) const {
    Hit hit = t.hit;
    const auto ray = from_.view().ray(x, y);
    const auto& window = from_.window();
    const auto c = world::triangle_at(window, window.drawables[hit.drawable], hit.triangle,
                                      ray->world.stamp_ns);
    const Vec3d n = glm::cross(c[1] - c[0], c[2] - c[0]);
    const double toward = glm::dot(n, ray->world.direction);
    const double n2 = glm::dot(n, n);
    if (toward == 0 || n2 == 0) return hit;
    const Vec3d p =
        ray->world.origin + ray->world.direction * (glm::dot(n, c[0] - ray->world.origin) / toward);
    hit.weights.y = glm::dot(glm::cross(p - c[0], c[2] - c[0]), n) / n2;
    hit.weights.z = glm::dot(glm::cross(c[1] - c[0], p - c[0]), n) / n2;
    hit.weights.x = 1 - hit.weights.y - hit.weights.z;
    return hit;
  }

  [[nodiscard]] std::optional<Appearance> appearance(const PixelTruth& t, int x, int y) const {
    const auto ray = from_.view().ray(x, y);
    if (!ray) return std::nullopt;
    if (t.nothing) {
      const Vec3d direction = ray->world.direction;
      return find_appearance(to_.view(), ego_, true, [&](std::int64_t) {
        return direction;
      });
    }
    if (there_[t.hit.drawable] < 0) return std::nullopt;  // it has come or gone in between
    const Hit hit = at_pixel(t, x, y);
    return find_appearance(to_.view(), ego_, false, [&](std::int64_t stamp_ns) {
      return place(hit, stamp_ns);
    });
  }

  [[nodiscard]] Expected expected(const PixelTruth& t, int x, int y) const {
    Expected out;
    const auto there = appearance(t, x, y);
    if (!there) {
      out.states[kOutside] = true;
      return out;
    }
    out.shown = true;
    out.displacement = there->image - Vec2d(x + 0.5, y + 0.5);
    const CameraRecord& camera = to_.view().camera();
    const auto beyond = [](double value, double low, double high) {
      return std::max(low - value, value - high);
    };
    // How far outside the image; within the tolerance of the place both answers count.
    const double outside = std::max(beyond(there->image.x, 0, camera.width_px),
                                    beyond(there->image.y, 0, camera.height_px));
    out.states[kOutside] = outside > -capture::kProjectedPx;
    if (outside < capture::kProjectedPx) look(t.nothing, *there, {0, 0}, out.states);
    if (out.states[kSeen] && !t.nothing) out.states[kHidden] |= edge_on(t.hit, *there);
    return out;
  }

  // Single-precision rays cannot tell where along a surface that is seen edge-on they strike it, so
  // it may hide its own points.
  [[nodiscard]] bool edge_on(const Hit& hit, const Appearance& there) const {
    const auto c =
        world::triangle_at(to_.window(), drawable_there(hit), hit.triangle, there.stamp_ns);
    const Vec3d n = glm::cross(c[1] - c[0], c[2] - c[0]);
    const Vec3d way = there.point - there.T_world_camera.translation;
    const double distance = glm::length(way);
    const double cosine = std::abs(glm::dot(n, way)) / (glm::length(n) * distance);
    const double margin = std::max(capture::kHiddenM, capture::kHiddenShare * distance);
    return capture::kRayShare * distance > cosine * 0.5 * margin;
  }

  // What a ray to the point, moved by `offset` pixels in the image there, says.
  void look(bool at_infinity, const Appearance& there, const Vec2d& offset,
            bool (&states)[3]) const {
    Vec3d way = at_infinity ? there.point : there.point - there.T_world_camera.translation;
    const double distance = glm::length(way);
    if (offset != Vec2d(0)) {
      const auto direction =
          to_.view().lens().direction(there.image.x + offset.x, there.image.y + offset.y);
      if (!direction) return;
      way = there.T_world_camera.vector(*direction) * distance;
    }
    const auto hit = to_.tracer().nearest({there.T_world_camera.translation, way, there.stamp_ns});
    if (at_infinity) {
      states[hit ? kHidden : kSeen] = true;
      return;
    }
    const double margin = std::max(capture::kHiddenM, capture::kHiddenShare * distance);
    const double before = hit ? (1 - hit->t) * distance : -1;
    if (before > 0.5 * margin) states[kHidden] = true;
    if (before < 2 * margin) states[kSeen] = true;
  }

  // True if a ray that passes beside the point there gives the state found.
  [[nodiscard]] bool edge_there(const PixelTruth& t, int x, int y) const {
    const auto there = appearance(t, x, y);
    if (!there) return false;
    Expected e;
    around_centre(capture::kEdgePx, [&](double du, double dv) {
      look(t.nothing, *there, {du, dv}, e.states);
      return !state_fits(e, x, y);
    });
    return state_fits(e, x, y);
  }

  void book(bool on_edge, const Expected& e, int x, int y, Check& check, bool displacement) const {
    const bool centre = displacement ? displacement_fits(e, x, y) : state_fits(e, x, y);
    if (centre) return check.agree();
    if (on_edge) return check.agree_on_edge();
    const double off = e.shown ? glm::length(found(x, y) - e.displacement) : 1e9;
    check.disagree(displacement ? (std::isnan(off) ? 1e9 : off) : 1, [&] {
      const Vec2d f = found(x, y);
      const auto text = [](const Vec2d& v) {
        return to_text(v.x) + ", " + to_text(v.y) + " px";
      };
      Disagreement d{file_, "pixel " + std::to_string(x) + ", " + std::to_string(y), "", ""};
      if (displacement) {
        d.found = text(f);
        d.expected = e.shown ? text(e.displacement) : "NaN: the lens cannot show it";
      } else {
        d.found = "state " + to_text(files_.occluded.at(x, y));
        for (int s = 0; s < 3; ++s) {
          if (e.states[s]) d.expected += (d.expected.empty() ? "" : " or ") + std::to_string(s);
        }
      }
      return d;
    });
  }

  const CameraScene& from_;
  const CameraScene& to_;
  const world::Actor& ego_;
  const FlowFiles& files_;
  std::string file_;
  std::vector<std::int32_t> there_;  // drawables of `from` in `to`
};

std::optional<FlowFiles> read_flow(const std::filesystem::path& folder, const std::string& file,
                                   const CameraRecord& camera, Check& files) {
  auto read = read_exr(folder / file);
  const auto whole = [&](const char* name) {
    const auto it = read->find(name);
    return it != read->end() && it->second.width_px == camera.width_px &&
           it->second.height_px == camera.height_px;
  };
  if (!read || !whole("U") || !whole("V") || !whole("OCCLUDED")) {
    files.disagree(1, [&] {
      return Disagreement{file, "", read ? "channels or size" : core::to_string(read.error()),
                          "channels U, V, OCCLUDED of the camera's size"};
    });
    return std::nullopt;
  }
  files.agree();
  return FlowFiles{std::move((*read)["U"]), std::move((*read)["V"]),
                   std::move((*read)["OCCLUDED"])};
}

// One direction: to the frame `step` places away in the camera's list.
void check_direction(const ClipContext& context, const CameraRecord& camera,
                     const FrameRecord& frame, const CameraScene& scene, MeshTrees& trees, int step,
                     Report& report) {
  const auto& frames = context.frames.at(camera.name);
  const auto& named = step > 0 ? frame.flow_forward : frame.flow_backward;
  std::optional<FlowRecord> there;
  for (const FrameRecord& other : frames) {
    if (other.file_tick == frame.file_tick + step) there = FlowRecord{other.tick, other.stamp_ns};
  }
  const auto text = [](const std::optional<FlowRecord>& f) {
    return f ? "tick " + std::to_string(f->tick) + " at " + std::to_string(f->stamp_ns) + " ns"
             : std::string("none");
  };
  report["flow_neighbour"].compare(named == there ? 0 : 1, 0, [&] {
    return Disagreement{frame.file, step > 0 ? "forward" : "backward", text(named), text(there)};
  });
  if (!there) return;
  const std::string file = frame_prefix(camera.name, frame.file_tick) +
                           (step > 0 ? ".flow_forward.exr" : ".flow_backward.exr");
  const auto files = read_flow(context.folder, file, camera, report["files"]);
  if (!files) return;
  View view(camera, context.ego(), there->stamp_ns);
  const bool in_clip = view.begin_ns() >= 0 && view.end_ns() <= context.rebuilt.timeline.end_ns;
  if (!in_clip) return;  // the check `frames` tells
  const world::SceneBuilder builder(context.rebuilt.timeline, context.rebuilt.stage);
  const CameraScene other(builder, trees, std::move(view));
  const FlowChecker checker(scene, other, context.ego(), *files, file);
  std::vector<std::pair<Check, Check>> rows(camera.height_px,
                                            {Check("flow"), Check("flow_occlusion")});
  core::parallel_for(camera.height_px, [&](int y) {
    for (int x = 0; x < camera.width_px; ++x) checker.check(x, y, rows[y].first, rows[y].second);
  });
  for (const auto& [flow, occlusion] : rows) {
    report["flow"].merge(flow);
    report["flow_occlusion"].merge(occlusion);
  }
}

}  // namespace

void check_flow(const ClipContext& context, const CameraRecord& camera, const FrameRecord& frame,
                const CameraScene& scene, MeshTrees& trees, Report& report) {
  check_direction(context, camera, frame, scene, trees, 1, report);
  check_direction(context, camera, frame, scene, trees, -1, report);
}

}  // namespace oddroad::verify
