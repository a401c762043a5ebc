// Much of the C++ standard library and of two large header libraries in one program: JSON, linear algebra, regular expressions, streams.
#include <Eigen/Dense>
#include <algorithm>
#include <array>
#include <complex>
#include <deque>
#include <functional>
#include <iomanip>
#include <iostream>
#include <iterator>
#include <list>
#include <map>
#include <memory>
#include <nlohmann/json.hpp>
#include <numeric>
#include <random>
#include <regex>
#include <set>
#include <sstream>
#include <string>
#include <unordered_map>
#include <valarray>
#include <variant>
#include <vector>

namespace {

using Json = nlohmann::json;

std::string readAll() { return {std::istreambuf_iterator<char>(std::cin), {}}; }

std::string countedWords(const std::string &text) {
  const std::regex word("[A-Za-z]+");
  std::map<std::string, int> counts;
  for (std::sregex_iterator at(text.begin(), text.end(), word), end; at != end; ++at) ++counts[at->str()];
  Json json;
  for (const auto &[name, count] : counts) json[name] = {{"count", count}, {"length", name.size()}};
  const Json again = Json::parse(json.dump(2));
  return again == json ? std::to_string(again.size()) + " " + std::to_string(json.dump().size()) : "differs";
}

template <int N>
std::string solved() {
  using Matrix = Eigen::Matrix<double, N, N>;
  Matrix a;
  for (int i = 0; i < N; ++i)
    for (int j = 0; j < N; ++j) a(i, j) = 1.0 / (i + j + 1) + (i == j ? N : 0);
  const Eigen::Matrix<double, N, 1> ones = Eigen::Matrix<double, N, 1>::Ones();
  const auto lu = a.fullPivLu().solve(ones).sum();
  const auto qr = a.colPivHouseholderQr().solve(ones).sum();
  const auto svd = a.jacobiSvd(Eigen::ComputeFullU | Eigen::ComputeFullV).solve(ones).sum();
  const auto eigen = Eigen::SelfAdjointEigenSolver<Matrix>(a).eigenvalues().sum();
  std::ostringstream out;
  out << std::fixed << std::setprecision(6) << lu << ' ' << qr << ' ' << svd << ' ' << eigen;
  return out.str();
}

std::string sorted() {
  std::mt19937_64 random(42);
  std::vector<std::variant<long long, std::string>> values;
  for (int i = 0; i < 5'000; ++i) {
    const auto next = static_cast<long long>(random() >> 1);
    if (i % 3) values.emplace_back(next);
    else values.emplace_back(std::to_string(next));
  }
  std::stable_sort(values.begin(), values.end());
  std::unordered_map<std::size_t, int> buckets;
  std::uint64_t sum = 0;
  for (std::size_t i = 0; i < values.size(); ++i) {
    const auto size = std::visit([](const auto &value) {
      std::ostringstream out;
      out << value;
      return out.str().size();
    }, values[i]);
    ++buckets[size];
    sum = sum * 31 + size * i;
  }
  return std::to_string(buckets.size()) + " " + std::to_string(sum);
}

std::string transformed() {
  std::valarray<std::complex<double>> wave(256);
  for (std::size_t i = 0; i < wave.size(); ++i) wave[i] = std::polar(1.0, 0.1 * static_cast<double>(i));
  std::function<void(std::valarray<std::complex<double>> &)> fourier = [&](auto &x) {
    const std::size_t n = x.size();
    if (n == 1) return;
    std::valarray<std::complex<double>> even = x[std::slice(0, n / 2, 2)], odd = x[std::slice(1, n / 2, 2)];
    fourier(even);
    fourier(odd);
    for (std::size_t k = 0; k < n / 2; ++k) {
      const auto t = std::polar(1.0, -2 * 3.14159265358979 * static_cast<double>(k) / static_cast<double>(n)) * odd[k];
      x[k] = even[k] + t;
      x[k + n / 2] = even[k] - t;
    }
  };
  fourier(wave);
  double energy = 0;
  for (const auto &each : wave) energy += std::norm(each);
  std::ostringstream out;
  out << std::fixed << std::setprecision(3) << energy;
  return out.str();
}

}  // namespace

int main() {
  const std::string text = readAll();
  std::cout << "words: " << countedWords(text) << '\n'
            << "4x4: " << solved<4>() << '\n'
            << "7x7: " << solved<7>() << '\n'
            << "16x16: " << solved<16>() << '\n'
            << "32x32: " << solved<32>() << '\n'
            << "sorted: " << sorted() << '\n'
            << "fourier: " << transformed() << '\n';
  return std::cout.flush() ? 0 : 1;
}
