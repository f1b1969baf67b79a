// SPDX-License-Identifier: GPL-3.0-or-later
// reliability.md, "Decoders": a picture that crashes or stalls a decoder costs one tile, not the
// program. Every fault here is committed by a real worker under its real filter.
#include "app/base/file.h"
#include "app/decoding/launch.h"
#include "app/decoding/sandboxedpicturereader.h"
#include "app/decoding/wire.h"
#include "app/imaging/pipeline/inprocesspicturereader.h"
#include "tests/decoding/faults.h"
#include "tests/support/futures.h"
#include "tests/support/pictures.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>
#include <QtConcurrentRun>

#include <fcntl.h>
#include <sys/wait.h>

using namespace vitrine;
using namespace Qt::StringLiterals;
using decoding::SandboxedPictureReader;
using decoding::WorkerTerms;
using imaging::Findings;
using imaging::ReadOrder;
using std::chrono::milliseconds;

namespace {

const ReadOrder kPreview{.variants = {.preview = true}};

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr bool kHasMemoryLimit = false; // sanitizers need terabytes of addresses
#else
constexpr bool kHasMemoryLimit = true;
#endif

WorkerTerms terms(const QString& program)
{
    return {.program = QStringLiteral(VITRINE_BIN_DIR "/../tests/") + program,
            .patience = milliseconds(20'000)};
}

Result<Findings> read(const SandboxedPictureReader& reader, const QByteArray& bytes)
{
    return reader.read(QByteArrayView(bytes), kPreview);
}

/// Whether a child of this process has ended and was not reaped.
bool hasZombie()
{
    siginfo_t found{};
    return ::waitid(P_ALL, 0, &found, WEXITED | WNOHANG | WNOWAIT) == 0 && found.si_pid != 0;
}

bool hasChildren()
{
    siginfo_t found{};
    return ::waitid(P_ALL, 0, &found, WEXITED | WNOHANG | WNOWAIT) == 0;
}

/// The processes that this thread has started, oldest first: the zygote and its workers.
QList<QByteArray> childProcesses()
{
    QFile list(u"/proc/thread-self/children"_s);
    const QByteArray numbers =
        list.open(QIODevice::ReadOnly) ? list.readAll().trimmed() : "unknown";
    return numbers.isEmpty() ? QList<QByteArray>() : numbers.split(' ');
}

/// A zygote and a worker of it that nobody watches; children of this process.
struct Bare {
    decoding::Channel toZygote;
    decoding::Channel toWorker;
    pid_t zygote = 0;
    pid_t worker = 0;
};

Bare bareWorker(const WorkerTerms& terms)
{
    constexpr milliseconds patience(30'000);
    auto toZygote = decoding::Channel::makePair().value();
    auto toWorker = decoding::Channel::makePair().value();
    const pid_t zygote = decoding::launch(terms, toZygote.second).value();
    std::ignore = toZygote.first.receive(patience); // its greeting
    const auto forked =
        toZygote.first.send(decoding::kForkOrder, toWorker.second.number()).and_then([&] {
            return toZygote.first.receive(patience);
        });
    return {std::move(toZygote.first), std::move(toWorker.first), zygote,
            decoding::forkedFromWire(forked.value()).value()};
}

/// How a child ended.
int endOf(pid_t process)
{
    int status = -1;
    ::waitpid(process, &status, 0);
    return status;
}

qsizetype openFiles()
{
    return QDir(u"/proc/self/fd"_s).entryList(QDir::AllEntries | QDir::System).size();
}

} // namespace

class TestSandbox : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void faultCostsOnePicture_data();
    void faultCostsOnePicture();
    void stalledDecoderIsEnded_data();
    void stalledDecoderIsEnded();
    void queuedPicturesAreNotLost();
    void workerThatDiedIdleIsReplaced();
    void fileShortenedMeanwhileCostsItself();
    void processorTimeIsLimitedWithoutAWatcher();
    void workersEndWithTheirProgram();
    void nothingIsLeftBehind();
    void withoutFilterNothingIsRead();
    void withoutFilterIfThatIsAllowed();
    void missingWorkerIsTold();
    void workersAreReplacedAfterSomePictures();
    void workerThatWasTakenOverFalsifiesFew();
    void workerThatWasTakenOverDoesNotWait();
    void zygoteThatDiedIsReplaced();
    void zygoteHasNoThreads();

private:
    const QByteArray m_good = test::jpeg(test::picture({500, 400}));
};

void TestSandbox::faultCostsOnePicture_data()
{
    QTest::addColumn<ErrorKind>("kind");
    for (const char* refused :
         {"open", "create", "memory of others", "other limits", "open files", "line of the zygote"})
        QTest::newRow(refused) << ErrorKind::Storage;
    for (const char* deadly : {"socket", "unix socket", "exec", "fork", "clone", "kill the program",
                               "kill everybody", "ptrace", "io_uring", "mprotect", "mmap",
                               "32-bit call", "crash", "abort", "exit", "exception"})
        QTest::newRow(deadly) << ErrorKind::DecoderCrashed;
    for (const char* hungry : {"4 GB", "small bites"}) {
        if (kHasMemoryLimit)
            QTest::newRow(hungry) << ErrorKind::MemoryExhausted;
    }
}

void TestSandbox::faultCostsOnePicture()
{
    QFETCH(ErrorKind, kind);
    const Descriptor null(::open("/dev/null", O_RDONLY | O_CLOEXEC));
    const Descriptor goesAlong(::fcntl(null.number(), F_DUPFD, test::kLeakFrom));
    const SandboxedPictureReader reader(terms(u"vitrine-decode-faulty"_s), 1);
    VERIFY_OK(read(reader, m_good));

    const auto outcome = read(reader, test::fault(QTest::currentDataTag()));

    QVERIFY2(!outcome, "the fault got what it wanted");
    QCOMPARE(outcome.error().kind, kind);
    const auto next = read(reader, m_good);
    VERIFY_OK(next);
    QCOMPARE(next->variants.preview.size(), QSize(360, 288));
    QVERIFY(!QFile::exists(u"/tmp/vitrine-escaped"_s));
}

void TestSandbox::stalledDecoderIsEnded_data()
{
    QTest::addColumn<QByteArray>("fault");
    QTest::newRow("endless loop") << QByteArray("endless loop");
    QTest::newRow("endless sleep") << QByteArray("endless sleep");
}

void TestSandbox::stalledDecoderIsEnded()
{
    QFETCH(QByteArray, fault);
    WorkerTerms impatient = terms(u"vitrine-decode-faulty"_s);
    impatient.patience = milliseconds(300);
    const SandboxedPictureReader reader(impatient, 1);
    const auto outcome = read(reader, test::fault(fault));
    QVERIFY(!outcome);
    QCOMPARE(outcome.error().kind, ErrorKind::DecoderTooSlow);
    const SandboxedPictureReader patient(terms(u"vitrine-decode-faulty"_s), 1);
    VERIFY_OK(read(patient, m_good));
}

void TestSandbox::queuedPicturesAreNotLost()
{
    const SandboxedPictureReader reader(terms(u"vitrine-decode-faulty"_s), 2);
    QThreadPool pool;
    pool.setMaxThreadCount(12);
    QList<QFuture<Result<Findings>>> good;
    QList<QFuture<Result<Findings>>> bad;
    const auto start = [&](const QByteArray& bytes) {
        return QtConcurrent::run(&pool, [&reader, bytes] { return read(reader, bytes); });
    };
    for (int i = 0; i < 6; ++i) {
        bad.append(start(test::fault("abort")));
        good.append(start(m_good));
    }
    for (const auto& future : good)
        VERIFY_OK(test::await(future));
    for (const auto& future : bad)
        QVERIFY(!test::await(future));
}

void TestSandbox::workerThatDiedIdleIsReplaced()
{
    const SandboxedPictureReader reader(terms(u"vitrine-decode-faulty"_s), 1);
    VERIFY_OK(read(reader, test::fault("dies later")));
    QTRY_VERIFY(hasZombie()); // it did, and nobody has noticed yet
    VERIFY_OK(read(reader, m_good));
    QVERIFY(!hasZombie());
}

void TestSandbox::fileShortenedMeanwhileCostsItself()
{
    QTemporaryDir directory;
    const QByteArray large = test::jpeg(test::picture({2000, 1500}), 100);
    const QString path = test::writeTo(directory.path(), u"large.jpg"_s, large);
    const auto file = openFile(path, large.size());
    VERIFY_OK(file);
    QVERIFY(QFile::resize(path, 10'000));
    const SandboxedPictureReader reader(terms(u"../bin/vitrine-decode"_s), 1);

    const auto outcome = reader.read(imaging::OpenFile{(*file)->handle(), large.size()}, kPreview);

    QVERIFY(!outcome);
    QCOMPARE(outcome.error().kind, ErrorKind::DecoderCrashed);
    QVERIFY(outcome.error().detail.contains(u"BUS"_s) || !kHasMemoryLimit);
    VERIFY_OK(read(reader, m_good));
}

void TestSandbox::processorTimeIsLimitedWithoutAWatcher()
{
    WorkerTerms impatient = terms(u"vitrine-decode-faulty"_s);
    impatient.patience = milliseconds(1);
    const Bare bare = bareWorker(impatient);
    const QByteArray bytes = test::fault("endless loop");
    auto tray = decoding::Tray::make();
    VERIFY_OK(tray);
    VERIFY_OK(tray->put(bytes));
    VERIFY_OK(bare.toWorker.send(decoding::kTrayComes, tray->number()));
    VERIFY_OK(bare.toWorker.send(decoding::jobToWire({kPreview, bytes.size(), true})));

    const int status = endOf(bare.worker);

    QVERIFY(WIFSIGNALED(status));
    QCOMPARE(WTERMSIG(status), SIGXCPU);
    ::kill(bare.zygote, SIGKILL);
    endOf(bare.zygote);
}

void TestSandbox::workersEndWithTheirProgram()
{
    pid_t zygote = 0;
    pid_t worker = 0;
    { // what the kernel closes when a program dies
        const Bare bare = bareWorker(terms(u"../bin/vitrine-decode"_s));
        zygote = bare.zygote;
        worker = bare.worker;
    }
    for (const pid_t process : {zygote, worker}) {
        const int status = endOf(process);
        QVERIFY(WIFEXITED(status));
        QCOMPARE(WEXITSTATUS(status), 0);
    }
}

void TestSandbox::nothingIsLeftBehind()
{
    const qsizetype before = openFiles();
    {
        const SandboxedPictureReader reader(terms(u"vitrine-decode-faulty"_s), 2);
        VERIFY_OK(read(reader, m_good));
        QVERIFY(!read(reader, test::fault("crash")));
        VERIFY_OK(read(reader, m_good));
        QVERIFY(hasChildren());
    }
    QVERIFY(!hasChildren());
    QCOMPARE(openFiles(), before);
}

void TestSandbox::withoutFilterNothingIsRead()
{
    const SandboxedPictureReader reader(terms(u"vitrine-decode-nofilter"_s), 1);
    const auto outcome = read(reader, m_good);
    QVERIFY(!outcome);
    QCOMPARE(outcome.error().kind, ErrorKind::SandboxRefused);
}

void TestSandbox::withoutFilterIfThatIsAllowed()
{
    WorkerTerms reckless = terms(u"vitrine-decode-nofilter"_s);
    reckless.allowsUnconfined = true;
    const SandboxedPictureReader reader(reckless, 1);
    VERIFY_OK(read(reader, m_good));
}

void TestSandbox::missingWorkerIsTold()
{
    const SandboxedPictureReader reader(terms(u"no-such-program"_s), 1);
    const auto outcome = read(reader, m_good);
    QVERIFY(!outcome);
    QCOMPARE(outcome.error().kind, ErrorKind::DecoderMissing);
}

void TestSandbox::workersAreReplacedAfterSomePictures()
{
    WorkerTerms shortLived = terms(u"vitrine-decode-faulty"_s);
    shortLived.pictures = 2;
    const SandboxedPictureReader reader(shortLived, 1);
    QList<QList<QByteArray>> processes;
    for (int picture = 0; picture < 4; ++picture) {
        VERIFY_OK(read(reader, m_good));
        processes.append(childProcesses());
    }
    QCOMPARE(processes[0].size(), 2); // the zygote, and a worker that waits for the next picture
    QCOMPARE(processes[1], processes[0].first(1)); // after the second it is gone
    QCOMPARE(processes[2].size(), 2);
    QCOMPARE(processes[2].first(), processes[0].first()); // the same zygote
    QVERIFY(processes[2].last() != processes[0].last());  // and another worker
    QCOMPARE(processes[3], processes[0].first(1));
}

// It answers in time and in form, and is found out by nobody.
void TestSandbox::workerThatWasTakenOverFalsifiesFew()
{
    WorkerTerms inThrees = terms(u"vitrine-decode-faulty"_s);
    inThrees.pictures = 3;
    inThrees.idle = std::chrono::hours(1);
    const SandboxedPictureReader reader(inThrees, 1);
    const auto truth = imaging::InProcessPictureReader().read(QByteArrayView(m_good), kPreview);
    const auto isTrue = [&] {
        const auto found = read(reader, m_good);
        return found && found->variants.preview == truth->variants.preview;
    };
    QVERIFY(isTrue());
    VERIFY_OK(read(reader, test::fault("takes over")));
    QVERIFY(!isTrue()); // the third and last of that worker
    for (int picture = 0; picture < 4; ++picture)
        QVERIFY(isTrue());
}

void TestSandbox::workerThatWasTakenOverDoesNotWait()
{
    WorkerTerms hasty = terms(u"vitrine-decode-faulty"_s);
    hasty.idle = milliseconds(0);
    const SandboxedPictureReader reader(hasty, 1);
    VERIFY_OK(read(reader, test::fault("takes over")));
    const auto found = read(reader, m_good);
    VERIFY_OK(found);
    QCOMPARE(
        found->variants.preview,
        imaging::InProcessPictureReader().read(QByteArrayView(m_good), kPreview)->variants.preview);
}

void TestSandbox::zygoteThatDiedIsReplaced()
{
    WorkerTerms single = terms(u"vitrine-decode-faulty"_s);
    single.pictures = 1;
    const SandboxedPictureReader reader(single, 1);
    VERIFY_OK(read(reader, m_good));
    const auto before = childProcesses();
    QCOMPARE(before.size(), 1);
    QCOMPARE(::kill(before.first().toInt(), SIGKILL), 0);
    VERIFY_OK(read(reader, m_good));
    QCOMPARE(childProcesses().size(), 1);
    QVERIFY(childProcesses() != before);
}

// A worker would miss them, and wait for ever for what they held.
void TestSandbox::zygoteHasNoThreads()
{
    const SandboxedPictureReader reader(terms(u"../bin/vitrine-decode"_s), 1);
    VERIFY_OK(read(reader, m_good));
    const QString zygote = QString::fromLatin1(childProcesses().first());
    const QDir threads(u"/proc/"_s + zygote + u"/task"_s);
    QCOMPARE(threads.entryList(QDir::Dirs | QDir::NoDotAndDotDot), QStringList{zygote});
}

QTEST_GUILESS_MAIN(TestSandbox)
#include "tst_sandbox.moc"
