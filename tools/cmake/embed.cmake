# Writes a file's bytes as two C++ constants:
#   cmake -DINPUT=shunt.o -DOUTPUT=shunt_program.cc -DNAME=kShuntProgram -P embed.cmake
file(READ ${INPUT} hex HEX)
string(REGEX REPLACE "([0-9a-f][0-9a-f])" "0x\\1," bytes "${hex}")
file(WRITE ${OUTPUT} "namespace camwarden {
extern const unsigned char ${NAME}[];
extern const unsigned ${NAME}Size;
alignas(8) const unsigned char ${NAME}[] = {${bytes}};
const unsigned ${NAME}Size = sizeof ${NAME};
}  // namespace camwarden
")
