// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/decoding/sandboxedpicturereader.h"
#include "tests/support/futures.h"
#include "tests/support/pictures.h"

#include <QFile>
#include <QTest>

#include <sys/resource.h>

using namespace vitrine;
using namespace Qt::StringLiterals;
using decoding::WorkerTerms;

namespace {

WorkerTerms terms()
{
    return {.program = QStringLiteral(VITRINE_BIN_DIR "/vitrine-decode"),
            .patience = std::chrono::milliseconds(20'000),
            .idle = std::chrono::hours(1)};
}

/// The processes that this thread has started, oldest first: the zygote and its workers.
QList<QByteArray> childProcesses()
{
    QFile list(u"/proc/thread-self/children"_s);
    return list.open(QIODevice::ReadOnly) ? list.readAll().trimmed().split(' ')
                                          : QList<QByteArray>();
}

int niceness(const QByteArray& process)
{
    return ::getpriority(PRIO_PROCESS, id_t(process.toUInt()));
}

} // namespace

/// What is read while nobody waits for it.
class TestWorkerPool : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void whatNobodyWaitsForYields();
    void whatNobodyWaitsForKeepsNobodyWaiting();
};

void TestWorkerPool::whatNobodyWaitsForYields()
{
    const QByteArray photo = test::jpeg(test::picture({500, 400}));
    const decoding::SandboxedPictureReader reader(terms(), 1);
    const auto read = [&](bool isPatient) {
        return reader.read(QByteArrayView(photo),
                           {.variants = {.preview = true}, .isPatient = isPatient});
    };
    const int own = ::getpriority(PRIO_PROCESS, 0);
    VERIFY_OK(read(true));
    const auto first = childProcesses();
    QCOMPARE(first.size(), 2);
    QCOMPARE(niceness(first.last()), 19);
    VERIFY_OK(read(false));
    const auto both = childProcesses();
    QCOMPARE(both.size(), 3); // another worker, for the first one yields for all its life
    QCOMPARE(niceness(both.last()), own);
    QCOMPARE(niceness(both.first()), own); // the zygote, from which all come
}

void TestWorkerPool::whatNobodyWaitsForKeepsNobodyWaiting()
{
    decoding::WorkerPool pool(terms(), 1);
    const auto patient = pool.lease(true);
    VERIFY_OK(patient);
    const auto usual = pool.lease(false); // would wait for ever, were there one place for both
    VERIFY_OK(usual);
}

QTEST_GUILESS_MAIN(TestWorkerPool)
#include "tst_workerpool.moc"
