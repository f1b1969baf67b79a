// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/backend/inspection.h"
#include "app/base/paths.h"
#include "app/imaging/pipeline/inprocesspicturereader.h"
#include "app/session/session.h"
#include "tests/cli/vitrinectl.h"
#include "tests/flows/actbook.h"
#include "tests/flows/owner.h"
#include "tests/support/futures.h"
#include "tests/support/pictures.h"
#include "tests/support/serverprocess.h"

#include <QDir>
#include <QTemporaryDir>
#include <QTest>

#include <random>
#include <thread>

using namespace vitrine;
using namespace Qt::StringLiterals;
using session::Session;
using test::Act;
using test::await;
using transfer::Kind;

namespace {

constexpr int kLimitMs = 120'000;
constexpr int kMostShells = 3;   // at once
constexpr int kMostPictures = 4; // of one upload
constexpr int kMostImages = 40;  // beyond it deleting is as likely as sharing
constexpr int kLatestKillMs = 500;

/// An environment variable's number.
int setting(const char* name, int otherwise)
{
    bool isNumber = false;
    const int value = qEnvironmentVariableIntValue(name, &isNumber);
    return isNumber ? value : otherwise;
}

/// A vitrinectl at work, and what it was asked for.
struct Shell {
    std::unique_ptr<QProcess> process;
    QList<Act> acts;
};

} // namespace

/// (1) SIGKILL at random moments. Real vitrinectls share, describe and delete, up to three at once,
/// against a real `vitrinectl serve`; all of them are killed at random moments. In the end every
/// image is there once, every edit that was handed in is applied, and nothing waits or has failed.
///
/// VITRINE_KILLS sets how often (an ordinary run: 12), VITRINE_KILL_SEED what is done and when.
class tst_OutboxKills final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everythingHappensOnce();

private:
    void round();
    void startShells();
    Shell shellFor(QStringList& ids);
    Shell sharing();
    Shell describing(const QString& id);
    Shell deleting(const QString& id);
    void killSome();
    void endShells();
    void takeIn(Shell& shell);
    void settle();
    QList<transfer::Transfer> waiting();
    QString nextName() { return QString::number(++m_names); }
    int random(int below) { return int(m_random() % unsigned(below)); }

    std::mt19937 m_random;
    QTemporaryDir m_home;
    std::unique_ptr<test::ServerProcess> m_server;
    const SystemClock m_clock;
    const imaging::InProcessPictureReader m_pictures;
    test::ActBook m_book;
    test::Items m_items;
    std::vector<Shell> m_shells;
    QStringList m_complaints;
    int m_names = 0;
    int m_kills = 0;
};

Shell tst_OutboxKills::sharing()
{
    Shell shell;
    const QString alt = nextName();
    QStringList arguments{u"upload"_s, u"--alt"_s, alt};
    // The same bytes may be shared again then, so that they do not tell whether they arrived.
    if (random(2) == 0)
        arguments << u"--again"_s;
    for (int count = 1 + random(kMostPictures); count > 0; --count) {
        const QString name = u"%1.jpg"_s.arg(nextName());
        arguments << test::writeTo(m_home.path(), name,
                                   test::jpeg(test::picture({90, 60}, m_names)));
        shell.acts.append({Kind::Upload, {}, name, alt});
    }
    shell.process = test::startVitrinectl(m_home.path(), arguments, {});
    return shell;
}

Shell tst_OutboxKills::describing(const QString& id)
{
    const Act act{Kind::Edit, id, m_items[id]["name"_L1].toString(), nextName()};
    return {test::startVitrinectl(m_home.path(), {u"set"_s, id, u"--alt"_s, act.alt}, {}), {act}};
}

Shell tst_OutboxKills::deleting(const QString& id)
{
    const Act act{Kind::Delete, id, m_items[id]["name"_L1].toString(), {}};
    return {test::startVitrinectl(m_home.path(), {u"delete"_s, id}, {}), {act}};
}

Shell tst_OutboxKills::shellFor(QStringList& ids)
{
    const int choice = random(20);
    if (ids.isEmpty() || choice < 8)
        return sharing();
    if (choice == 8)
        return {test::startVitrinectl(m_home.path(), {u"sync"_s}, {}), {}};
    const QString id = ids.takeAt(random(int(ids.size())));
    const bool isMuch = m_items.size() > kMostImages;
    return choice < (isMuch ? 12 : 17) ? describing(id) : deleting(id);
}

void tst_OutboxKills::startShells()
{
    QStringList ids = m_book.untouched(m_items);
    for (int count = 1 + random(kMostShells); count > 0; --count)
        m_shells.push_back(shellFor(ids));
}

/// One after the other, each at a moment of its own.
void tst_OutboxKills::killSome()
{
    for (size_t victim = 0; victim <= m_shells.size(); ++victim) {
        if (random(2) == 0)
            continue;
        // Waits for nothing: the moment is what is tried.
        std::this_thread::sleep_for(std::chrono::milliseconds(random(kLatestKillMs)));
        if (victim == m_shells.size()) {
            m_server->kill();
        } else {
            m_shells[victim].process->kill();
        }
        ++m_kills;
    }
}

/// What one was asked for that ended well has happened; else it is in doubt. One whose server was
/// killed may say so and give up.
void tst_OutboxKills::takeIn(Shell& shell)
{
    QProcess& process = *shell.process;
    if (!process.waitForFinished(kLimitMs)) {
        m_complaints.append(u"%1 does not end"_s.arg(process.arguments().join(u' ')));
        process.kill();
        process.waitForFinished();
    }
    const bool isDone = process.exitStatus() == QProcess::NormalExit && process.exitCode() == 0;
    const bool mayFail = process.exitStatus() == QProcess::CrashExit || !m_server->isRunning();
    if (!isDone && !mayFail)
        m_complaints.append(u"%1: %2"_s.arg(process.arguments().join(u' '),
                                            QString::fromUtf8(process.readAllStandardError())));
    for (const Act& act : shell.acts)
        isDone ? m_book.confirm(act) : m_book.doubt(act);
}

void tst_OutboxKills::endShells()
{
    for (Shell& shell : m_shells)
        takeIn(shell);
    m_shells.clear();
}

QList<transfer::Transfer> tst_OutboxKills::waiting()
{
    const Paths paths{m_home.filePath(u"data/vitrine"_s), m_home.filePath(u"cache/vitrine"_s)};
    Session onlooker(paths, session::Account::local(), access::makeMemoryTokenStore(), m_pictures,
                     m_clock);
    if (!await(onlooker.outbox().look()))
        m_complaints.append(u"the outbox cannot be read"_s);
    return onlooker.outbox().transfers();
}

void tst_OutboxKills::settle()
{
    if (!m_server->isRunning())
        m_server->start();
    const auto rows = waiting();
    test::HttpClient client(m_server->port(), m_server->credentials());
    m_items = test::allItems(client);
    m_book.settle(rows, m_items);
    for (const transfer::Transfer& transfer : rows) {
        if (transfer.state == transfer::State::Failed)
            m_complaints.append(u"%1 of %2 failed: kind %3, %4"_s.arg(int(transfer.kind))
                                    .arg(transfer.name)
                                    .arg(int(transfer.error->kind))
                                    .arg(transfer.error->detail));
    }
}

void tst_OutboxKills::round()
{
    startShells();
    killSome();
    endShells();
    settle();
}

void tst_OutboxKills::everythingHappensOnce()
{
    const int kills = setting("VITRINE_KILLS", 12);
    const auto seed = quint32(setting("VITRINE_KILL_SEED", int(std::random_device()() >> 1)));
    qInfo("killing %d times; again with VITRINE_KILL_SEED=%u", kills, seed);
    m_random.seed(seed);
    const QString data = m_home.filePath(u"data/vitrine/backend"_s);
    VERIFY_OK(makePrivateDirectory(m_home.filePath(u"data/vitrine"_s)));
    m_server = std::make_unique<test::ServerProcess>(data);
    m_server->start();
    while (m_kills < kills) {
        round();
        QVERIFY2(m_complaints.isEmpty(),
                 qPrintable(u"after %1 kills: %2"_s.arg(m_kills).arg(m_complaints.join(u"; "_s))));
    }

    const auto synced = test::runVitrinectl(m_home.path(), {u"--json"_s, u"sync"_s}, {});
    QVERIFY2(synced.exitCode == 0, synced.err.constData());
    QCOMPARE(synced.lines.value(0)["unsent"_L1].toInt(-1), 0);
    settle();
    QCOMPARE(m_book.compare(m_items), QStringList());
    QCOMPARE(waiting().size(), 0);
    QCOMPARE(m_server->stop(), 0);
    QStringList damage;
    VERIFY_OK(backend::inspect(
        data, [&](const backend::Finding& finding) { damage.append(finding.what); }));
    QCOMPARE(damage, QStringList());
    const QString spool = m_home.filePath(u"data/vitrine/accounts/local/spool"_s);
    QCOMPARE(QDir(spool).entryList(QDir::Files | QDir::Hidden), QStringList());
    qInfo("%d kills, %d names given, %lld images there, each once", m_kills, m_names,
          qint64(m_items.size()));
}

QTEST_GUILESS_MAIN(tst_OutboxKills)
#include "tst_outboxkills.moc"
