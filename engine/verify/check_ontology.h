// Check `ontology`: the classes of a dataset.
#pragma once

#include "engine/verify/records.h"
#include "engine/verify/report.h"

namespace oddroad::verify {

// Ids ascend, names differ, `unknown` is there; and every class of the installed ontology that the
// dataset may have been made with is the same there. `installed` null: only the former.
void check_ontology(const DatasetRecord& dataset, const capture::Ontology* installed,
                    Report& report);

}  // namespace oddroad::verify
