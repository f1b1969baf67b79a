// SPDX-License-Identifier: GPL-3.0-or-later
// What a great many dropped files cost the thread of the window, and how fast they are sent. Parts
// that are named on the command line ("drop", "sending") run alone; a number says how many photos
// are sent, and what else is there, which and in what settings (see sendload.h).
#include "tests/benchmarks/dropload.h"
#include "tests/benchmarks/sendload.h"

#include <QCoreApplication>

#include <cstdlib>

using namespace Qt::StringLiterals;
using namespace vitrine;

namespace {

constexpr int kPhotos = 1000;

/// Takes the number out of \a words.
int takeNumber(QStringList& words)
{
    for (const QString& word : std::as_const(words)) {
        if (const int number = word.toInt(); number > 0) {
            words.removeAll(word);
            return number;
        }
    }
    return kPhotos;
}

} // namespace

int main(int argc, char* argv[])
{
    QCoreApplication application(argc, argv);
    QStringList words = application.arguments().mid(1);
    bench::Report report(u"transfer"_s, words.removeAll(u"--json"_s) > 0);
    const int photos = takeNumber(words);
    const bool drops = words.removeAll(u"drop"_s) > 0;
    const bool sends = words.removeAll(u"sending"_s) > 0 || !words.isEmpty();
    if (drops || !sends)
        bench::measureDrop(report);
    if (sends || !drops)
        bench::measureSending(report, photos, words);
    return EXIT_SUCCESS;
}
