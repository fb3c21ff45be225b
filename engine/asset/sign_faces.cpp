#include "engine/asset/sign_faces.h"

#include <algorithm>
#include <cmath>
#include <string>

namespace oddroad::asset {

namespace {

using namespace sign_colour;

std::vector<Vec2f> regular(int corners, float radius, float first_rad) {
  std::vector<Vec2f> out;
  for (int k = 0; k < corners; ++k) {
    const float a = first_rad + 2 * kPi * static_cast<float>(k) / static_cast<float>(corners);
    out.emplace_back(radius * std::cos(a), radius * std::sin(a));
  }
  return out;
}

std::vector<Vec2f> scaled(std::vector<Vec2f> points, float factor, const Vec2f& about = {0, 0}) {
  for (Vec2f& p : points) p = about + factor * (p - about);
  return points;
}

// Rounded triangle of side 1, point up or down, its box centred.
std::vector<Vec2f> triangle(bool up) {
  const float height = .866f;
  const Vec2f corner[] = {{-.5f, -.5f * height}, {.5f, -.5f * height}, {0, .5f * height}};
  const float r = .05f;
  std::vector<Vec2f> out;
  for (int c = 0; c < 3; ++c) {
    const Vec2f middle(0, -height / 6);
    // The corner circle's centre lies 2 r inside the corner.
    const Vec2f centre = corner[c] + 2 * r * glm::normalize(middle - corner[c]);
    const float towards = std::atan2(corner[c].y - middle.y, corner[c].x - middle.x);
    for (int k = -2; k <= 2; ++k) {
      const float a = towards + static_cast<float>(k) * kPi / 6;
      out.push_back(centre + r * Vec2f(std::cos(a), std::sin(a)));
    }
  }
  if (!up) {
    for (Vec2f& p : out) p = -p;
  }
  return out;
}

std::vector<Vec2f> outline_of(SignKind kind, float aspect) {
  switch (kind) {
    case SignKind::kStop:
      return regular(8, .5f / std::cos(kPi / 8), kPi / 8);
    case SignKind::kYield:
      return triangle(false);
    case SignKind::kWarning:
      return triangle(true);
    case SignKind::kPriority:
      return regular(4, .5f, 0);
    case SignKind::kSpeedLimit:
    case SignKind::kEndOfLimit:
    case SignKind::kNoEntry:
    case SignKind::kNoOvertaking:
    case SignKind::kRoundabout:
      return circle(.5f, 32);
    default: {
      const float w = std::min(1.f, aspect);
      const float h = std::min(1.f, 1 / aspect);
      return rounded_rectangle(w, h, .06f * std::min(w, h), 2);
    }
  }
}

void car_front(SignCanvas& c, float x, SignColour colour) {
  c.polygon({{x - .11f, -.02f}, {x + .11f, -.02f}, {x + .08f, .11f}, {x - .08f, .11f}}, colour);
  c.rectangle({x, -.05f}, {.25f, .11f}, colour);
  c.rectangle({x, .045f}, {.13f, .07f}, kWhite);
  for (const float side : {-.08f, .08f}) c.rectangle({x + side, -.12f}, {.05f, .06f}, colour);
}

// Mid-stride to the left, on a crossing.
void walker(SignCanvas& c, const Vec2f& at, float h, SignColour colour) {
  const auto p = [&](float x, float y) {
    return at + h * Vec2f(x, y);
  };
  c.disc(p(.02f, .90f), .095f * h, colour);
  c.stroke({p(0, .72f), p(.02f, .45f)}, .17f * h, colour);
  c.stroke({p(.02f, .45f), p(-.16f, .24f), p(-.22f, 0)}, .10f * h, colour);
  c.stroke({p(.02f, .45f), p(.13f, .22f), p(.26f, .02f)}, .10f * h, colour);
  c.stroke({p(0, .74f), p(-.18f, .58f), p(-.24f, .46f)}, .07f * h, colour);
  c.stroke({p(0, .74f), p(.17f, .60f), p(.20f, .44f)}, .07f * h, colour);
}

void triangle_face(SignCanvas& c, const std::vector<Vec2f>& outline, bool up) {
  const Vec2f middle(0, up ? -.144f : .144f);
  c.polygon(outline, kWhite);
  c.polygon(scaled(outline, .965f, middle), kRed);
  c.polygon(scaled(outline, .68f, middle), kWhite);
}

void paint_face(SignKind kind, SignCanvas& c, float w, float h, const PropNumbers& n) {
  const auto outline = outline_of(kind, w / h);
  const float mirror = n.get("turned") > .5 ? -1.f : 1.f;
  switch (kind) {
    case SignKind::kStop:
      c.polygon(outline, kWhite);
      c.polygon(scaled(outline, .955f), kRed);
      c.text("STOP", {0, 0}, .33f, .05f, .80f, kWhite);
      break;
    case SignKind::kYield:
      triangle_face(c, outline, false);
      break;
    case SignKind::kWarning:
      triangle_face(c, outline, true);
      c.text("!", {0, -.10f}, .34f, .065f, .3f, kBlack);
      break;
    case SignKind::kPriority:
      c.polygon(outline, kWhite);
      c.polygon(scaled(outline, .97f), kBlack);
      c.polygon(scaled(outline, .93f), kWhite);
      c.polygon(scaled(outline, .66f), kYellow);
      break;
    case SignKind::kSpeedLimit:
    case SignKind::kEndOfLimit: {
      const bool end = kind == SignKind::kEndOfLimit;
      const std::string digits = std::to_string(std::lround(n.get("value")));
      const float cap = digits.size() > 2 ? .33f : .42f;
      c.text(digits, {0, 0}, cap, digits.size() > 2 ? .055f : .068f, .62f, end ? kGrey : kBlack);
      if (!end) c.ring({0, 0}, .5f, .10f, kRed);
      if (end) {
        for (int k = -2; k <= 2; ++k) {
          const Vec2f o = .055f * static_cast<float>(k) * Vec2f(-1, 1);
          c.stroke({o - Vec2f(.33f), o + Vec2f(.33f)}, .02f, kBlack);
        }
        c.ring({0, 0}, .5f, .025f, kBlack);
      }
      break;
    }
    case SignKind::kNoEntry:
      c.disc({0, 0}, .5f, kWhite);
      c.disc({0, 0}, .485f, kRed);
      c.rectangle({0, 0}, {.70f, .18f}, kWhite);
      break;
    case SignKind::kNoOvertaking:
      car_front(c, -.16f, kRed);
      car_front(c, .16f, kBlack);
      c.ring({0, 0}, .5f, .10f, kRed);
      break;
    case SignKind::kRoundabout:
      for (int k = 0; k < 3; ++k) {
        std::vector<Vec2f> arc;
        for (int i = 0; i <= 8; ++i) {
          const float a =
              2 * kPi * static_cast<float>(k) / 3 + .2f + 1.55f * static_cast<float>(i) / 8;
          arc.push_back(.29f * Vec2f(std::cos(a), std::sin(a)));
        }
        c.arrow(arc, .09f, .17f, kWhite);
      }
      break;
    case SignKind::kCrosswalk:
      c.polygon({{-.40f, -.34f}, {.40f, -.34f}, {0, .36f}}, kWhite);
      for (int k = -2; k <= 2; ++k) {
        c.rectangle({.12f * static_cast<float>(k), -.29f}, {.06f, .07f}, kBlack);
      }
      walker(c, {0, -.26f}, .46f, kBlack);
      break;
    case SignKind::kOneWay: {
      const float e = .5f * std::min(1.f, w / h);
      c.arrow({{-.78f * e * mirror, 0}, {.84f * e * mirror, 0}}, .09f, .22f, kWhite);
      break;
    }
    case SignKind::kChevron: {
      const float hw = .5f * std::min(1.f, w / h);
      const float hh = .5f * std::min(1.f, h / w);
      const int count = std::max(1, static_cast<int>(std::lround(hw / hh)));
      const float pitch = 2 * hw / static_cast<float>(count);
      for (int k = 0; k < count; ++k) {
        const float x = -hw + pitch * (static_cast<float>(k) + .18f);
        const float t = .34f * pitch;
        const float d = .30f * pitch;
        std::vector<Vec2f> v = {{x, -hh},    {x + t, -hh}, {x + t + d, 0},
                                {x + t, hh}, {x, hh},      {x + d, 0}};
        for (Vec2f& p : v) p.x *= mirror;
        c.polygon(v, kRed);
      }
      break;
    }
    case SignKind::kTown: {
      constexpr const char* kNames[] = {"NEUSTADT", "ALTDORF", "BERGEN",
                                        "HOLNAU",   "SONNTAL", "FELDBERG"};
      core::RandomStream stream = n.stream("sign/town");
      const float hw = .5f * std::min(1.f, w / h);
      const float hh = .5f * std::min(1.f, h / w);
      c.rectangle({0, 0}, {2 * hw, 2 * hh}, kBlack);
      c.rectangle({0, 0}, {2 * hw - .03f, 2 * hh - .03f}, kYellow);
      c.text(kNames[stream.below(6)], {0, .12f * hh}, .17f, .024f, 1.8f * hw, kBlack);
      c.stroke({{-.6f * hw, -.45f * hh}, {.6f * hw, -.45f * hh}}, .02f, kBlack);
      break;
    }
    case SignKind::kBoard:
      break;
  }
}

SignColour ground_of(SignKind kind) {
  switch (kind) {
    case SignKind::kCrosswalk:
    case SignKind::kOneWay:
    case SignKind::kRoundabout:
      return kBlue;
    case SignKind::kTown:
      return kYellow;
    case SignKind::kBoard:
      return kGrey;
    default:
      return kWhite;
  }
}

}  // namespace

SignFace sign_face(SignKind kind, float width_m, float height_m, const PropNumbers& numbers) {
  const float longer = std::max(width_m, height_m);
  SignCanvas canvas(width_m / longer, height_m / longer, kind == SignKind::kBoard ? 8 : 192,
                    ground_of(kind));
  paint_face(kind, canvas, width_m, height_m, numbers);
  SignFace face;
  face.outline = scaled(outline_of(kind, width_m / height_m), longer);
  face.texture = std::move(canvas).take("sign_face");
  return face;
}

}  // namespace oddroad::asset
