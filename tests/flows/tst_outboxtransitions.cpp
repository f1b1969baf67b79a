// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/base/readyfuture.h"
#include "app/base/whendone.h"
#include "app/imaging/pipeline/inprocesspicturereader.h"
#include "app/transfer/outbox.h"
#include "tests/support/failingvfs.h"
#include "tests/support/futures.h"
#include "tests/support/localserver.h"
#include "tests/support/pictures.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>

using namespace vitrine;
using namespace vitrine::transfer;
using namespace Qt::StringLiterals;
using test::await;

namespace {

constexpr int kLimitMs = 60'000;
constexpr int kPictures = 3;

/// What happens to a process, at its how manyth step or call of the database. An empty word:
/// nothing.
struct Blow {
    QString word; ///< "kill-step", "kill-call", "stop-step"
    int number = 0;
};

/// The program that is killed: shares the pictures of its folder once, and ends when all of them
/// have. Its exit code says whether all arrived.
class Victim : public QObject
{
public:
    Victim(const QString& directory, const QUrl& server, Blow blow);
    void live();

private:
    void step();
    void handIn();
    void endWhenDone();
    QString marker() const { return m_directory + u"/handed-in"_s; }

    const QString m_directory;
    const Blow m_blow;
    int m_steps = 0;
    bool m_isHandedIn = false; // by this process or an earlier one
    const SystemClock m_clock;
    const imaging::InProcessPictureReader m_pictures;
    test::FailingVfs m_disk{"/outbox/"};
    QNetworkAccessManager m_network;
    api::ApiClient m_client{m_network};
    Outbox m_outbox;
};

Victim::Victim(const QString& directory, const QUrl& server, Blow blow)
    : m_directory(directory)
    , m_blow(std::move(blow))
    , m_outbox(directory + u"/outbox"_s, m_client, m_pictures, m_clock,
               [](const QByteArray&) { return readyFuture(Result<QString>(QString())); })
{
    const access::ServiceToken token{
        qEnvironmentVariable("VITRINE_TEST_ID"),
        access::Secret(qEnvironmentVariable("VITRINE_TEST_SECRET").toUtf8())};
    m_client.setServer(server, token);
    if (m_blow.word == "kill-call"_L1)
        m_disk.killAt(m_blow.number);
    connect(&m_outbox, &Outbox::added, this, &Victim::step);
    connect(&m_outbox, &Outbox::changed, this, &Victim::step);
}

void Victim::live()
{
    whenDone(this, m_outbox.load(), [this](const Result<void>& loaded) {
        if (!loaded)
            return QCoreApplication::exit(EXIT_FAILURE);
        m_outbox.setRunning(true);
        if (m_outbox.transfers().isEmpty() && !QFile::exists(marker()))
            return handIn();
        m_isHandedIn = true;
        endWhenDone();
    });
}

void Victim::handIn()
{
    QList<UploadOrder> orders;
    for (const QString& name : QDir(m_directory).entryList({u"*.jpg"_s}))
        orders.append({.source = m_directory + u'/' + name});
    whenDone(this, m_outbox.share(orders), [this](const Result<QStringList>& keys) {
        if (!keys || !QFile(marker()).open(QIODevice::WriteOnly))
            return QCoreApplication::exit(EXIT_FAILURE);
        m_isHandedIn = true;
        endWhenDone();
    });
}

void Victim::step()
{
    if (++m_steps == m_blow.number && m_blow.word.endsWith("-step"_L1))
        std::raise(m_blow.word == "kill-step"_L1 ? SIGKILL : SIGSTOP);
    if (m_isHandedIn)
        endWhenDone();
}

void Victim::endWhenDone()
{
    bool isGood = true;
    for (const Transfer& transfer : m_outbox.transfers()) {
        if (!isFinished(transfer.state))
            return;
        isGood &= transfer.state == State::Done;
    }
    QCoreApplication::exit(isGood ? EXIT_SUCCESS : EXIT_FAILURE);
}

/// 'T' while it is stopped.
QByteArray stateOf(qint64 process)
{
    QFile stat(u"/proc/%1/stat"_s.arg(process));
    if (!stat.open(QIODevice::ReadOnly))
        return {};
    const QByteArray line = stat.readAll();
    return line.mid(line.lastIndexOf(')') + 2, 1);
}

} // namespace

/// (1) SIGKILL at every transition and (12) suspended at every transition: a process with an outbox
/// is struck at one step of its work after the other, and then at one call of its database after
/// the other; those that come after it bring everything to its end, once.
class tst_OutboxTransitions final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void killedAtEveryStep();
    void killedAtCallsOfTheDatabase();
    void suspendedAtEveryStep();

private:
    void newFolder();
    std::unique_ptr<QProcess> start(const Blow& blow);
    bool isKilled(const Blow& blow);
    bool isSuspended(const Blow& blow);
    QString whatIsWrong();

    const imaging::InProcessPictureReader m_pictures;
    std::unique_ptr<test::LocalServer> m_server;
    std::unique_ptr<QTemporaryDir> m_folder;
    access::ServiceToken m_token;
    int m_folders = 0;
};

void tst_OutboxTransitions::init()
{
    m_server = std::make_unique<test::LocalServer>(m_pictures);
    m_token = std::get<access::ServiceToken>(m_server->newToken());
}

void tst_OutboxTransitions::newFolder()
{
    m_folder = std::make_unique<QTemporaryDir>();
    ++m_folders;
    for (int i = 0; i < kPictures; ++i)
        test::writeTo(m_folder->path(), u"%1-%2.jpg"_s.arg(m_folders).arg(i),
                      test::jpeg(test::picture({60, 40}, m_folders * kPictures + i)));
}

std::unique_ptr<QProcess> tst_OutboxTransitions::start(const Blow& blow)
{
    auto process = std::make_unique<QProcess>();
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(u"VITRINE_TEST_ID"_s, m_token.clientId);
    environment.insert(u"VITRINE_TEST_SECRET"_s, QString::fromUtf8(m_token.clientSecret.reveal()));
    process->setProcessEnvironment(environment);
    process->setProcessChannelMode(QProcess::ForwardedErrorChannel);
    process->start(QCoreApplication::applicationFilePath(),
                   {u"live"_s, m_folder->path(), m_server->url().toString(), blow.word,
                    QString::number(blow.number)});
    return process;
}

/// Whether it came to that.
bool tst_OutboxTransitions::isKilled(const Blow& blow)
{
    const auto process = start(blow);
    if (!process->waitForFinished(kLimitMs))
        qFatal("it does not come to an end");
    return process->exitStatus() == QProcess::CrashExit;
}

/// Lets one be suspended, takes its connections away meanwhile, and wakes it up; whether it came to
/// that.
bool tst_OutboxTransitions::isSuspended(const Blow& blow)
{
    const auto process = start(blow);
    const auto isAt = [&] {
        return process->state() == QProcess::NotRunning || stateOf(process->processId()) == "T";
    };
    if (!QTest::qWaitFor(isAt, kLimitMs))
        qFatal("it is neither stopped nor at its end");
    const bool isStopped = process->state() != QProcess::NotRunning;
    if (isStopped) {
        const auto port = quint16(m_server->url().port());
        m_server->stop();
        m_server->start(port);
        ::kill(pid_t(process->processId()), SIGCONT);
    }
    if (process->state() != QProcess::NotRunning && !process->waitForFinished(kLimitMs))
        qFatal("it does not come to an end");
    return isStopped && process->exitCode() == EXIT_SUCCESS;
}

/// After one more process had the time to end what is left.
QString tst_OutboxTransitions::whatIsWrong()
{
    const auto heir = start({});
    if (!heir->waitForFinished(kLimitMs))
        return u"something waits for ever"_s;
    if (heir->exitStatus() != QProcess::NormalExit || heir->exitCode() != EXIT_SUCCESS)
        return u"something failed"_s;
    QStringList expected, names;
    for (int i = 0; i < kPictures; ++i)
        expected.append(u"%1-%2.jpg"_s.arg(m_folders).arg(i));
    const auto page = await(m_server->client().images(api::View::Owner, {}, 1000));
    if (!page)
        return page.error().detail;
    for (const protocol::Image& image : page->images) {
        if (image.name.startsWith(u"%1-"_s.arg(m_folders)))
            names.append(image.name);
    }
    names.sort();
    return names == expected ? QString() : u"there are: "_s + names.join(u' ');
}

void tst_OutboxTransitions::killedAtEveryStep()
{
    int step = 0;
    for (bool isReached = true; isReached;) {
        newFolder();
        isReached = isKilled({u"kill-step"_s, ++step});
        const QString wrong = whatIsWrong();
        QVERIFY2(wrong.isEmpty(), qPrintable(u"step %1: %2"_s.arg(step).arg(wrong)));
    }
    QVERIFY(step > 4 * kPictures); // added, preparing, ready, sending, done
}

// An ordinary run tries some of them; VITRINE_FAULT_STRIDE=1 tries each.
void tst_OutboxTransitions::killedAtCallsOfTheDatabase()
{
    bool isSet = false;
    const int value = qEnvironmentVariableIntValue("VITRINE_FAULT_STRIDE", &isSet);
    const int stride = isSet && value > 0 ? value : 19;
    int call = 1;
    for (bool isReached = true; isReached; call += stride) {
        newFolder();
        isReached = isKilled({u"kill-call"_s, call});
        const QString wrong = whatIsWrong();
        QVERIFY2(wrong.isEmpty(), qPrintable(u"call %1: %2"_s.arg(call).arg(wrong)));
    }
    QVERIFY(call > 100);
}

void tst_OutboxTransitions::suspendedAtEveryStep()
{
    int step = 0;
    for (bool isReached = true; isReached;) {
        newFolder();
        isReached = isSuspended({u"stop-step"_s, ++step});
        const QString wrong = whatIsWrong();
        QVERIFY2(wrong.isEmpty(), qPrintable(u"step %1: %2"_s.arg(step).arg(wrong)));
    }
    QVERIFY(step > 4 * kPictures);
}

int main(int argc, char* argv[])
{
    QCoreApplication application(argc, argv);
    const QStringList arguments = application.arguments();
    if (arguments.value(1) != "live"_L1) {
        tst_OutboxTransitions test;
        return QTest::qExec(&test, argc, argv);
    }
    Victim victim(arguments.value(2), QUrl(arguments.value(3)),
                  {arguments.value(4), arguments.value(5).toInt()});
    victim.live();
    return QCoreApplication::exec();
}

#include "tst_outboxtransitions.moc"
