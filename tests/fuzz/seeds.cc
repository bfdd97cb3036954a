// Writes what the captures hold of every protocol as inputs for protocols_fuzz.
//
//   fuzz_seeds CAPTURES DIRECTORY

#include <filesystem>
#include <fstream>
#include <iostream>

#include "unit/protocols/samples.h"

int main(int count, char** arguments) {
  if (count != 3) {
    std::cerr << "usage: fuzz_seeds CAPTURES DIRECTORY\n";
    return 2;
  }
  const std::filesystem::path directory(arguments[2]);
  std::filesystem::create_directories(directory);
  int number = 0;
  for (const auto& sample : camwarden::samples_in(arguments[1])) {
    const auto name = std::string(sample.protocol->name);
    std::ofstream file(directory / (name + "-" + std::to_string(++number)), std::ios::binary);
    file << name << '\n' << '\x80' << sample.bytes;
    if (!file) return 1;
  }
  std::cout << number << " seeds\n";
  return number > 0 ? 0 : 1;
}
