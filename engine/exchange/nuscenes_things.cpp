#include "engine/exchange/nuscenes_things.h"

#include "engine/exchange/imported.h"
#include "engine/exchange/nuscenes_names.h"

namespace oddroad::exchange {
namespace {

bool is_thing(int index) {
  return index > 0 && index < kNuscenesStuff;
}

}  // namespace

NuscenesThings::NuscenesThings(const dataset::ClipInfo& info,
                               const std::set<core::InstanceId>& seen, const FormatContext& context)
    : context_(context), counted_(!is_imported(info)), by_class_(256) {
  for (const auto& actor : info.actors) {
    if (!actor.rides) continue;
    mount_[actor.id] = actor.rides;
    ridden_[actor.rides] = true;
  }
  Labels labels = things(info);
  number(labels, seen);
  for (const auto& [rider, mount] : mount_) {
    const auto it = labels.find(whole(rider));
    if (it == labels.end()) continue;
    const PointLabel label = it->second;
    labels[rider] = label;
    if (beyond_.contains(mount)) beyond_.insert(rider);
  }
  if (!labels.empty()) by_instance_.resize(labels.rbegin()->first.value + 1u, {kByClass, 0});
  for (const auto& [id, label] : labels) by_instance_[id.value] = label;
  for (std::size_t c = 0; c < by_class_.size(); ++c) {
    const core::ClassId id(static_cast<std::uint8_t>(c));
    by_class_[c].index = static_cast<std::uint8_t>(nuscenes_index(context.classes.of(id)));
  }
}

// Whole things and the ego, without numbers. Standing things of stuff, houses and trees, go by the
// class of the surface that a beam met, as do classes that are left out.
NuscenesThings::Labels NuscenesThings::things(const dataset::ClipInfo& info) const {
  Labels labels;
  for (const auto& actor : info.actors) {
    const std::string own = actor.is_ego ? "vehicle.ego" : category(actor.class_id, actor.type);
    if (!actor.is_ego && (mount_.contains(actor.id) || own == kNoClass)) continue;
    labels[actor.id].index = static_cast<std::uint8_t>(nuscenes_index(own));
  }
  for (const auto& one : info.statics) {
    const int index = nuscenes_index(category(one.class_id, ""));
    if (is_thing(index)) labels[one.id].index = static_cast<std::uint8_t>(index);
  }
  return labels;
}

void NuscenesThings::number(Labels& labels, const std::set<core::InstanceId>& seen) {
  std::set<core::InstanceId> shown;  // whole things of which a rider or they themselves were seen
  for (const auto id : seen) shown.insert(whole(id));
  std::map<int, int> last;  // by category
  for (const bool now : {true, false}) {
    for (auto& [id, label] : labels) {
      if (shown.contains(id) != now || !is_thing(label.index)) continue;
      if (last[label.index] == kNuscenesMostThings) {
        beyond_.insert(id);
      } else {
        label.number = static_cast<std::uint16_t>(++last[label.index]);
      }
    }
  }
}

core::InstanceId NuscenesThings::whole(core::InstanceId id) const {
  const auto it = mount_.find(id);
  return it == mount_.end() ? id : it->second;
}

std::string NuscenesThings::category(core::ClassId class_id, const std::string& type) const {
  return refine_category(context_.classes.of(class_id), type);
}

}  // namespace oddroad::exchange
