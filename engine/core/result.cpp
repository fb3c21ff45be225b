#include "engine/core/result.h"

namespace oddroad::core {

namespace {

// "file:line:column: ", or empty.
std::string prefix_of(const SourceLocation& where) {
  if (where.file.empty()) return {};
  std::string text = where.file;
  if (where.line > 0) text += ":" + std::to_string(where.line);
  if (where.line > 0 && where.column > 0) text += ":" + std::to_string(where.column);
  return text + ": ";
}

}  // namespace

Diagnostic told_at(SourceLocation where, Diagnostic diagnostic) {
  diagnostic.message = prefix_of(diagnostic.where) + diagnostic.message;
  diagnostic.where = std::move(where);
  return diagnostic;
}

std::string to_string(const Diagnostic& diagnostic) {
  std::string text = prefix_of(diagnostic.where);
  text += diagnostic.severity == Severity::kError ? "error: " : "warning: ";
  text += diagnostic.message;
  if (!diagnostic.hint.empty()) text += "; " + diagnostic.hint;
  return text;
}

void Diagnostics::error(SourceLocation where, std::string message, std::string hint) {
  add({Severity::kError, std::move(where), std::move(message), std::move(hint)});
}

void Diagnostics::warning(SourceLocation where, std::string message, std::string hint) {
  add({Severity::kWarning, std::move(where), std::move(message), std::move(hint)});
}

void Diagnostics::append(const Diagnostics& other) {
  items_.insert(items_.end(), other.items_.begin(), other.items_.end());
}

bool Diagnostics::has_errors() const {
  for (const Diagnostic& item : items_) {
    if (item.severity == Severity::kError) return true;
  }
  return false;
}

std::string to_string(const Diagnostics& diagnostics) {
  std::string text;
  for (const Diagnostic& item : diagnostics.items()) {
    if (!text.empty()) text += "\n";
    text += to_string(item);
  }
  return text;
}

tl::unexpected<Diagnostics> fail(std::string message, std::string hint) {
  return fail_at({}, std::move(message), std::move(hint));
}

tl::unexpected<Diagnostics> fail_at(SourceLocation where, std::string message, std::string hint) {
  return tl::unexpected<Diagnostics>(Diagnostics(
      Diagnostic{Severity::kError, std::move(where), std::move(message), std::move(hint)}));
}

}  // namespace oddroad::core
