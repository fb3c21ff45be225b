#include "engine/exchange/native.h"

#include <algorithm>
#include <cctype>

#include "engine/core/sha256.h"

namespace oddroad::exchange {
namespace {

using Files = std::vector<std::string>;

// "<sensor>/<tick>" of a capture's file; empty for files of the whole clip.
std::string capture_of(const std::string& name) {
  const auto slash = name.find('/');
  if (slash == std::string::npos) return "";
  const auto dot = std::min(name.find('.', slash), name.size());
  const bool digits =
      std::all_of(name.begin() + static_cast<std::ptrdiff_t>(slash) + 1,
                  name.begin() + static_cast<std::ptrdiff_t>(dot), [](unsigned char c) {
                    return std::isdigit(c);
                  });
  return digits ? name.substr(0, dot) : "";
}

class NativeClip : public ClipExport {
 public:
  NativeClip(std::shared_ptr<const ExportClip> clip, const FormatContext& context)
      : clip_(std::move(clip)), context_(context) {
    std::map<std::string, Files> captures;
    for (const auto& [name, entry] : clip_->reader.manifest().files) {
      const std::string capture = capture_of(name);
      (capture.empty() ? others_ : captures[capture]).push_back(name);
    }
    for (auto& [capture, files] : captures) captures_.push_back(std::move(files));
  }

  [[nodiscard]] std::size_t frames() const override { return captures_.size(); }
  [[nodiscard]] std::optional<std::string> keep() const override { return ""; }

  core::Result<InOrder> write(std::size_t k) override {
    if (auto done = copy(captures_[k]); !done) return core::forward_error(done);
    return InOrder{};
  }

  // The manifest last: what has one is a clip.
  core::Result<void> close() override {
    if (auto done = copy(others_); !done) return done;
    return context_.out.copy(place("manifest.json"), clip_->reader.folder() / "manifest.json");
  }

 private:
  core::Result<void> copy(const Files& files) {
    for (const std::string& name : files) {
      const auto path = clip_->reader.folder() / name;
      core::Sha256 hash;
      if (auto done = context_.out.copy(place(name), path, &hash); !done) return done;
      if (hash.hex() != clip_->reader.manifest().files.at(name).sha256) {
        return core::fail_at({path.string()}, "its content is not what the manifest says",
                             "render the clip again");
      }
    }
    context_.notes.count("files", static_cast<std::int64_t>(files.size()));
    return {};
  }

  [[nodiscard]] std::string place(const std::string& name) const {
    return "clips/" + clip_->name + "/" + name;
  }

  std::shared_ptr<const ExportClip> clip_;
  const FormatContext& context_;
  std::vector<Files> captures_;
  Files others_;
};

class Native : public Format {
 public:
  explicit Native(const FormatContext& context) : context_(context) {}

  core::Result<std::unique_ptr<ClipExport>> open(
      const std::shared_ptr<const ExportClip>& clip) override {
    const auto& reader = clip->reader;
    const auto whole = dataset::check_files(reader.folder(), reader.manifest(), false);
    if (!whole) return core::forward_error(whole);
    return std::make_unique<NativeClip>(clip, context_);
  }

  core::Result<void> close() override {
    return context_.out.copy("dataset.json", context_.dataset / "dataset.json");
  }

 private:
  const FormatContext& context_;
};

}  // namespace

FormatTraits native_format() {
  return {.name = "native",
          .summary = "the dataset's own format: whole clips, byte by byte (see --select)",
          .keeps_classes = true,
          .sees_images = false,
          .sees_lidar = false,
          .has_splits = false,
          .make = [](const FormatContext& context) -> std::unique_ptr<Format> {
            return std::make_unique<Native>(context);
          }};
}

}  // namespace oddroad::exchange
