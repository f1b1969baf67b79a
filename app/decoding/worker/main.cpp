// SPDX-License-Identifier: GPL-3.0-or-later
// vitrine-decode: reads pictures for Vitrine and can do nothing else. Not for people to start.
#include "app/decoding/worker/zygoteloop.h"
#include "app/imaging/pipeline/inprocesspicturereader.h"

#include <unistd.h>

#include <cstdio>

int main(int argc, char** argv)
{
    const vitrine::imaging::InProcessPictureReader reader;
    const int exitCode = vitrine::decoding::runZygote(argc, argv, reader);
    if (exitCode != 0)
        std::fputs("vitrine-decode is started by Vitrine; it is of no use by itself.\n", stderr);
    std::fflush(stderr);
    ::_exit(exitCode); // destructors of libraries could want what is not allowed any more
}
