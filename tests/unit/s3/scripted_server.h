// A server that gives one answer after another, one a connection, and keeps what it was asked: for
// what a real store does not do on demand. Real ones: tests/integration/s3_test.sh.
#pragma once

#include <cstdlib>
#include <string>
#include <thread>
#include <vector>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

namespace oddroad::s3 {

// "" breaks the connection without an answer.
inline std::string answer(const std::string& status, const std::string& body = {}) {
  return "HTTP/1.1 " + status +
         "\r\nConnection: close\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n" +
         body;
}

class ScriptedServer {
 public:
  explicit ScriptedServer(std::vector<std::string> answers) : answers_(std::move(answers)) {
    ::setenv("no_proxy", "127.0.0.1", 1);
    socket_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    auto* generic = reinterpret_cast<sockaddr*>(&address);
    if (::bind(socket_, generic, size) != 0 || ::listen(socket_, 8) != 0) return;
    ::getsockname(socket_, generic, &size);
    port_ = ntohs(address.sin_port);
    thread_ = std::thread([this] {
      for (const std::string& one : answers_) serve(one);
    });
  }
  ~ScriptedServer() {
    ::shutdown(socket_, SHUT_RDWR);  // wakes the thread where answers are left
    if (thread_.joinable()) thread_.join();
    ::close(socket_);
  }

  [[nodiscard]] std::string url() const { return "http://127.0.0.1:" + std::to_string(port_); }
  // After the client is done.
  std::vector<std::string> requests() {
    if (thread_.joinable()) thread_.join();
    return requests_;
  }

 private:
  static std::size_t body_bytes(const std::string& head) {
    const auto at = head.find("Content-Length: ");
    return at == std::string::npos ? 0 : std::stoul(head.substr(at + 16));
  }

  void serve(const std::string& answer) {
    const int connection = ::accept(socket_, nullptr, nullptr);
    if (connection < 0) return;
    std::string request;
    char bytes[4096];
    bool welcome = false;
    while (true) {
      const auto end = request.find("\r\n\r\n");
      if (end != std::string::npos && !welcome && request.find("Expect: 100-continue") < end) {
        const std::string go_on = "HTTP/1.1 100 Continue\r\n\r\n";
        ::send(connection, go_on.data(), go_on.size(), MSG_NOSIGNAL);
        welcome = true;
      }
      if (end != std::string::npos && request.size() >= end + 4 + body_bytes(request)) break;
      const ssize_t got = ::read(connection, bytes, sizeof bytes);
      if (got <= 0) break;
      request.append(bytes, static_cast<std::size_t>(got));
    }
    requests_.push_back(request);
    if (!answer.empty()) ::send(connection, answer.data(), answer.size(), MSG_NOSIGNAL);
    ::close(connection);
  }

  std::vector<std::string> answers_, requests_;
  int socket_ = -1, port_ = 0;
  std::thread thread_;
};

}  // namespace oddroad::s3
