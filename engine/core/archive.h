// What an object remembers, as bytes and back, bit for bit: one function names its members and
// serves both directions, so that they cannot disagree.
//   void Filter::remember(core::Archive& archive) { archive(value_, last_ns_); }
// For the build that wrote the bytes only: they hold numbers as this machine lays them out.
#pragma once

#include <cstring>
#include <deque>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace oddroad::core {

class Archive {
 public:
  static Archive to_bytes() { return Archive({}, false); }
  // The bytes must outlive it.
  static Archive from_bytes(std::string_view bytes) { return Archive(bytes, true); }

  // Numbers, enumerations and plain structs of them; strings; vectors, deques, maps and optionals;
  // whatever has remember(Archive&).
  template <typename... Values>
  void operator()(Values&... values) {
    (one(values), ...);
  }

  [[nodiscard]] bool reads() const { return reads_; }
  // Reading: false once the bytes were not what was asked for. Values are of no use then.
  [[nodiscard]] bool fits() const { return fits_; }
  // Reading: everything was asked for.
  [[nodiscard]] bool at_end() const { return fits_ && left_.empty(); }
  void refuse() { fits_ = false; }
  [[nodiscard]] std::string take() { return std::move(written_); }

 private:
  Archive(std::string_view bytes, bool reads) : reads_(reads), left_(bytes) {}

  void raw(void* bytes, std::size_t count) {
    if (count == 0) return;  // of an empty vector, which may have no place
    if (!reads_) {
      written_.append(static_cast<const char*>(bytes), count);
    } else if (count > left_.size() || !fits_) {
      fits_ = false;
    } else {
      std::memcpy(bytes, left_.data(), count);
      left_.remove_prefix(count);
    }
  }

  // How many follow; each takes a byte at least, so that wrong bytes ask for no more than there is.
  std::size_t count_of(std::size_t there) {
    std::uint64_t count = there;
    raw(&count, sizeof count);
    if (reads_ && count > left_.size()) fits_ = false;
    return fits_ ? static_cast<std::size_t>(count) : 0;
  }

  template <typename Value>
  void one(Value& value) {
    if constexpr (requires { value.remember(*this); }) {
      value.remember(*this);
    } else {
      static_assert(std::is_trivially_copyable_v<Value> && !std::is_pointer_v<Value>);
      raw(&value, sizeof value);
    }
  }

  template <typename Value, typename Allocator>
  void one(std::vector<Value, Allocator>& values) {
    // Of the bytes that are left, as many as these take.
    const std::size_t count = count_of(values.size());
    if constexpr (std::is_trivially_copyable_v<Value>) {
      if (reads_ && count > left_.size() / sizeof(Value)) return refuse();
      if (reads_) values.resize(count);
      raw(values.data(), count * sizeof(Value));
    } else {
      if (reads_) values.resize(count);
      for (std::size_t k = 0; k < count && fits_; ++k) one(values[k]);
    }
  }

  template <typename Value>
  void one(std::deque<Value>& values) {
    const std::size_t count = count_of(values.size());
    if (reads_) values.resize(count);
    for (std::size_t k = 0; k < count && fits_; ++k) one(values[k]);
  }

  void one(std::string& text) {
    const std::size_t count = count_of(text.size());
    if (reads_) text.resize(count);
    raw(text.data(), count);
  }

  template <typename Key, typename Value>
  void one(std::map<Key, Value>& values) {
    const std::size_t count = count_of(values.size());
    if (!reads_) {
      for (auto& [key, value] : values) {
        Key copy = key;
        (*this)(copy, value);
      }
      return;
    }
    values.clear();
    for (std::size_t k = 0; k < count && fits_; ++k) {
      Key key{};
      one(key);
      one(values[key]);
    }
  }

  template <typename Value>
  void one(std::optional<Value>& value) {
    bool there = value.has_value();
    one(there);
    if (reads_) value.reset();
    if (!there || !fits_) return;
    if (reads_) value.emplace();
    one(*value);
  }

  bool reads_ = false, fits_ = true;
  std::string_view left_;
  std::string written_;
};

// All that `object` remembers.
template <typename Object>
std::string to_bytes(Object& object) {
  Archive archive = Archive::to_bytes();
  archive(object);
  return archive.take();
}

// False: the bytes are of something else; the object is of no use then.
template <typename Object>
[[nodiscard]] bool from_bytes(std::string_view bytes, Object& object) {
  Archive archive = Archive::from_bytes(bytes);
  archive(object);
  return archive.at_end();
}

}  // namespace oddroad::core
