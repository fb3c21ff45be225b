#include "engine/sim/shortfall.h"

#include <algorithm>
#include <cmath>

#include "engine/sim/trigger_node.h"

namespace oddroad::sim {
namespace {

using Kind = TriggerNode::Kind;

std::string seconds(double s) {
  return amount(s, core::kTime);
}

std::string joined(const std::vector<std::string>& parts, const std::string& by) {
  std::string out;
  for (const std::string& part : parts) out += (out.empty() ? "" : by) + part;
  return out;
}

// As one term of a longer condition.
std::string term_text(const TriggerNode& term) {
  const bool several = term.kind == Kind::kAnd || term.kind == Kind::kOr;
  return several ? "(" + text_of(term) + ")" : text_of(term);
}

std::string compared(const TriggerNode& node) {
  return node.op + " " + amount(node.value, node.quantity->dimension);
}

std::string edge_text(const TriggerNode& term) {
  if (term.kind != Kind::kCompare) return "becomes " + term_text(term);
  return term.subject + " becomes " + compared(term);
}

std::string bare_text(const TriggerNode& node) {
  switch (node.kind) {
    case Kind::kAlways:
      return "always";
    case Kind::kCompare:
      return node.subject + " " + compared(node);
    case Kind::kEvent:
    case Kind::kAfter:
      return node.subject;
    case Kind::kNot:
      return "not " + term_text(node.terms.front());
    case Kind::kBecomes:
      return edge_text(node.terms.front());
    case Kind::kAnd:
    case Kind::kOr:
      break;
  }
  std::vector<std::string> parts;
  for (const TriggerNode& term : node.terms) parts.push_back(term_text(term));
  return joined(parts, node.kind == Kind::kAnd ? " and " : " or ");
}

Shortfall too_short(const TriggerNode& node) {
  const bool several = node.terms.size() > 1;
  const std::string what = several ? "(" + bare_text(node) + ")" : bare_text(node);
  return {what + " held for " + seconds(node.longest_s) + " at most (until " +
              seconds(node.longest_end_s) + "), needed for " + seconds(node.for_s),
          (node.for_s - node.longest_s) / node.for_s};
}

Shortfall too_far(const TriggerNode& node) {
  const core::Dimension dimension = node.quantity->dimension;
  const std::string needed = ", needed " + compared(node);
  if (!node.seen) return {node.subject + " was never looked at" + needed};
  const char* how = node.op == "=="     ? " came as near as "
                    : node.op[0] == '<' ? " came down to "
                                        : " rose to ";
  if (!std::isfinite(node.nearest)) return {node.subject + " stayed infinite" + needed};
  const double miss = std::abs(node.nearest - node.value);
  return {node.subject + how + amount(node.nearest, dimension) + " at " +
              seconds(node.nearest_at_s) + needed,
          miss / std::max(std::abs(node.value), 1e-9)};
}

Shortfall no_event(const TriggerNode& node) {
  const std::string text = node.subject + " never happened";
  if (!node.seen) return {text};
  return {text + ", the gap came down to " + amount(node.nearest, core::kLength) + " at " +
              seconds(node.nearest_at_s),
          node.nearest};
}

Shortfall no_edge(const TriggerNode& node) {
  const TriggerNode& term = node.terms.front();
  if (!term.met) return shortfall_of(term);
  return {term_text(term) + " was true from the start" +
          (node.was_false ? ", and not again after that" : "") + ": it never became so"};
}

// That time was not up yet says nothing beside what else there is to wait for.
bool is_time(const TriggerNode& node) {
  return node.kind == Kind::kCompare && node.quantity->value == nullptr;
}

// All that was never met; of alternatives the nearest tells how far it was.
Shortfall of_terms(const TriggerNode& node) {
  const bool all = node.kind == Kind::kAnd;
  std::vector<std::string> texts;
  Shortfall out;
  double worst = 0;
  for (const TriggerNode& term : node.terms) {
    if (term.met || (!all && is_time(term) && node.terms.size() > 1)) continue;
    const Shortfall one = shortfall_of(term);
    texts.push_back(one.text);
    worst = std::max(worst, one.share);
    out.share = std::min(out.share, one.share);
  }
  if (texts.empty()) {
    return {"(" + bare_text(node) + "): each was true for a while, but never all together"};
  }
  if (all) out.share = worst;
  out.text = joined(texts, all ? "; and " : "; nor: ");
  return out;
}

}  // namespace

std::string text_of(const TriggerNode& node) {
  std::string text = bare_text(node);
  if (node.for_s <= 0) return text;
  if (node.terms.size() > 1) text = "(" + text + ")";
  return text + " for " + seconds(node.for_s);
}

Shortfall shortfall_of(const TriggerNode& node) {
  if (node.longest_s >= 0 && node.for_s > 0) return too_short(node);
  switch (node.kind) {
    case Kind::kAlways:
      return {};
    case Kind::kCompare:
      return too_far(node);
    case Kind::kEvent:
      return no_event(node);
    case Kind::kAfter:
      return {node.subject.substr(std::string("after ").size()) + " never started"};
    case Kind::kBecomes:
      return no_edge(node);
    case Kind::kNot:
      return {term_text(node.terms.front()) + " was true throughout"};
    case Kind::kAnd:
    case Kind::kOr:
      break;
  }
  return of_terms(node);
}

std::string cause_of(const TriggerNode& node) {
  if (node.kind == Kind::kOr) {
    for (const TriggerNode& term : node.terms) {
      if (term.held_s >= term.for_s - 1e-9 && term.held_s >= 0) return cause_of(term);
    }
  }
  return text_of(node);
}

}  // namespace oddroad::sim
