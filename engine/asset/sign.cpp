#include "engine/asset/sign.h"

#include <algorithm>
#include <cmath>

#include "engine/asset/materials.h"
#include "engine/asset/sign_faces.h"

namespace oddroad::asset {

namespace {

constexpr float kSheet = .025f;  // folded rim included

struct BoardSize {
  double width, height;
};
template <SignKind kKind>
constexpr bool is_plate() {
  return kKind == SignKind::kOneWay || kKind == SignKind::kChevron || kKind == SignKind::kTown ||
         kKind == SignKind::kBoard;
}
template <SignKind kKind>
BoardSize board_size(const PropNumbers& n) {
  if constexpr (is_plate<kKind>()) {
    return {n.get("width"), n.get("height")};
  } else {
    const double s = n.get("size");
    const bool triangle = kKind == SignKind::kYield || kKind == SignKind::kWarning;
    // Rounded corners and a triangle's height take something from the box.
    return triangle ? BoardSize{.927 * s, .816 * s} : BoardSize{s, s};
  }
}

template <SignKind kKind>
std::vector<NumberRange> numbers_of(double size, double width = 0, double height = 0) {
  std::vector<NumberRange> out;
  if constexpr (is_plate<kKind>()) {
    out = {{"width", .2, 12, width}, {"height", .1, 8, height}};
  } else {
    out = {{"size", .3, 1.6, size}};
  }
  const double lower = kKind == SignKind::kChevron ? .8 : kKind == SignKind::kTown ? 1.5 : 2.1;
  out.push_back({"lower", 0, 8, lower});
  out.push_back({"post", 0, 1, 1});
  out.push_back({"turned", 0, 1, 0});
  if (kKind == SignKind::kSpeedLimit || kKind == SignKind::kEndOfLimit) {
    out.push_back({"value", 5, 150, 50});
  }
  return out;
}

template <SignKind kKind>
ModelSize size_of(const PropNumbers& n) {
  const BoardSize b = board_size<kKind>(n);
  const double top = n.get("lower") + b.height;
  return {.12, std::max(b.width, .06), n.get("post") > .5 ? top + .03 : top, .06, 0};
}

void add_posts(TriangleMesh& mesh, float width, float top, std::uint16_t steel) {
  const float r = width > 1.4f ? .038f : .030f;
  const float spread = width > 1.1f ? .5f * width - .12f : 0.f;
  for (const float side : {-1.f, 1.f}) {
    if (spread == 0 && side > 0) break;
    const float y = spread * side;
    mesh.append(cylinder({-.045f, y, 0}, {-.045f, y, top}, r, r, 14, steel));
    mesh.append(
        cylinder({-.045f, y, top}, {-.045f, y, top + .015f}, r + .003f, .8f * r, 14, steel));
  }
}

template <SignKind kKind>
Model make_sign(const PropNumbers& n) {
  enum : std::uint16_t { kFace, kBack, kSteel };
  const BoardSize b = board_size<kKind>(n);
  const auto width = static_cast<float>(b.width);
  const auto height = static_cast<float>(b.height);
  const float lower = static_cast<float>(n.get("lower"));
  SignFace face = sign_face(kKind, width, height, n);
  Vec2f low = face.outline[0];
  Vec2f high = low;
  for (const Vec2f& p : face.outline) low = glm::min(low, p), high = glm::max(high, p);
  // The drawing's x runs to the right of who looks at the face: to +y of the model.
  const Affine3f T{glm::mat3({0, 1, 0}, {0, 0, 1}, {1, 0, 0}), Vec3f(0, 0, lower - low.y)};
  TriangleMesh mesh = extrude(face.outline, -kSheet, -.001f, T, kBack, .004f);
  TriangleMesh front = flat_polygon(face.outline, T, kFace);
  for (std::size_t i = 0; i < front.positions.size(); ++i) {
    const Vec3f& p = front.positions[i];
    front.uvs[i] = {(p.y - low.x) / (high.x - low.x),
                    (lower + high.y - low.y - p.z) / (high.y - low.y)};
  }
  mesh.append(front);
  if (n.get("post") > .5) {
    const float top = lower + high.y - low.y;
    add_posts(mesh, high.x - low.x, top, kSteel);
    for (const float u : {.22f, .78f}) {  // clamps
      mesh.append(box({-.045f, 0, lower + u * (top - lower)}, {.06f, .09f, .03f}, kSteel));
    }
  }
  Material film = materials::plain("sign_face", {1, 1, 1}, .35f, .5f);
  film.texture = 0;
  film.retro_905nm = kKind == SignKind::kBoard ? 0.f : 300.f;
  Model model =
      single_part_model(n.type(), "traffic_sign", std::move(mesh),
                        {film, materials::plain("sign_back", {.30f, .31f, .32f}, .6f, .35f),
                         materials::galvanised_steel()});
  model.textures.push_back(std::move(face.texture));
  return model;
}

template <SignKind kKind>
PropType row(const char* name, double size, double width = 0, double height = 0) {
  return {name, numbers_of<kKind>(size, width, height), size_of<kKind>, make_sign<kKind>};
}

}  // namespace

std::vector<PropType> sign_types() {
  return {row<SignKind::kBoard>("sign.board", 0, .6, .6),
          row<SignKind::kChevron>("sign.chevron", 0, 1.5, .5),
          row<SignKind::kCrosswalk>("sign.crosswalk", .6),
          row<SignKind::kEndOfLimit>("sign.end_of_limit", .6),
          row<SignKind::kNoEntry>("sign.no_entry", .6),
          row<SignKind::kNoOvertaking>("sign.no_overtaking", .6),
          row<SignKind::kOneWay>("sign.one_way", 0, .8, .3),
          row<SignKind::kPriority>("sign.priority", .85),
          row<SignKind::kRoundabout>("sign.roundabout", .6),
          row<SignKind::kSpeedLimit>("sign.speed_limit", .6),
          row<SignKind::kStop>("sign.stop", .9),
          row<SignKind::kTown>("sign.town", 0, 1.0, .65),
          row<SignKind::kWarning>("sign.warning", .9),
          row<SignKind::kYield>("sign.yield", .9)};
}

}  // namespace oddroad::asset
