#include "engine/cli/commands.h"
#include "engine/validate/image_table.h"

namespace oddroad::cli {

int stats_command(const Context& context, const std::vector<std::string>& images,
                  const std::string& reference, bool strict) {
  core::Diagnostics problems;
  std::optional<validate::NamedStatistics> photo;
  if (!reference.empty()) {
    auto read = validate::read_statistics(reference);
    if (read) {
      photo = std::move(*read);
    } else {
      problems.append(read.error());
    }
  }
  std::vector<validate::NamedStatistics> pictures;
  for (const std::string& image : images) {
    auto read = validate::read_statistics(image);
    if (read) {
      pictures.push_back(std::move(*read));
    } else {
      problems.append(read.error());
    }
  }
  if (problems.has_errors()) return fail(context, problems, kBadInput);
  std::fputs(validate::statistics_table(pictures, photo).c_str(), context.out);
  if (!strict) return kDone;
  for (const auto& picture : pictures) {
    const auto against = photo ? std::optional(photo->of) : std::nullopt;
    if (validate::judge(picture.of, against).any_failed()) return kSetAside;
  }
  return kDone;
}

}  // namespace oddroad::cli
