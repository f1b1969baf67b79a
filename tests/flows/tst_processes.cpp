// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/imaging/pipeline/inprocesspicturereader.h"
#include "app/session/session.h"
#include "tests/cli/vitrinectl.h"
#include "tests/support/futures.h"
#include "tests/support/pictures.h"

#include <QJsonDocument>
#include <QTemporaryDir>
#include <QTest>

using namespace vitrine;
using namespace Qt::StringLiterals;
using session::Session;
using test::await;

namespace {

constexpr int kLimitMs = 60'000;

} // namespace

/// (11) Several real processes on the account of this machine: windows and vitrinectl.
class tst_Processes final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { m_home = std::make_unique<QTemporaryDir>(); }
    void sameFileAtOnceIsSharedOnce();
    void windowSendsWhatTheShellHandsIn();
    void manyOfTheShellEndBesideAWindow();
    void syncDoesNotWaitForAPausedWindow();
    void anotherGoesOnWhenTheWorkerIsKilled();

private:
    std::unique_ptr<Session> makeSession();
    std::unique_ptr<Session> openWindow();
    bool isHandedIn(const QString& name);
    QString picture(int seed);
    std::unique_ptr<QProcess> start(const QStringList& arguments)
    {
        return test::startVitrinectl(m_home->path(), arguments, {});
    }

    const SystemClock m_clock;
    const imaging::InProcessPictureReader m_pictures;
    std::unique_ptr<QTemporaryDir> m_home;
};

/// What a window does, in this process.
std::unique_ptr<Session> tst_Processes::openWindow()
{
    auto session = makeSession();
    session->start();
    if (!QTest::qWaitFor([&] { return session->state() == Session::State::Online; }, kLimitMs))
        qFatal("the session did not come online");
    return session;
}

std::unique_ptr<Session> tst_Processes::makeSession()
{
    const Paths paths{m_home->filePath(u"data/vitrine"_s), m_home->filePath(u"cache/vitrine"_s)};
    return std::make_unique<Session>(paths, session::Account::local(),
                                     access::makeMemoryTokenStore(), m_pictures, m_clock);
}

bool tst_Processes::isHandedIn(const QString& name)
{
    const auto onlooker = makeSession();
    if (!await(onlooker->outbox().look()))
        return false;
    const auto& transfers = onlooker->outbox().transfers();
    return std::any_of(transfers.begin(), transfers.end(),
                       [&](const transfer::Transfer& one) { return one.name == name; });
}

QString tst_Processes::picture(int seed)
{
    return test::writeTo(m_home->path(), u"picture-%1.jpg"_s.arg(seed),
                         test::jpeg(test::picture({600, 400}, seed)));
}

void tst_Processes::sameFileAtOnceIsSharedOnce()
{
    const QString file = picture(1);
    std::vector<std::unique_ptr<QProcess>> all;
    for (int i = 0; i < 4; ++i)
        all.push_back(start({u"--json"_s, u"upload"_s, file}));
    QStringList statuses;
    for (const auto& process : all) {
        QVERIFY(process->waitForFinished(kLimitMs));
        QCOMPARE(process->exitCode(), 0);
        const auto line = QJsonDocument::fromJson(process->readAllStandardOutput()).object();
        statuses.append(line["status"_L1].toString());
    }
    statuses.sort();
    QCOMPARE(statuses,
             QStringList({u"duplicate"_s, u"duplicate"_s, u"duplicate"_s, u"uploaded"_s}));
    const auto listed = test::runVitrinectl(m_home->path(), {u"--json"_s, u"list"_s}, {});
    QCOMPARE(listed.lines.size(), 1);
}

void tst_Processes::windowSendsWhatTheShellHandsIn()
{
    const auto window = openWindow();
    auto& model = window->gallery().model();
    QTRY_VERIFY(window->outbox().isWorker());
    const auto uploaded = start({u"--json"_s, u"upload"_s, picture(1), u"--alt"_s, u"A pier"_s});
    QTRY_COMPARE_WITH_TIMEOUT(uploaded->state(), QProcess::NotRunning, kLimitMs);
    QCOMPARE(uploaded->exitCode(), 0);
    const auto line = QJsonDocument::fromJson(uploaded->readAllStandardOutput()).object();
    const QString id = line["id"_L1].toString();
    QTRY_VERIFY(model.find(id)); // seen without a look at the server
    QCOMPARE(model.find(id)->alt, u"A pier"_s);

    const auto edited = start({u"--json"_s, u"set"_s, id, u"--alt"_s, u"A long pier"_s});
    QTRY_COMPARE_WITH_TIMEOUT(edited->state(), QProcess::NotRunning, kLimitMs);
    const auto image = QJsonDocument::fromJson(edited->readAllStandardOutput()).object();
    QCOMPARE(image["alt"_L1].toString(), u"A long pier"_s);
    QTRY_COMPARE(model.find(id)->alt, u"A long pier"_s);

    const auto removed = start({u"delete"_s, id});
    QTRY_COMPARE_WITH_TIMEOUT(removed->state(), QProcess::NotRunning, kLimitMs);
    QCOMPARE(removed->exitCode(), 0);
    QTRY_VERIFY(!model.find(id));
}

/// Also those that the window is through with before the shell has heard that they are listed.
void tst_Processes::manyOfTheShellEndBesideAWindow()
{
    constexpr int kMany = 400;
    const auto window = openWindow();
    QTRY_VERIFY(window->outbox().isWorker());
    QStringList arguments{u"upload"_s};
    for (int i = 0; i < kMany; ++i)
        arguments += test::writeTo(m_home->path(), u"%1.jpg"_s.arg(i), "this is no picture");
    const auto uploading = start(arguments);
    QTRY_COMPARE_WITH_TIMEOUT(uploading->state(), QProcess::NotRunning, kLimitMs);
    QCOMPARE(uploading->exitCode(), 1);
}

void tst_Processes::syncDoesNotWaitForAPausedWindow()
{
    const auto window = openWindow();
    window->setPaused(true);
    const auto keys = await(window->outbox().share({{.source = picture(1)}}));
    VERIFY_OK(keys);
    const auto syncing = start({u"sync"_s});
    QTRY_COMPARE_WITH_TIMEOUT(syncing->state(), QProcess::NotRunning, kLimitMs);
    QCOMPARE(syncing->exitCode(), 0);
    QVERIFY(!isFinished(window->outbox().find(keys->first())->state));
}

/// The one that works runs the backend, too.
void tst_Processes::anotherGoesOnWhenTheWorkerIsKilled()
{
    QStringList many{u"--json"_s, u"upload"_s, u"--limit-up"_s, u"20k"_s};
    for (int seed = 1; seed <= 8; ++seed)
        many.append(picture(seed));
    const auto worker = start(many);
    QVERIFY(worker->waitForReadyRead(kLimitMs)); // the first of them is through
    const auto other = start({u"--json"_s, u"upload"_s, picture(9)});
    QTRY_VERIFY_WITH_TIMEOUT(isHandedIn(u"picture-9.jpg"_s), kLimitMs);
    worker->kill();
    QVERIFY(worker->waitForFinished(kLimitMs));
    QVERIFY(other->waitForFinished(kLimitMs));
    QCOMPARE(other->exitCode(), 0);
    QCOMPARE(test::runVitrinectl(m_home->path(), {u"sync"_s}, {}).exitCode, 0);
    const auto listed = test::runVitrinectl(m_home->path(), {u"--json"_s, u"list"_s}, {});
    QCOMPARE(listed.lines.size(), 9);
}

QTEST_GUILESS_MAIN(tst_Processes)
#include "tst_processes.moc"
