#include "engine/validate/image_table.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <filesystem>

#include "engine/asset/texture_file.h"
#include "engine/dataset/file_io.h"

namespace oddroad::validate {
namespace {

constexpr double kSlope = -1.0, kSlopeBand = 0.25;
constexpr double kLeastSaturated = 0.001, kMostSaturated = 0.06, kMostBlack = 0.03;
constexpr double kSharpnessFactor = 2.5;
constexpr double kShapeBand = 0.4;

// One column: a number, two decimals or as many as asked for, a mark where it is out of its band.
std::string cell(std::optional<double> value, int decimals,
                 const std::optional<bool>& good = std::nullopt) {
  char text[32] = "-";
  if (value) std::snprintf(text, sizeof text, "%.*f", decimals, *value);
  std::string out = std::string(text) + (good.value_or(true) ? " " : "!");
  return std::string(std::max<std::size_t>(out.size(), 10) - out.size(), ' ') + out;
}

std::string line(const NamedStatistics& picture, const Verdicts& verdicts, std::size_t name_width) {
  const ImageStatistics& s = picture.of;
  std::string out = picture.name;
  out.resize(name_width, ' ');
  char size[32];
  std::snprintf(size, sizeof size, " %5dx%-4d", s.width_px, s.height_px);
  return out + size + cell(s.spectrum_slope, 2, verdicts.slope) +
         cell(100 * s.saturated_share, 2, verdicts.saturated) +
         cell(100 * s.black_share, 2, verdicts.black) +
         cell(s.laplacian_variance, 0, verdicts.laplacian) + cell(s.mscn_shape, 2, verdicts.mscn) +
         cell(s.mean_luma, 0) + cell(s.luma_deviation, 0) + cell(s.mean_saturation, 2) +
         cell(s.mean_gradient, 1) + cell(s.gradient_shape, 2) + cell(s.noise_deviation, 2) + "\n";
}

}  // namespace

core::Result<NamedStatistics> read_statistics(const std::string& path) {
  const auto bytes = dataset::read_file(path);
  if (!bytes) return core::forward_error(bytes);
  const auto texture = asset::decode_texture(*bytes, path);
  if (!texture) return core::forward_error(texture);
  capture::Image<capture::Rgb8> image(static_cast<int>(texture->width_px),
                                      static_cast<int>(texture->height_px));
  for (std::size_t i = 0; i < image.pixels.size(); ++i) {
    const std::uint8_t* p = &texture->rgba[4 * i];
    image.pixels[i] = {p[0], p[1], p[2]};
  }
  return NamedStatistics{std::filesystem::path(path).filename().string(), image_statistics(image)};
}

bool Verdicts::any_failed() const {
  const auto failed = [](const std::optional<bool>& good) {
    return !good.value_or(true);
  };
  return failed(slope) || failed(saturated) || failed(black) || failed(laplacian) || failed(mscn);
}

Verdicts judge(const ImageStatistics& picture, const std::optional<ImageStatistics>& reference) {
  Verdicts out;
  if (picture.spectrum_slope) out.slope = std::abs(*picture.spectrum_slope - kSlope) <= kSlopeBand;
  out.saturated =
      picture.saturated_share >= kLeastSaturated && picture.saturated_share <= kMostSaturated;
  out.black = picture.black_share < kMostBlack;
  if (!reference) return out;
  if (picture.laplacian_variance && reference->laplacian_variance) {
    const double a = *picture.laplacian_variance, b = *reference->laplacian_variance;
    out.laplacian = std::max(a, b) <= kSharpnessFactor * std::min(a, b);
  }
  if (picture.mscn_shape && reference->mscn_shape) {
    out.mscn = std::abs(*picture.mscn_shape - *reference->mscn_shape) <= kShapeBand;
  }
  return out;
}

std::string statistics_table(const std::vector<NamedStatistics>& pictures,
                             const std::optional<NamedStatistics>& reference) {
  std::size_t width = reference ? reference->name.size() : 7;
  for (const NamedStatistics& picture : pictures) width = std::max(width, picture.name.size());
  std::string out = "picture";
  out.resize(width, ' ');
  out +=
      "       size     slope     sat %   black %  laplace      mscn      luma  luma sd    colour"
      "      grad  grad shp     noise\n";
  std::optional<ImageStatistics> against;
  if (reference) {
    against = reference->of;
    out += line(*reference, {}, width);
  }
  std::size_t kept = 0;
  for (const NamedStatistics& picture : pictures) {
    const Verdicts verdicts = judge(picture.of, against);
    kept += verdicts.any_failed() ? 0 : 1;
    out += line(picture, verdicts, width);
  }
  out += std::to_string(kept) + " of " + std::to_string(pictures.size()) +
         " keep all bands: slope -1.25 to -0.75, saturated 0.1 to 6 %, black under 3 %";
  out += reference ? ", Laplacian variance within a factor of 2.5 and MSCN shape within 0.4 of the "
                     "reference\n"
                   : " (sharpness and MSCN shape need a reference)\n";
  return out;
}

}  // namespace oddroad::validate
