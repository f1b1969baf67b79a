// SPDX-License-Identifier: GPL-3.0-or-later
// What a great many dropped files cost the thread of the window, and how fast they are sent.
#include "tests/benchmarks/dropload.h"
#include "tests/benchmarks/sendload.h"

#include <QCoreApplication>

#include <cstdlib>

using namespace Qt::StringLiterals;
using namespace vitrine;

int main(int argc, char* argv[])
{
    QCoreApplication application(argc, argv);
    bench::Report report(u"transfer"_s, application.arguments().contains("--json"_L1));
    bench::measureDrop(report);
    bench::measureSending(report);
    return EXIT_SUCCESS;
}
