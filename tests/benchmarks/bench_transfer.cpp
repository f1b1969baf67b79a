// SPDX-License-Identifier: GPL-3.0-or-later
// What a great many dropped files cost the thread of the window, and how fast they are sent. Parts
// that are named on the command line ("drop", "sending") run alone.
#include "tests/benchmarks/dropload.h"
#include "tests/benchmarks/sendload.h"

#include <QCoreApplication>

#include <cstdlib>

using namespace Qt::StringLiterals;
using namespace vitrine;

int main(int argc, char* argv[])
{
    QCoreApplication application(argc, argv);
    QStringList parts = application.arguments().mid(1);
    bench::Report report(u"transfer"_s, parts.removeAll(u"--json"_s) > 0);
    if (parts.isEmpty() || parts.contains(u"drop"_s))
        bench::measureDrop(report);
    if (parts.isEmpty() || parts.contains(u"sending"_s))
        bench::measureSending(report);
    return EXIT_SUCCESS;
}
