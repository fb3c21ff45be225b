#include "engine/exchange/coco_annotations.h"

#include <cmath>

#include <nlohmann/json.hpp>

#include "engine/exchange/polygons.h"
#include "engine/exchange/rle.h"
#include "engine/exchange/shots.h"

namespace oddroad::exchange {
namespace {

using Json = nlohmann::ordered_json;

// Of the person that COCO annotates, from 1.
constexpr int kSkeleton[][2] = {{16, 14}, {14, 12}, {17, 15}, {15, 13}, {12, 13}, {6, 12}, {7, 13},
                                {6, 7},   {6, 8},   {7, 9},   {8, 10},  {9, 11},  {2, 3},  {1, 2},
                                {1, 3},   {2, 4},   {3, 5},   {4, 6},   {5, 7}};
constexpr const char* kPersonPoints[] = {
    "nose",           "left_eye",   "right_eye",   "left_ear",   "right_ear",   "left_shoulder",
    "right_shoulder", "left_elbow", "right_elbow", "left_wrist", "right_wrist", "left_hip",
    "right_hip",      "left_knee",  "right_knee",  "left_ankle", "right_ankle"};

bool has_person_points(const dataset::ActorInfo& actor) {
  return actor.keypoints.size() == std::size(kPersonPoints) &&
         std::equal(actor.keypoints.begin(), actor.keypoints.end(), std::begin(kPersonPoints));
}

Json box_json(const PixelBox& box) {
  return Json::array({box.left, box.top, box.right - box.left, box.bottom - box.top});
}

Json rle_json(const SegmentImage& image, SegmentKey key, const PixelBox& box) {
  return {{"size", {image.keys.height_px, image.keys.width_px}},
          {"counts", encode_runs(run_lengths(image.keys, key, box))}};
}

Json polygons_json(const SegmentImage& image, SegmentKey key, const PixelBox& box) {
  Json list = Json::array();
  for (const auto& polygon : outlines(image.keys, key, box)) {
    Json flat = Json::array();
    for (const auto& corner : polygon) {
      flat.push_back(corner.x);
      flat.push_back(corner.y);
    }
    list.push_back(std::move(flat));
  }
  return list;
}

void join(std::string& list, const Json& one) {
  if (!list.empty()) list += ",\n";
  list += one.dump();
}

Json keypoints_json(const std::vector<capture::Keypoint2>& keypoints, int& labelled) {
  Json out = Json::array();
  for (const auto& k : keypoints) {
    const bool outside = k.state == capture::KeypointState::kOutside;
    labelled += !outside;
    out.push_back(outside ? 0.0 : k.u_px - 0.5);
    out.push_back(outside ? 0.0 : k.v_px - 0.5);
    out.push_back(outside ? 0 : k.state == capture::KeypointState::kVisible ? 2 : 1);
  }
  return out;
}

const dataset::ActorInfo* actor_of(const dataset::ClipInfo& info, core::InstanceId id) {
  const auto it = std::find_if(info.actors.begin(), info.actors.end(), [&](const auto& actor) {
    return actor.id == id;
  });
  return it == info.actors.end() ? nullptr : &*it;
}

// A thing's annotation with its points, if it is a person.
void join_person(std::string& list, Json one, const dataset::ActorInfo* actor,
                 const capture::ObjectInImage* seen, const CocoCategories& categories,
                 ExportNotes& notes) {
  const bool skeleton = actor != nullptr && has_person_points(*actor);
  if (!skeleton && one.at("category_id") != categories.person()) return;
  if (!skeleton || seen == nullptr || seen->keypoints.empty()) {
    notes.lost("people without keypoints: the dataset was recorded without 'keypoints'");
    return;
  }
  int labelled = 0;
  one["category_id"] = categories.person();
  one["keypoints"] = keypoints_json(seen->keypoints, labelled);
  one["num_keypoints"] = labelled;
  join(list, one);
}

}  // namespace

CocoCategories::CocoCategories(const FormatContext& context) {
  for (const auto& one : context.ontology.classes) {
    const std::string& name = context.classes.of(one.id);
    if (name == kNoClass) continue;
    const auto same = std::find_if(list_.begin(), list_.end(), [&](const auto& c) {
      return c.name == name && c.thing == one.thing;
    });
    if (same != list_.end()) {
      id_[one.id] = same->id;
    } else {
      id_[one.id] = one.id.value + 1;
      list_.push_back({one.id.value + 1, name, one.thing, one.color});
    }
    if (one.name == "pedestrian") person_ = id_[one.id];
  }
}

int CocoCategories::id(core::ClassId id) const {
  const auto it = id_.find(id);
  return it == id_.end() ? 0 : it->second;
}

std::string CocoCategories::json(CocoFile file) const {
  Json out = Json::array();
  for (const auto& one : list_) {
    if (file != kPanoptic && !one.thing) continue;
    if (file == kKeypoints && one.id != person_) continue;
    Json json = {
        {"id", one.id}, {"name", one.name}, {"supercategory", one.thing ? "thing" : "stuff"}};
    if (file == kKeypoints) {
      json["keypoints"] = kPersonPoints;
      json["skeleton"] = kSkeleton;
    }
    if (file == kPanoptic) {
      json["isthing"] = one.thing ? 1 : 0;
      json["color"] = {one.color.x, one.color.y, one.color.z};
    }
    out.push_back(json);
  }
  return out.dump();
}

CocoTexts coco_texts(const CocoFrame& where, const capture::CameraFrame& frame,
                     const SegmentImage& image, const dataset::ClipInfo& info,
                     const CocoCategories& categories, const FormatContext& context) {
  CocoTexts out;
  out.image = Json{{"id", where.image_id},
                   {"file_name", where.file_name},
                   {"width", image.keys.width_px},
                   {"height", image.keys.height_px}}
                  .dump();
  Json segments = Json::array();
  for (const auto& [key, segment] : image.segments) {
    const int category = categories.id(segment.class_id);
    if (category == 0) continue;
    segments.push_back({{"id", key},
                        {"category_id", category},
                        {"area", segment.px},
                        {"bbox", box_json(segment.box)},
                        {"iscrowd", 0}});
    if (key >= kStuff) continue;
    const auto known = std::find_if(frame.objects.begin(), frame.objects.end(), [&](const auto& o) {
      return o.id == segment.id;
    });
    const bool crowd = known != frame.objects.end() && !is_seen(*known, context.thresholds);
    Json one = {{"id", where.image_id * 65536 + key},
                {"image_id", where.image_id},
                {"category_id", category},
                {"segmentation", rle_json(image, key, segment.box)},
                {"area", segment.px},
                {"bbox", box_json(segment.box)},
                {"iscrowd", crowd ? 1 : 0}};
    join(out.annotations[kInstances], one);
    if (categories.person() != 0) {
      const auto* seen = known != frame.objects.end() ? &*known : nullptr;
      join_person(out.annotations[kKeypoints], one, actor_of(info, segment.id), seen, categories,
                  context.notes);
    }
    if (!crowd) one["segmentation"] = polygons_json(image, key, segment.box);
    join(out.annotations[kPolygons], one);
    context.notes.count(crowd ? "crowds" : "objects");
  }
  join(out.annotations[kPanoptic], {{"image_id", where.image_id},
                                    {"file_name", where.panoptic_name},
                                    {"segments_info", segments}});
  return out;
}

capture::Image<capture::Rgb8> coco_panoptic(const SegmentImage& image,
                                            const CocoCategories& categories) {
  auto out = capture::Image<capture::Rgb8>::unwritten(image.keys.width_px, image.keys.height_px);
  std::map<SegmentKey, SegmentKey> value;
  for (const auto& [key, segment] : image.segments) {
    value[key] = categories.id(segment.class_id) != 0 ? key : 0;
  }
  SegmentKey last = ~0u, shown = 0;
  for (std::size_t i = 0; i < out.pixels.size(); ++i) {
    if (image.keys.pixels[i] != last) {
      last = image.keys.pixels[i];
      shown = value[last];
    }
    out.pixels[i] = capture::Rgb8(shown & 255, shown >> 8 & 255, shown >> 16 & 255);
  }
  return out;
}

}  // namespace oddroad::exchange
