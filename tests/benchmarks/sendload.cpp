// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/benchmarks/sendload.h"

#include "app/transfer/parallelism.h"
#include "tests/benchmarks/cores.h"
#include "tests/benchmarks/knowingreader.h"
#include "tests/benchmarks/sendcontenders.h"
#include "tests/support/contentof.h"

#include <QLocale>
#include <QTemporaryDir>

#include <unistd.h>

#include <algorithm>
#include <array>
#include <optional>

using namespace Qt::StringLiterals;

namespace vitrine::bench {
namespace {

constexpr int kRounds = 4; // an equal part of the photos each; even, for there and back

struct Case {
    QString word; ///< on the command line
    Setting setting;
    QString name; ///< in the report
    /// Where the pictures are not small, only if it is named: the server takes minutes for them.
    bool isForSmall = false;
};

struct Load {
    QString word; ///< on the command line
    QString name; ///< in the report
    Sources (*make)(const QString& directory, int count);
};

const std::array kLoads{Load{u"small"_s, u"photos of 2 MP"_s, &smallPhotos},
                        Load{u"camera"_s, u"photos of 5 MB"_s, &cameraPhotos}};
const std::array kCases{Case{u"together"_s, Setting::Together, QString()},
                        Case{u"at-once"_s, Setting::AllAtOnce, u", variants at once"_s, true},
                        Case{u"apart"_s, Setting::Apart, u", a core each"_s},
                        Case{u"aside"_s, Setting::DecodesAside, u", decoding aside"_s, true}};

/// Everything that takes part in one comparison.
class Comparison
{
public:
    /// \a reader is what decoding aside takes.
    Comparison(Setting setting, const imaging::PictureReader& reader)
        : m_setting(setting), m_reader(reader)
    {}

    /// One round: there, or back, so that none always follows the same one.
    void measure(const Sources& sources, bool isBack);
    void report(Report& report, const QString& photos, const QString& name) const;

private:
    enum Contender { Prepared, Curl, CurlAsFew, BareQt, Shared, Preparing, kContenders };

    Trial run(Contender contender, const Sources& sources) const;
    std::vector<double> all(Contender contender, double Trial::*value) const;

    const Setting m_setting;
    const imaging::PictureReader& m_reader;
    std::array<std::vector<Trial>, kContenders> m_trials;
};

void Comparison::measure(const Sources& sources, bool isBack)
{
    for (int i = 0; i < kContenders; ++i) {
        const auto contender = Contender(isBack ? kContenders - 1 - i : i);
        ::sync(); // what the one before left to the disk is not this one's
        m_trials[contender].push_back(run(contender, sources));
    }
}

Trial Comparison::run(Contender contender, const Sources& sources) const
{
    std::optional<OneCore> core;
    if (m_setting == Setting::Apart)
        core.emplace(contender == Preparing ? 0 : 1);
    if (contender == Preparing)
        return prepareAlone(sources);
    const Target target(m_setting, m_reader);
    if (core)
        core->moveTo(0);
    if (contender == Curl || contender == CurlAsFew)
        return sendByCurl(target, sources, contender == Curl ? 0 : transfer::Parallelism::kMost);
    if (contender == BareQt)
        return sendByBareNetwork(target, sources, transfer::Parallelism::kMost);
    return contender == Prepared ? sendPrepared(target, sources) : share(target, sources);
}

std::vector<double> Comparison::all(Contender contender, double Trial::*value) const
{
    std::vector<double> values;
    for (const Trial& trial : m_trials[contender])
        values.push_back(trial.*value);
    return values;
}

void Comparison::report(Report& report, const QString& photos, const QString& name) const
{
    const auto versus = [&](const QString& what, const QString& unit, Contender contender,
                            const QString& against, Contender other, double Trial::*value) {
        report.add(compared(what + name, all(contender, value), unit, against, all(other, value)));
    };
    const auto alone = u"preparing alone"_s;
    const QString sent = photos + u", prepared, sent"_s;
    versus(sent, u"per s"_s, Prepared, u"curl --parallel"_s, Curl, &Trial::rate);
    versus(sent, u"per s"_s, Prepared, u"curl, as many at once"_s, CurlAsFew, &Trial::rate);
    versus(sent, u"per s"_s, Prepared, u"Qt's network alone"_s, BareQt, &Trial::rate);
    versus(photos + u", shared"_s, u"per s"_s, Shared, alone, Preparing, &Trial::rate);
    if (m_setting == Setting::DecodesAside) // its server's time is this process's, too
        return;
    const QString unit = u"ms CPU"_s;
    versus(photos + u": client's CPU time, sending one"_s, unit, Prepared, u"Qt's network alone"_s,
           BareQt, &Trial::cpu);
    versus(photos + u": client's CPU time, sharing one"_s, unit, Shared, alone, Preparing,
           &Trial::cpu);
    report.add({photos + u": server's CPU time, sharing one"_s + name,
                median(all(Shared, &Trial::serverCpu)),
                unit,
                {},
                0});
}

/// \a word was named, or none of its kind was.
template <class Choices>
bool isWanted(const QString& word, const QStringList& words, const Choices& choices)
{
    return words.contains(word) || std::ranges::none_of(choices, [&](const auto& choice) {
               return words.contains(choice.word);
           });
}

void compare(Report& report, const Load& load, const Case& one, const Sources& sources)
{
    const KnowingReader knowing(test::contentOf(sources.first().path));
    Comparison comparison(one.setting, knowing);
    const auto share = sources.size() / kRounds;
    for (int round = 0; round < kRounds; ++round)
        comparison.measure(sources.mid(round * share, share), round % 2 != 0);
    const QString count = QLocale(QLocale::English).toString(sources.size());
    comparison.report(report, count + u' ' + load.name, one.name);
}

} // namespace

void measureSending(Report& report, int photos, const QStringList& words)
{
    const int share = photos / kRounds;
    for (const Load& load : kLoads) {
        if (!isWanted(load.word, words, kLoads))
            continue;
        QTemporaryDir directory;
        const Sources sources = load.make(directory.path(), share * kRounds);
        for (const Case& one : kCases) {
            const bool isNamed = words.contains(one.word);
            const bool isOwn = !one.isForSmall || isNamed || load.word == kLoads.front().word;
            if (!sources.isEmpty() && isOwn && isWanted(one.word, words, kCases))
                compare(report, load, one, sources);
        }
    }
}

} // namespace vitrine::bench
