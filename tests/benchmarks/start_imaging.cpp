// SPDX-License-Identifier: GPL-3.0-or-later
// Starts and ends, and could have read any picture: as the programs do it, by a worker.
#include "app/decoding/sandboxedpicturereader.h"
#include "app/imaging/fittedcopy.h"
#include "app/imaging/perceptualhash.h"

#include <QCoreApplication>

using namespace vitrine;

int main(int argc, char* argv[])
{
    const QCoreApplication application(argc, argv);
    if (argc > 1) { // nobody does: this only keeps it linked
        const decoding::SandboxedPictureReader reader(
            {.program = decoding::workerFor(application.applicationDirPath())});
        const auto copy = imaging::fittedCopy(QByteArrayView(argv[1]), reader, {}, {});
        return copy && imaging::perceptualHash(QImage::fromData(*copy)) ? EXIT_SUCCESS
                                                                        : EXIT_FAILURE;
    }
    return EXIT_SUCCESS;
}
