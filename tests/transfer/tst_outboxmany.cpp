// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/base/readyfuture.h"
#include "app/imaging/pipeline/inprocesspicturereader.h"
#include "app/transfer/downloads.h"
#include "app/transfer/outbox.h"
#include "app/transfer/stagingmodel.h"
#include "app/transfer/transfermodel.h"
#include "tests/benchmarks/blockwatch.h"
#include "tests/benchmarks/child.h"
#include "tests/support/futures.h"
#include "tests/support/pictures.h"

#include <QFile>
#include <QNetworkAccessManager>
#include <QSet>
#include <QTemporaryDir>
#include <QTest>

#include <unistd.h>

using namespace vitrine;
using namespace vitrine::transfer;
using namespace Qt::StringLiterals;
using test::await;

namespace {

constexpr int kFiles = 20'000;
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr double kBurden = 6; // of what looks over the program's shoulder
#else
constexpr double kBurden = 1;
#endif
// Of computing, in ms. To write down all files at once takes far longer; that it is 50 at most on a
// quiet machine is for the benchmark to show.
constexpr double kLongestBlock = 250 * kBurden;
constexpr double kMostMemory = 150 * kBurden; // MB

double residentMemory()
{
    return bench::residentMemory("VmRSS");
}

} // namespace

/// (13) 20,000 files dropped at once: all are listed, the event loop goes round, and memory stays
/// bounded. tests/benchmarks measures the same to the last look.
class TestOutboxMany : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void allAreStaged();
    void allAreQueued();

private:
    const imaging::InProcessPictureReader m_pictures;
    const SystemClock m_clock;
    QTemporaryDir m_directory;
    QStringList m_files;
};

void TestOutboxMany::initTestCase()
{
    const QString original =
        test::writeTo(m_directory.path(), u"original"_s, test::jpeg(test::picture({60, 40})));
    const QByteArray from = QFile::encodeName(original);
    for (int i = 0; i < kFiles; ++i) {
        m_files.append(m_directory.filePath(u"%1.jpg"_s.arg(i)));
        QCOMPARE(::link(from.constData(), QFile::encodeName(m_files.last()).constData()), 0);
    }
}

void TestOutboxMany::allAreStaged()
{
    StagingModel model(m_directory.filePath(u"staging"_s), m_pictures);
    model.setVisible(0, 6);
    const double before = residentMemory();
    const bench::BlockWatch watch;
    model.addPaths(m_files);
    QTRY_COMPARE_WITH_TIMEOUT(model.rowCount(), kFiles, 60'000);
    QTRY_VERIFY_WITH_TIMEOUT(!model.index(5).data(StagingModel::IsLoadingRole).toBool(), 60'000);
    QVERIFY2(watch.longest() < kLongestBlock, qPrintable(QString::number(watch.longest())));
    const double growth = residentMemory() - before;
    QVERIFY2(growth < kMostMemory, qPrintable(QString::number(growth)));
}

void TestOutboxMany::allAreQueued()
{
    QNetworkAccessManager network;
    api::ApiClient client(network);
    const QString directory = m_directory.filePath(u"outbox"_s);
    Outbox outbox(directory, client, m_pictures, m_clock,
                  [](const QByteArray&) { return readyFuture(Result<QString>(QString())); });
    const Downloads downloads(directory, client, m_pictures, m_clock);
    const TransferModel model(outbox, downloads);
    VERIFY_OK(await(outbox.load()));
    QList<UploadOrder> orders;
    for (const QString& file : std::as_const(m_files))
        orders.append({.source = file});

    const double before = residentMemory();
    const bench::BlockWatch watch;
    const auto keys = await(outbox.share(orders), std::chrono::minutes(2));
    VERIFY_OK(keys);
    QCOMPARE(QSet<QString>(keys->begin(), keys->end()).size(), kFiles);
    QCOMPARE(model.rowCount(), kFiles);
    outbox.cancel(keys->last());
    QTRY_COMPARE(outbox.find(keys->last())->state, State::Cancelled);
    QVERIFY2(watch.longest() < kLongestBlock, qPrintable(QString::number(watch.longest())));
    const double growth = residentMemory() - before;
    QVERIFY2(growth < kMostMemory, qPrintable(QString::number(growth)));
}

QTEST_GUILESS_MAIN(TestOutboxMany)
#include "tst_outboxmany.moc"
