#include "engine/core/parallel.h"

#include <algorithm>

#ifdef __SANITIZE_THREAD__
#include <atomic>
#include <deque>
#include <future>
#include <thread>
#include <vector>
#else
#include <tbb/blocked_range.h>
#include <tbb/global_control.h>
#include <tbb/parallel_for.h>
#include <tbb/parallel_pipeline.h>
#include <tbb/task_arena.h>
#endif

namespace oddroad::core {

#ifdef __SANITIZE_THREAD__

struct ThreadLimit::State {};
ThreadLimit::ThreadLimit(int) {}

void parallel_chunks(std::size_t n, std::size_t grain,
                     const std::function<void(std::size_t, std::size_t)>& body) {
  constexpr std::size_t kThreads = 3;
  const std::size_t step = std::max(grain, n / (kThreads * 4) + 1);
  std::atomic<std::size_t> next = 0;
  const auto work = [&] {
    for (std::size_t begin = next.fetch_add(step); begin < n; begin = next.fetch_add(step)) {
      body(begin, std::min(begin + step, n));
    }
  };
  std::vector<std::thread> threads;
  for (std::size_t k = 1; k < std::min(kThreads, (n + step - 1) / step); ++k) {
    threads.emplace_back(work);
  }
  work();
  for (std::thread& thread : threads) thread.join();
}

void run_ahead(std::size_t in_flight, const std::function<std::function<void()>()>& next) {
  std::deque<std::future<void>> running;
  while (true) {
    if (running.size() == in_flight) running.pop_front();  // waits for it
    auto work = next();
    if (!work) return;
    running.push_back(std::async(std::launch::async, std::move(work)));
  }
}

void run_in_order(std::size_t in_flight, const std::function<std::function<LastStep()>()>& next) {
  std::deque<std::future<LastStep>> running;
  const auto end_first = [&] {
    const LastStep last = running.front().get();
    running.pop_front();
    if (last) last();
  };
  for (auto work = next(); work; work = next()) {
    running.push_back(std::async(std::launch::async, std::move(work)));
    if (running.size() == in_flight) end_first();
  }
  while (!running.empty()) end_first();
}

#else

struct ThreadLimit::State {
  tbb::global_control control;
};
ThreadLimit::ThreadLimit(int threads)
    : state_(new State{{tbb::global_control::max_allowed_parallelism,
                        static_cast<std::size_t>(std::max(threads, 1))}}) {}

void parallel_chunks(std::size_t n, std::size_t grain,
                     const std::function<void(std::size_t, std::size_t)>& body) {
  if (n <= grain) {  // one piece
    if (n > 0) body(0, n);
    return;
  }
  // Many small pieces: rows of an image differ much in their work.
  constexpr int kPiecesPerThread = 32;
  const int threads = tbb::this_task_arena::max_concurrency();
  const std::size_t step =
      std::max(grain, n / static_cast<std::size_t>(threads * kPiecesPerThread));
  // Isolated: who waits for the last piece must not begin something long of another loop.
  tbb::this_task_arena::isolate([&] {
    tbb::parallel_for(
        tbb::blocked_range<std::size_t>(0, n, step),
        [&](const auto& range) {
          body(range.begin(), range.end());
        },
        tbb::simple_partitioner());
  });
}

void run_ahead(std::size_t in_flight, const std::function<std::function<void()>()>& next) {
  using Work = std::function<void()>;
  const auto make = [&](tbb::flow_control& control) {
    Work work = next();
    if (!work) control.stop();
    return work;
  };
  const auto run = [](const Work& work) {
    work();
  };
  tbb::parallel_pipeline(in_flight,
                         tbb::make_filter<void, Work>(tbb::filter_mode::serial_in_order, make) &
                             tbb::make_filter<Work, void>(tbb::filter_mode::parallel, run));
}

void run_in_order(std::size_t in_flight, const std::function<std::function<LastStep()>()>& next) {
  using Work = std::function<LastStep()>;
  const auto make = [&](tbb::flow_control& control) {
    Work work = next();
    if (!work) control.stop();
    return work;
  };
  const auto run = [](const Work& work) {
    return work();
  };
  const auto end = [](const LastStep& last) {
    if (last) last();
  };
  tbb::parallel_pipeline(
      in_flight, tbb::make_filter<void, Work>(tbb::filter_mode::serial_in_order, make) &
                     tbb::make_filter<Work, LastStep>(tbb::filter_mode::parallel, run) &
                     tbb::make_filter<LastStep, void>(tbb::filter_mode::serial_in_order, end));
}

#endif

ThreadLimit::~ThreadLimit() = default;

}  // namespace oddroad::core
