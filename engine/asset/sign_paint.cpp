#include "engine/asset/sign_paint.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace oddroad::asset {

namespace {

float to_segment(const Vec2f& p, const Vec2f& a, const Vec2f& b) {
  const Vec2f d = b - a;
  const float u = std::clamp(glm::dot(p - a, d) / std::max(glm::dot(d, d), 1e-12f), 0.f, 1.f);
  return glm::length(p - a - u * d);
}

// Strokes on a grid of 4 x 6, points as digit pairs, strokes parted by '|'.
std::string_view glyph(char c) {
  constexpr std::pair<char, std::string_view> kGlyphs[] = {
      {'0', "103041453616050110"},
      {'1', "142620"},
      {'2', "05163645440040"},
      {'3', "05163645443323|334241301001"},
      {'4', "30360242"},
      {'5', "460603334241301001"},
      {'6', "453616050110304142331302"},
      {'7', "064610"},
      {'8', "13040516364544331302011030414233"},
      {'9', "011030414536160504133344"},
      {'A', "002640|1232"},
      {'B', "00063645443303|3342413000"},
      {'C', "4536160501103041"},
      {'D', "00062645412000"},
      {'E', "46060040|0333"},
      {'F', "460600|0333"},
      {'G', "45361605011030414323"},
      {'H', "0006|4046|0343"},
      {'I', "2620"},
      {'J', "464130100102"},
      {'K', "0006|460340"},
      {'L', "060040"},
      {'M', "0006234640"},
      {'N', "00064046"},
      {'O', "103041453616050110"},
      {'P', "00063645443303"},
      {'Q', "103041453616050110|2240"},
      {'R', "00063645443303|2340"},
      {'S', "453616050413334241301001"},
      {'T', "0646|2620"},
      {'U', "060110304146"},
      {'V', "062046"},
      {'W', "0610233046"},
      {'X', "0046|0640"},
      {'Y', "062346|2320"},
      {'Z', "06460040"},
      {'!', "2622|2120"},
  };
  for (const auto& [name, strokes] : kGlyphs) {
    if (name == c) return strokes;
  }
  return {};
}

}  // namespace

SignCanvas::SignCanvas(float width, float height, int longer_px, SignColour ground)
    : width_(width), height_(height), per_unit_(static_cast<float>(longer_px)) {
  texture_.width_px = static_cast<std::uint32_t>(std::max(8.f, std::round(width * per_unit_)));
  texture_.height_px = static_cast<std::uint32_t>(std::max(8.f, std::round(height * per_unit_)));
  texture_.rgba.resize(4u * texture_.width_px * texture_.height_px);
  for (std::size_t i = 0; i < texture_.rgba.size(); i += 4) {
    texture_.rgba[i] = ground.r;
    texture_.rgba[i + 1] = ground.g;
    texture_.rgba[i + 2] = ground.b;
    texture_.rgba[i + 3] = 255;
  }
}

template <typename Distance>
void SignCanvas::paint(Distance distance, const Vec2f& low, const Vec2f& high, SignColour colour) {
  const auto column = [&](float x) {
    return (x + .5f * width_) * per_unit_;
  };
  const auto row = [&](float y) {
    return (.5f * height_ - y) * per_unit_;
  };
  const int w = static_cast<int>(texture_.width_px);
  const int h = static_cast<int>(texture_.height_px);
  const int x0 = std::max(0, static_cast<int>(column(low.x)) - 2);
  const int x1 = std::min(w - 1, static_cast<int>(column(high.x)) + 2);
  const int y0 = std::max(0, static_cast<int>(row(high.y)) - 2);
  const int y1 = std::min(h - 1, static_cast<int>(row(low.y)) + 2);
  for (int y = y0; y <= y1; ++y) {
    for (int x = x0; x <= x1; ++x) {
      const Vec2f p((static_cast<float>(x) + .5f) / per_unit_ - .5f * width_,
                    .5f * height_ - (static_cast<float>(y) + .5f) / per_unit_);
      const float cover = std::clamp(.5f - distance(p) * per_unit_, 0.f, 1.f);
      if (cover <= 0) continue;
      std::uint8_t* texel = &texture_.rgba[4 * static_cast<std::size_t>(y * w + x)];
      const std::uint8_t channel[] = {colour.r, colour.g, colour.b};
      for (int c = 0; c < 3; ++c) {
        const float mixed = static_cast<float>(texel[c]) +
                            cover * (static_cast<float>(channel[c]) - static_cast<float>(texel[c]));
        texel[c] = static_cast<std::uint8_t>(std::lround(mixed));
      }
    }
  }
}

void SignCanvas::disc(const Vec2f& centre, float radius, SignColour colour) {
  paint(
      [&](const Vec2f& p) {
        return glm::length(p - centre) - radius;
      },
      centre - radius, centre + radius, colour);
}

void SignCanvas::ring(const Vec2f& centre, float radius, float stroke, SignColour colour) {
  const float middle = radius - .5f * stroke;
  paint(
      [&](const Vec2f& p) {
        return std::abs(glm::length(p - centre) - middle) - .5f * stroke;
      },
      centre - radius, centre + radius, colour);
}

void SignCanvas::polygon(const std::vector<Vec2f>& outline, SignColour colour) {
  Vec2f low = outline[0];
  Vec2f high = outline[0];
  for (const Vec2f& p : outline) low = glm::min(low, p), high = glm::max(high, p);
  const auto distance = [&](const Vec2f& p) {
    float nearest = 1e9f;
    bool inside = false;
    for (std::size_t i = 0; i < outline.size(); ++i) {
      const Vec2f& a = outline[i];
      const Vec2f& b = outline[(i + 1) % outline.size()];
      nearest = std::min(nearest, to_segment(p, a, b));
      if ((a.y > p.y) != (b.y > p.y) && p.x < a.x + (b.x - a.x) * (p.y - a.y) / (b.y - a.y)) {
        inside = !inside;
      }
    }
    return inside ? -nearest : nearest;
  };
  paint(distance, low, high, colour);
}

void SignCanvas::stroke(const std::vector<Vec2f>& path, float width, SignColour colour) {
  for (std::size_t i = 0; i + 1 < path.size(); ++i) {
    const Vec2f& a = path[i];
    const Vec2f& b = path[i + 1];
    paint(
        [&](const Vec2f& p) {
          return to_segment(p, a, b) - .5f * width;
        },
        glm::min(a, b) - .5f * width, glm::max(a, b) + .5f * width, colour);
  }
}

void SignCanvas::rectangle(const Vec2f& centre, const Vec2f& size, SignColour colour) {
  const Vec2f h = .5f * size;
  polygon({centre + Vec2f(-h.x, -h.y), centre + Vec2f(h.x, -h.y), centre + h,
           centre + Vec2f(-h.x, h.y)},
          colour);
}

void SignCanvas::arrow(const std::vector<Vec2f>& path, float width, float head, SignColour colour) {
  const Vec2f end = path.back();
  const Vec2f along = glm::normalize(end - path[path.size() - 2]);
  const Vec2f across(-along.y, along.x);
  std::vector<Vec2f> shaft = path;
  shaft.back() = end - .8f * head * along;
  stroke(shaft, width, colour);
  polygon(
      {end, end - head * along + .62f * head * across, end - head * along - .62f * head * across},
      colour);
}

void SignCanvas::text(std::string_view letters, const Vec2f& centre, float height,
                      float stroke_width, float width, SignColour colour) {
  const float unit = (height - stroke_width) / 6;
  const auto count = static_cast<float>(letters.size());
  // Letters are as wide as they are drawn, or condensed to fit.
  const float gap = 1.1f * stroke_width;
  const float letter = std::min(4 * unit, (width + gap) / count - stroke_width - gap);
  const float pitch = letter + stroke_width + gap;
  const float across = letter / 4;
  float x = centre.x - .5f * pitch * count + .5f * (pitch - letter);
  for (const char c : letters) {
    std::vector<Vec2f> path;
    const std::string_view strokes = glyph(c);
    for (std::size_t i = 0; i < strokes.size();) {
      if (strokes[i] == '|') {
        stroke(path, stroke_width, colour);
        path.clear();
        ++i;
        continue;
      }
      path.emplace_back(x + across * static_cast<float>(strokes[i] - '0'),
                        centre.y + unit * (static_cast<float>(strokes[i + 1] - '0') - 3));
      i += 2;
    }
    stroke(path, stroke_width, colour);
    x += pitch;
  }
}

Texture SignCanvas::take(std::string name) && {
  texture_.name = std::move(name);
  return std::move(texture_);
}

}  // namespace oddroad::asset
