// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/backend/inspection.h"
#include "tests/backend/fixture.h"
#include "tests/flows/owner.h"
#include "tests/support/pictures.h"
#include "tests/support/serverprocess.h"

#include <QDir>
#include <QSemaphore>
#include <QTest>
#include <QThreadPool>
#include <QtConcurrentMap>

#include <thread>

using namespace Qt::StringLiterals;
using namespace vitrine;
using namespace std::chrono;

namespace {

constexpr int kOwners = 6;
constexpr int kLimitMs = 60'000; // owners that stop because an answer was wrong

/// An environment variable's number.
int setting(const char* name, int otherwise)
{
    bool isNumber = false;
    const int value = qEnvironmentVariableIntValue(name, &isNumber);
    return isNumber ? value : otherwise;
}

/// Small ones, and a large one whose variants take their time.
QList<QByteArray> pictures()
{
    QList<QByteArray> all;
    for (int seed = 0; seed < 12; ++seed) {
        const QSize size = seed == 0 ? QSize(2400, 1800) : QSize(80 + seed * 10, 60);
        all.append(test::jpeg(test::picture(size, seed)));
    }
    return all;
}

/// What is there and should not be, or the other way round.
QStringList filesThatAreWrong(const QString& data)
{
    QStringList wrong = QDir(data + u"/incoming"_s)
                            .entryList(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot);
    const auto checked = backend::inspect(
        data, [&](const backend::Finding& finding) { wrong.append(finding.what); });
    if (!checked)
        wrong.append(u"the check failed: %1"_s.arg(checked.error().detail));
    return wrong;
}

/// Whether no picture waits for its variants.
bool hasAllVariants(const test::ServerProcess& server)
{
    test::HttpClient client(server.port(), server.credentials());
    return client.ask("GET", "/api/admin/metrics").body.contains("\nvitrine_waiting_files 0\n");
}

} // namespace

/// The backend's faults "SIGKILL during upload: after a restart either the whole image or nothing,
/// no orphan file" and "50 downloads in parallel, also after SIGKILL". The real program is killed
/// at random moments while several owners share, describe, delete and download; every time it comes
/// back it must have all that it confirmed, of the rest everything or nothing, and no file too
/// many.
///
/// VITRINE_KILLS sets how often (an ordinary run: 25), VITRINE_KILL_SEED what is done and when.
class tst_Sigkill final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void killedAtRandomMoments_data();
    void killedAtRandomMoments();
    void confirmedDownloadsAreCounted();

private:
    void actUntilKilled(test::ServerProcess& server, quint32 seed);
    QString whatIsWrong(const test::ServerProcess& server);

    std::vector<std::unique_ptr<test::Owner>> m_owners;
};

QString tst_Sigkill::whatIsWrong(const test::ServerProcess& server)
{
    test::HttpClient client(server.port(), server.credentials());
    for (const auto& owner : m_owners) {
        if (!owner->settleDoubt(client) || !owner->complaint().isEmpty())
            return u"an answer was wrong: %1"_s.arg(owner->complaint());
    }
    auto items = test::allItems(client);
    for (const auto& owner : m_owners) {
        if (const QString wrong = owner->compare(items); !wrong.isEmpty())
            return wrong;
    }
    return items.isEmpty() ? QString() : u"%1 images are nobody's"_s.arg(items.size());
}

void tst_Sigkill::actUntilKilled(test::ServerProcess& server, quint32 seed)
{
    std::mt19937 random(seed);
    const int acts = 1 + int(random() % 120);
    const microseconds pause(random() % 20'000);
    QSemaphore acted;
    std::vector<std::thread> threads;
    for (const auto& owner : m_owners) {
        threads.emplace_back([&, own = owner.get()] {
            test::HttpClient client(server.port(), server.credentials());
            do { // what the server says it cannot do yet leaves nothing in doubt
                acted.release();
            } while (own->act(client) == test::Owner::Outcome::Done || own->settleDoubt(client));
        });
    }
    acted.tryAcquire(acts, kLimitMs);
    std::this_thread::sleep_for(pause); // waits for nothing: the moment is what is tried
    server.kill();
    for (std::thread& thread : threads)
        thread.join();
}

void tst_Sigkill::killedAtRandomMoments_data()
{
    QTest::addColumn<QStringList>("options");
    QTest::newRow("variants at once") << QStringList();
    QTest::newRow("variants later") << QStringList(u"--defer-variants"_s);
}

void tst_Sigkill::killedAtRandomMoments()
{
    QFETCH(QStringList, options);
    const int kills = setting("VITRINE_KILLS", 25);
    const auto seed = quint32(setting("VITRINE_KILL_SEED", int(std::random_device()() >> 1)));
    qInfo("killing %d times; again with VITRINE_KILL_SEED=%u", kills, seed);
    const QList<QByteArray> known = pictures();
    m_owners.clear();
    for (int number = 0; number < kOwners; ++number)
        m_owners.push_back(std::make_unique<test::Owner>(number, seed + quint32(number), known));

    const QTemporaryDir directory;
    const QString data = directory.filePath(u"data"_s);
    test::ServerProcess server(data, options);
    server.start();
    for (int kill = 0; kill < kills; ++kill) {
        actUntilKilled(server, seed + quint32(kill));
        server.start();
        const QString wrong = whatIsWrong(server);
        QVERIFY2(wrong.isEmpty(), qPrintable(u"after kill %1: %2"_s.arg(kill).arg(wrong)));
        QTRY_VERIFY_WITH_TIMEOUT(hasAllVariants(server), kLimitMs);
        QCOMPARE(filesThatAreWrong(data), QStringList());
    }
}

void tst_Sigkill::confirmedDownloadsAreCounted()
{
    const QTemporaryDir directory;
    test::ServerProcess server(directory.filePath(u"data"_s));
    server.start();
    test::HttpClient owner(server.port(), server.credentials());
    const QByteArray type = "Content-Type: " + test::formType() + "\r\n";
    const QByteArray picture = test::form(test::jpeg(test::picture({64, 48})));
    QCOMPARE(owner.ask("POST", "/api/admin/upload", type, picture).status, 200);
    const QByteArray id = test::allItems(owner).keys().value(0).toLatin1();

    QThreadPool clients;
    clients.setMaxThreadCount(50);
    const auto statuses =
        QtConcurrent::blockingMapped<QList<int>>(&clients, QList<int>(50), [&](int) {
            return test::HttpClient(server.port()).ask("GET", "/api/download?id=" + id).status;
        });
    server.kill();
    QCOMPARE(statuses, QList<int>(50, 302));

    server.start();
    test::HttpClient again(server.port(), server.credentials());
    QCOMPARE(test::allItems(again).value(QString::fromLatin1(id))["downloadCount"_L1].toInt(), 50);
}

QTEST_GUILESS_MAIN(tst_Sigkill)
#include "tst_sigkill.moc"
