// SPDX-License-Identifier: GPL-3.0-or-later
// Starts and ends, and could have done anything with pictures.
#include "app/imaging/metadata.h"
#include "app/imaging/variants.h"

#include <QCoreApplication>

int main(int argc, char* argv[])
{
    const QCoreApplication application(argc, argv);
    if (argc > 1) { // nobody does: this only keeps the libraries linked
        const QByteArray bytes(argv[1]);
        const auto variants = vitrine::imaging::makeVariants(bytes, {.preview = true}, {});
        return variants && vitrine::imaging::readMetadata(bytes).altText.isEmpty();
    }
    return EXIT_SUCCESS;
}
