#include "engine/exchange/exr_layers.h"

#include <set>

namespace oddroad::exchange {

ExrMattes::ExrMattes(const dataset::ClipInfo& info, const FormatContext& context)
    : objects("CryptoObject"), classes("CryptoAsset") {
  const auto add = [&](const auto& thing) {
    objects.add(thing.id.value, thing.name + "#" + std::to_string(thing.id.value));
  };
  for (const auto& actor : info.actors) add(actor);
  for (const auto& one : info.statics) add(one);
  for (const auto& one : context.ontology.classes) {
    if (context.classes.keeps(one.id)) classes.add(one.id.value, context.classes.of(one.id));
  }
}

ExrLayers::ExrLayers(const capture::CameraFrame& frame, const ExrMattes& mattes) {
  if (!frame.radiance.empty()) {
    const auto* first = &frame.radiance.pixels.front();
    add_float("R", &first->x, sizeof *first);
    add_float("G", &first->y, sizeof *first);
    add_float("B", &first->z, sizeof *first);
  }
  if (!frame.depth_m.empty()) add_float("Z", frame.depth_m.pixels.data(), sizeof(float));
  if (!frame.range_m.empty()) add_float("range", frame.range_m.pixels.data(), sizeof(float));
  if (!frame.normal.empty()) {
    const auto* first = &frame.normal.pixels.front();
    add_float("N.X", &first->x, sizeof *first);
    add_float("N.Y", &first->y, sizeof *first);
    add_float("N.Z", &first->z, sizeof *first);
  }
  add_flow("forward", frame.flow_forward, forward_occluded_);
  add_flow("backward", frame.flow_backward, backward_occluded_);
  add_words("instance.id", frame.instance, instance_);
  add_words("semantic.id", frame.class_id, semantic_);
  add_matte(mattes.objects, frame.instance, object_ranks_);
  add_matte(mattes.classes, frame.class_id, class_ranks_);
}

void ExrLayers::add_float(const std::string& name, const void* first, std::size_t stride_bytes) {
  channels_.push_back({name, dataset::ExrChannel::Type::kFloat, first, stride_bytes});
}

template <typename T>
void ExrLayers::add_words(const std::string& name, const capture::Image<T>& image, Words& words) {
  if (image.empty()) return;
  words.assign(image.pixels.begin(), image.pixels.end());
  channels_.push_back(
      {name, dataset::ExrChannel::Type::kUint, words.data(), sizeof(std::uint32_t)});
}

void ExrLayers::add_flow(const std::string& name, const capture::FlowImage& flow, Words& occluded) {
  if (flow.empty()) return;
  const auto* first = &flow.displacement_px.pixels.front();
  add_float(name + ".u", &first->x, sizeof *first);
  add_float(name + ".v", &first->y, sizeof *first);
  add_words(name + ".occluded", flow.occlusion, occluded);
}

template <typename T>
void ExrLayers::add_matte(const MatteLayer& layer, const capture::Image<T>& image,
                          std::vector<Rank>& ranks) {
  if (image.empty()) return;
  std::map<T, float> ids;
  for (const T key : std::set<T>(image.pixels.begin(), image.pixels.end())) {
    ids[key] = layer.id(key);
  }
  ranks.reserve(image.pixels.size());
  T before = image.pixels.front();
  float id = ids.at(before);
  for (const T key : image.pixels) {
    if (key != before) id = ids.at(before = key);
    ranks.push_back({id, id == 0 ? 0.0f : 1.0f});
  }
  const Rank& first = ranks.front();
  add_float(layer.name() + "00.R", &first.id, sizeof first);
  add_float(layer.name() + "00.G", &first.coverage, sizeof first);
  add_float(layer.name() + "00.B", &first.second_id, sizeof first);
  add_float(layer.name() + "00.A", &first.second_coverage, sizeof first);
  std::set<std::uint32_t> keys;
  for (const auto& [key, bits] : ids) keys.insert(key);
  layer.describe(keys, texts_);
}

}  // namespace oddroad::exchange
