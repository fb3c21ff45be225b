// Loops and pipelines on all cores (oneTBB). Results may not depend on how work is cut or ordered.
// The packaged oneTBB is not built for ThreadSanitizer, which then cannot see how its tasks follow
// each other: in such builds the same work runs on plain threads instead, so that a report is a
// race of ours.
#pragma once

#include <cstddef>
#include <functional>
#include <memory>

namespace oddroad::core {

// body(begin, end) for pieces of [0, n) of about `grain` or more. Returns when all are done.
void parallel_chunks(std::size_t n, std::size_t grain,
                     const std::function<void(std::size_t begin, std::size_t end)>& body);

// body(i) for every i in [0, n).
template <typename Index, typename Body>
void parallel_for(Index n, const Body& body) {
  if (n <= 0) return;
  parallel_chunks(static_cast<std::size_t>(n), 1, [&](std::size_t begin, std::size_t end) {
    for (std::size_t i = begin; i != end; ++i) body(static_cast<Index>(i));
  });
}

// Calls next() for one piece of work after another, in order and never two at a time; each piece
// runs on any thread while the next is being made, at most `in_flight` of them unfinished. An empty
// piece ends it.
void run_ahead(std::size_t in_flight, const std::function<std::function<void()>()>& next);

// The same with a last step: what a piece returns is called after it, in the order of next() and
// never two at a time. At most `in_flight` pieces are unfinished, last steps that wait for their
// turn included.
using LastStep = std::function<void()>;
void run_in_order(std::size_t in_flight, const std::function<std::function<LastStep()>()>& next);

// While it lives, the loops and pipelines of the whole process use this many threads at most.
class ThreadLimit {
 public:
  explicit ThreadLimit(int threads);
  ~ThreadLimit();
  ThreadLimit(const ThreadLimit&) = delete;
  ThreadLimit& operator=(const ThreadLimit&) = delete;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace oddroad::core
