#include "engine/sim/cast.h"

#include <algorithm>

#include "engine/asset/bicycle.h"
#include "engine/asset/person.h"
#include "engine/core/check.h"

namespace oddroad::sim {
namespace {

using scenario::VariantActor;

class CastMaker {
 public:
  explicit CastMaker(const SimContext& context) : context_(context) {
    ODDROAD_CHECK(context.ontology != nullptr && context.models != nullptr);
  }

  void add(const VariantActor& actor) {
    CastMember member;
    const auto composite = asset::composite_of(actor.model);
    const asset::ModelRequest& own = composite ? composite->mount : actor.model;
    member.type = own.type;
    member.model = model(actor, own, member.class_id);
    if (composite) {
      member.rider_type = composite->rider.type;
      member.rider = model(actor, composite->rider, member.rider_class);
    }
    if (member.model && (member.rider || !composite)) cast_.bodies.push_back(body(actor, member));
    cast_.members.push_back(std::move(member));
  }

  core::Result<Cast> take() {
    if (problems_.has_errors()) return tl::unexpected(problems_);
    return std::move(cast_);
  }

 private:
  std::shared_ptr<const asset::Model> model(const VariantActor& actor,
                                            const asset::ModelRequest& request,
                                            core::ClassId& class_id) {
    auto made = context_.outlines_only ? context_.models->outline(request)
                                       : context_.models->model(request);
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
    if (asset::is_person_type(actor.model.type)) {
      out.kind = BodyKind::kPerson;
    } else if (member.rider) {
      out.kind = BodyKind::kBicycle;
    } else if (member.model->wheelbase_m > 0) {
      out.kind = BodyKind::kVehicle;
    }
    if (out.kind == BodyKind::kPerson && member.model->deformer) {
      out.phase_per_metre = [deformer = member.model->deformer](double speed) {
        return deformer->phase_per_metre(speed);
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
  for (const VariantActor& actor : variant.actors) maker.add(actor);
  return maker.take();
}

}  // namespace oddroad::sim
