// SPDX-License-Identifier: GPL-3.0-or-later
// Starts and ends with all decoders loaded, as only the worker has them.
#include "app/imaging/pipeline/inprocesspicturereader.h"

#include <QCoreApplication>

using namespace vitrine::imaging;

int main(int argc, char* argv[])
{
    const QCoreApplication application(argc, argv);
    if (argc > 1) { // nobody does: this only keeps them linked
        const InProcessPictureReader reader;
        return reader.read(QByteArrayView(argv[1]), {.metadata = true}) ? EXIT_SUCCESS
                                                                        : EXIT_FAILURE;
    }
    return EXIT_SUCCESS;
}
