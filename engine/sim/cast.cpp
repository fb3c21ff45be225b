#include "engine/sim/cast.h"

#include <algorithm>
#include <span>

#include "engine/asset/bicycle.h"
#include "engine/asset/occupants.h"
#include "engine/asset/person.h"
#include "engine/core/check.h"

namespace oddroad::sim {
namespace {

using scenario::VariantActor;

using MadeModel = core::Result<std::shared_ptr<const asset::Model>>;

// Somebody drives what moves by its own will; who stands for the whole clip is parked.
bool is_driven(const VariantActor& actor) {
  return actor.drive || !actor.actions.empty();
}

// What an actor asks the models for: itself, and whoever rides on it.
std::vector<asset::ModelRequest> requests_of(const VariantActor& actor) {
  const auto composite = asset::composite_of(actor.model);
  if (!composite) {
    asset::ModelRequest request = actor.model;
    if (is_driven(actor)) asset::seat_driver(request);
    return {request};
  }
  return {composite->mount, composite->rider};
}

class CastMaker {
 public:
  explicit CastMaker(const SimContext& context) : context_(context) {
    ODDROAD_CHECK(context.ontology != nullptr && context.models != nullptr);
  }

  // `made` starts with the actor's models; returns how many those are.
  std::size_t add(const VariantActor& actor, std::span<const MadeModel> made) {
    const auto requests = requests_of(actor);
    const bool composite = requests.size() > 1;
    CastMember member;
    member.type = requests[0].type;
    member.model = model(actor, requests[0], made[0], member.class_id);
    if (composite) {
      member.rider_type = requests[1].type;
      member.rider = model(actor, requests[1], made[1], member.rider_class);
    }
    if (member.model && (member.rider || !composite)) cast_.bodies.push_back(body(actor, member));
    cast_.members.push_back(std::move(member));
    return requests.size();
  }

  core::Result<Cast> take() {
    if (problems_.has_errors()) return tl::unexpected(problems_);
    return std::move(cast_);
  }

 private:
  std::shared_ptr<const asset::Model> model(const VariantActor& actor,
                                            const asset::ModelRequest& request,
                                            const MadeModel& made, core::ClassId& class_id) {
    if (!made) {
      for (const core::Diagnostic& d : made.error().items()) {
        problems_.add(core::told_at(actor.where, d));
      }
      return nullptr;
    }
    if (context_.outlines_only) return *made;
    const auto* found = context_.ontology->find((*made)->class_name);
    if (found == nullptr) {
      problems_.error(actor.where, "'" + request.type + "' is of class '" + (*made)->class_name +
                                       "', which the ontology lacks");
      return nullptr;
    }
    class_id = found->id;
    return *made;
  }

  static Body body(const VariantActor& actor, const CastMember& member) {
    Body out;
    out.name = actor.name;
    math::Aabb box = member.model->box;
    if (member.rider) box.include(member.rider->box);
    out.footprint = footprint_of(box);
    out.height_m = box.upper.z;
    out.wheelbase_m = member.model->wheelbase_m;
    const auto is = [&](const char* kind) {
      return actor.model.type.starts_with(kind);
    };
    if (asset::is_person_type(actor.model.type) || is("wheelchair") || is("stroller")) {
      out.kind = BodyKind::kPerson;
    } else if (is("animal.")) {
      out.kind = BodyKind::kAnimal;
    } else if (member.rider) {
      out.kind = BodyKind::kBicycle;
    } else if (member.model->wheelbase_m > 0) {
      out.kind = BodyKind::kVehicle;
    }
    const bool walks = out.kind == BodyKind::kPerson || out.kind == BodyKind::kAnimal;
    // Who pushes a stroller walks behind it.
    const auto& walker = member.model->deformer || !member.rider ? member.model : member.rider;
    if (walks && walker->deformer) {
      out.phase_per_metre = [deformer = walker->deformer](double speed) {
        return deformer->phase_per_metre(speed);
      };
      out.natural_gait = [deformer = walker->deformer](double speed) {
        return deformer->natural_gait(speed);
      };
    }
    return out;
  }

  const SimContext& context_;
  core::Diagnostics problems_;
  Cast cast_;
};

}  // namespace

core::Result<Cast> make_cast(const scenario::Variant& variant, const SimContext& context) {
  CastMaker maker(context);
  std::vector<asset::ModelRequest> requests;
  for (const VariantActor& actor : variant.actors) {
    for (asset::ModelRequest& request : requests_of(actor)) requests.push_back(std::move(request));
  }
  std::vector<MadeModel> made;
  if (context.outlines_only) {
    for (const auto& request : requests) made.push_back(context.models->outline(request));
  } else {
    made = make_models(*context.models, requests);
  }
  std::span<const MadeModel> rest = made;
  for (const VariantActor& actor : variant.actors) rest = rest.subspan(maker.add(actor, rest));
  return maker.take();
}

}  // namespace oddroad::sim
