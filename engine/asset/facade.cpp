#include "engine/asset/facade.h"

#include <algorithm>

namespace oddroad::asset {

namespace {

std::vector<float> sorted_unique(std::vector<float> values) {
  std::sort(values.begin(), values.end());
  values.erase(std::unique(values.begin(), values.end()), values.end());
  return values;
}

// A rectangle of the wall plane moved out by w; uvs are wall metres, so that patterns run through.
void add_rectangle(TriangleMesh& mesh, const Affine3f& T, float u0, float v0, float u1, float v1,
                   float w, std::uint16_t material) {
  const Vec3f n = T.linear[2];
  const auto i = mesh.add_vertex(T.point({u0, v0, w}), n, {u0, v0});
  mesh.add_vertex(T.point({u1, v0, w}), n, {u1, v0});
  mesh.add_vertex(T.point({u1, v1, w}), n, {u1, v1});
  mesh.add_vertex(T.point({u0, v1, w}), n, {u0, v1});
  mesh.add_triangle(i, i + 1, i + 2, material);
  mesh.add_triangle(i, i + 2, i + 3, material);
}

// A box given by its extent in wall coordinates.
void add_bar(TriangleMesh& mesh, const Affine3f& T, const Vec3f& lower, const Vec3f& upper,
             std::uint16_t material, float bevel = 0) {
  mesh.append(box(0.5f * (lower + upper), upper - lower, material, bevel), T);
}

void add_wall(TriangleMesh& mesh, const Facade& f) {
  std::vector<float> us = {0, f.width_m};
  std::vector<float> vs = {f.bottom_m, f.ground_m, f.top_m};
  for (const Opening& o : f.openings) {
    us.insert(us.end(), {o.u0, o.u1});
    vs.insert(vs.end(), {o.v0, o.v1});
  }
  us = sorted_unique(us);
  vs = sorted_unique(vs);
  for (std::size_t r = 0; r + 1 < vs.size(); ++r) {
    const float v = 0.5f * (vs[r] + vs[r + 1]);
    if (v < f.bottom_m) continue;
    for (std::size_t c = 0; c + 1 < us.size(); ++c) {
      const float u = 0.5f * (us[c] + us[c + 1]);
      const bool open = std::any_of(f.openings.begin(), f.openings.end(), [&](const Opening& o) {
        return u > o.u0 && u < o.u1 && v > o.v0 && v < o.v1;
      });
      if (open) continue;
      add_rectangle(mesh, f.T, us[c], vs[r], us[c + 1], vs[r + 1], 0,
                    v < f.ground_m ? kHouseGroundWall : kHouseWall);
    }
  }
}

// The four faces of the hole, from the wall plane to the frame.
void add_reveal(TriangleMesh& mesh, const Affine3f& T, const Opening& o, float depth,
                std::uint16_t material) {
  const auto p = [&](float u, float v, float w) {
    return T.point({u, v, w});
  };
  mesh.add_quad(p(o.u0, o.v0, 0), p(o.u0, o.v0, -depth), p(o.u0, o.v1, -depth), p(o.u0, o.v1, 0),
                material);
  mesh.add_quad(p(o.u1, o.v0, -depth), p(o.u1, o.v0, 0), p(o.u1, o.v1, 0), p(o.u1, o.v1, -depth),
                material);
  mesh.add_quad(p(o.u0, o.v0, 0), p(o.u1, o.v0, 0), p(o.u1, o.v0, -depth), p(o.u0, o.v0, -depth),
                material);
  mesh.add_quad(p(o.u0, o.v1, -depth), p(o.u1, o.v1, -depth), p(o.u1, o.v1, 0), p(o.u0, o.v1, 0),
                material);
}

void add_frame(TriangleMesh& mesh, const Affine3f& T, const Opening& o, float width, float w0,
               float w1, std::uint16_t material) {
  const Vec2f outer[] = {{o.u0, o.v0}, {o.u1, o.v0}, {o.u1, o.v1}, {o.u0, o.v1}};
  const Vec2f inner[] = {{o.u0 + width, o.v0 + width},
                         {o.u1 - width, o.v0 + width},
                         {o.u1 - width, o.v1 - width},
                         {o.u0 + width, o.v1 - width}};
  mesh.append(frame_prism(outer, inner, w0, w1, T, material));
}

// Pane with a slightly turned normal: real panes are never quite parallel, which breaks up the
// reflection of the sky. Behind it hangs a curtain, which is what a beam through the glass finds.
void add_pane(TriangleMesh& mesh, const Affine3f& T, const Opening& o, float w,
              core::RandomStream& random) {
  const std::uint16_t glass = o.kind == OpeningKind::kShop ? kHouseShopGlass : kHouseGlass;
  add_rectangle(mesh, T, o.u0, o.v0, o.u1, o.v1, w, glass);
  const Vec3f tilt(static_cast<float>(random.uniform(-.006, .006)),
                   static_cast<float>(random.uniform(-.006, .006)), 1);
  const Vec3f normal = glm::normalize(T.linear * tilt);
  for (std::size_t k = mesh.normals.size() - 4; k < mesh.normals.size(); ++k) {
    mesh.normals[k] = normal;
  }
  add_rectangle(mesh, T, o.u0, o.v0, o.u1, o.v1, w - .25f, kHouseCurtain);
}

void add_bars(TriangleMesh& mesh, const Affine3f& T, const Opening& o, const FacadeStyle& style,
              float w0, float w1) {
  const float mid = 0.5f * (o.u0 + o.u1);
  const float height = o.v1 - o.v0;
  const float f = style.frame_m;
  const auto vertical = [&](float u, float half, float v0, float v1) {
    add_bar(mesh, T, {u - half, v0, w0}, {u + half, v1, w1}, kHouseFrame);
  };
  const auto horizontal = [&](float v, float half) {
    add_bar(mesh, T, {o.u0 + f, v - half, w0}, {o.u1 - f, v + half, w1}, kHouseFrame);
  };
  if (style.bars == 1) vertical(mid, .045f, o.v0 + f, o.v1 - f);
  if (style.bars == 2) {
    const float transom = o.v0 + .68f * height;
    horizontal(transom, .04f);
    vertical(mid, .045f, o.v0 + f, transom - .04f);
  }
  if (style.bars == 3) {
    horizontal(o.v0 + .5f * height, .03f);
    vertical(mid, .014f, o.v0 + f, o.v0 + .5f * height - .03f);
    vertical(mid, .014f, o.v0 + .5f * height + .03f, o.v1 - f);
  }
}

void add_shutters(TriangleMesh& mesh, const Affine3f& T, const Opening& o, float top_clear) {
  const float w = 0.5f * (o.u1 - o.u0);
  const float v1 = o.v1 - top_clear;
  for (const float side : {-1.0f, 1.0f}) {
    const float near = side < 0 ? o.u0 - .04f - w : o.u1 + .04f;
    Opening leaf{OpeningKind::kWindow, near, o.v0, near + w, v1};
    add_frame(mesh, T, leaf, .07f, .015f, .055f, kHouseShutter);
    const int slats = static_cast<int>((v1 - o.v0 - .14f) / .09f);
    const float pitch = (v1 - o.v0 - .14f) / static_cast<float>(slats);
    for (int k = 0; k < slats; ++k) {
      const float v = o.v0 + .07f + pitch * static_cast<float>(k);
      const auto p = [&](float u, float vv, float ww) {
        return T.point({u, vv, ww});
      };
      mesh.add_quad(p(near + .07f, v, .05f), p(near + w - .07f, v, .05f),
                    p(near + w - .07f, v + pitch, .02f), p(near + .07f, v + pitch, .02f),
                    kHouseShutter);
    }
  }
}

void add_window(TriangleMesh& mesh, const Affine3f& T, const Opening& o, const FacadeStyle& style,
                core::RandomStream& random) {
  const float w0 = -style.reveal_m - .02f;
  const float w1 = -style.reveal_m + .05f;
  const bool shop = o.kind == OpeningKind::kShop;
  add_frame(mesh, T, o, style.frame_m, w0, w1, shop ? kHouseDark : kHouseFrame);
  add_pane(mesh, T, o, w0 + .02f, random);
  if (!shop) add_bars(mesh, T, o, style, w0 + .005f, w1 - .005f);
  // Above the bottom of the reveal, not in its plane.
  add_bar(mesh, T, {o.u0 - .05f, o.v0 - .05f, w1}, {o.u1 + .05f, o.v0 + .004f, .05f}, kHouseTrim,
          .006f);
  if (shop) return;
  const float border = .13f;
  if (style.surround) {
    for (const float side : {-1.0f, 1.0f}) {
      const float u = side < 0 ? o.u0 - border : o.u1;
      add_bar(mesh, T, {u, o.v0 - .05f, 0}, {u + border, o.v1, .03f}, kHouseTrim);
    }
    add_bar(mesh, T, {o.u0 - border - .03f, o.v1, 0}, {o.u1 + border + .03f, o.v1 + .18f, .045f},
            kHouseTrim, .008f);
  } else if (style.lintel) {
    add_bar(mesh, T, {o.u0 - .15f, o.v1, -.05f}, {o.u1 + .15f, o.v1 + .2f, .015f}, kHouseTrim);
  }
  if (style.shutters) add_shutters(mesh, T, o, style.surround ? .0f : .02f);
}

void add_door(TriangleMesh& mesh, const Affine3f& T, const Opening& o, const FacadeStyle& style,
              core::RandomStream& random) {
  const float w0 = -style.reveal_m - .03f;
  const float w1 = -style.reveal_m + .05f;
  const float f = .07f;
  add_frame(mesh, T, o, f, w0, w1, kHouseFrame);
  // Transom light over the leaf where the opening is tall enough.
  const float leaf_top = std::min(o.v1 - f, o.v0 + 2.12f);
  if (o.v1 - f - leaf_top > .2f) {
    add_bar(mesh, T, {o.u0 + f, leaf_top, w0}, {o.u1 - f, leaf_top + .06f, w1}, kHouseFrame);
    add_pane(mesh, T, {OpeningKind::kWindow, o.u0 + f, leaf_top + .06f, o.u1 - f, o.v1 - f},
             w0 + .03f, random);
  }
  const float u0 = o.u0 + f;
  const float u1 = o.u1 - f;
  add_bar(mesh, T, {u0, o.v0 + .01f, w0}, {u1, leaf_top, w1 - .03f}, kHouseDoor);
  // Raised panels, letter flap, handle.
  const float rows[] = {.12f, .44f, .53f, .93f};
  const float span = leaf_top - o.v0;
  for (int r = 0; r < 2; ++r) {
    for (int c = 0; c < 2; ++c) {
      const float a = u0 + .09f + static_cast<float>(c) * (.5f * (u1 - u0) - .03f);
      const float b = a + .5f * (u1 - u0) - .15f;
      add_bar(mesh, T, {a, o.v0 + span * rows[2 * r], w1 - .04f},
              {b, o.v0 + span * rows[2 * r + 1], w1 - .012f}, kHouseDoor, .012f);
    }
  }
  add_bar(mesh, T, {u1 - .1f, o.v0 + 1.0f, w1 - .03f}, {u1 - .07f, o.v0 + 1.16f, w1 + .04f},
          kHouseZinc, .006f);
  // Two steps down to the street, and a small canopy with a lamp.
  for (int k = 0; k < 2; ++k) {
    const float tread = .32f * static_cast<float>(2 - k);
    const float top = o.v0 * static_cast<float>(k + 1) / 2;
    add_bar(mesh, T, {o.u0 - .2f, -1.0f, 0}, {o.u1 + .2f, top, tread}, kHousePlinth, .01f);
  }
  add_bar(mesh, T, {o.u0 - .25f, o.v1 + .18f, 0}, {o.u1 + .25f, o.v1 + .26f, .75f}, kHouseZinc,
          .01f);
  add_bar(mesh, T, {o.u1 + .2f, o.v0 + 1.75f, 0}, {o.u1 + .32f, o.v0 + 1.98f, .13f}, kHouseDark,
          .02f);
}

}  // namespace

void add_facade(TriangleMesh& mesh, const Facade& facade, const FacadeStyle& style,
                core::RandomStream& random) {
  add_wall(mesh, facade);
  for (const Opening& o : facade.openings) {
    add_reveal(mesh, facade.T, o, style.reveal_m,
               style.surround || style.lintel ? kHouseTrim : kHouseWall);
    if (o.kind == OpeningKind::kDoor) {
      add_door(mesh, facade.T, o, style, random);
    } else {
      add_window(mesh, facade.T, o, style, random);
    }
  }
}

}  // namespace oddroad::asset
