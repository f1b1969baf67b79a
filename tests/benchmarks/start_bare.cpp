// SPDX-License-Identifier: GPL-3.0-or-later
// Starts and ends: what every program of this house takes that has no picture to do with.
#include "app/base/error.h"

#include <QCoreApplication>

int main(int argc, char* argv[])
{
    const QCoreApplication application(argc, argv);
    return vitrine::isRetryable(vitrine::ErrorKind::NotAnImage) ? EXIT_FAILURE : EXIT_SUCCESS;
}
