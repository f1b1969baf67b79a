// SPDX-License-Identifier: GPL-3.0-or-later
// Starts and ends: what every program of this house takes that shows pictures and reads none. They
// are QImages, so Qt Gui is there.
#include "app/base/error.h"

#include <QCoreApplication>
#include <QImage>

int main(int argc, char* argv[])
{
    const QCoreApplication application(argc, argv);
    const bool isKept = vitrine::isRetryable(vitrine::ErrorKind::NotAnImage) ||
                        QImage(argc, 1, QImage::Format_RGB32).isNull();
    return isKept ? EXIT_FAILURE : EXIT_SUCCESS;
}
