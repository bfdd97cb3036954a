#include "app/commands.h"

int main(int argc, char** argv) { return camwarden::run_command_line(argc, argv); }
