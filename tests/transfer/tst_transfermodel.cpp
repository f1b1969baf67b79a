// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/base/readyfuture.h"
#include "app/imaging/pipeline/inprocesspicturereader.h"
#include "app/transfer/downloads.h"
#include "app/transfer/outbox.h"
#include "app/transfer/transfermodel.h"
#include "tests/support/futures.h"
#include "tests/support/pictures.h"

#include <QAbstractItemModelTester>
#include <QNetworkAccessManager>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>

using namespace vitrine;
using namespace vitrine::transfer;
using namespace Qt::StringLiterals;
using test::await;

class TestTransferModel : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void whatIsFinishedGoesInRuns();

private:
    QStringList keys() const;

    const SystemClock m_clock;
    const imaging::InProcessPictureReader m_pictures;
    QNetworkAccessManager m_network;
    api::ApiClient m_client{m_network};
    const QTemporaryDir m_account;
    Downloads m_downloads{m_account.path(), m_client, m_pictures, m_clock};
    Outbox m_outbox{m_account.path(), m_client, m_pictures, m_clock,
                    [](const QByteArray&) { return readyFuture(Result<QString>(QString())); }};
    TransferModel m_model{m_outbox, m_downloads};
};

void TestTransferModel::init()
{
    VERIFY_OK(await(m_outbox.load()));
}

QStringList TestTransferModel::keys() const
{
    QStringList keys;
    for (int row = 0; row < m_model.rowCount(); ++row)
        keys += m_model.index(row).data(TransferModel::KeyRole).toString();
    return keys;
}

void TestTransferModel::whatIsFinishedGoesInRuns()
{
    const QAbstractItemModelTester tester(&m_model,
                                          QAbstractItemModelTester::FailureReportingMode::QtTest);
    QList<UploadOrder> orders;
    for (int i = 0; i < 8; ++i)
        orders += {.source = test::writeTo(m_account.path(), u"%1.jpg"_s.arg(i),
                                           test::jpeg(test::picture({32, 24}, i)))};
    const auto shared = await(m_outbox.share(orders));
    VERIFY_OK(shared);
    QCOMPARE(keys(), *shared);
    const QStringList stay{shared->at(3), shared->at(6)};
    for (const QString& key : *shared) {
        if (!stay.contains(key))
            m_outbox.cancel(key);
    }
    const auto areCancelled = [&] {
        return std::all_of(shared->cbegin(), shared->cend(), [&](const QString& key) {
            return stay.contains(key) || m_outbox.find(key)->state == State::Cancelled;
        });
    };
    QTRY_VERIFY(areCancelled());
    QSignalSpy removed(&m_model, &TransferModel::rowsRemoved);
    m_outbox.clearFinished();
    QCOMPARE(keys(), stay);
    QCOMPARE(removed.size(), 3);

    QSignalSpy changed(&m_model, &TransferModel::dataChanged);
    m_outbox.cancel(stay[1]);
    QTRY_VERIFY(!changed.isEmpty());
    QCOMPARE(changed.last().first().toModelIndex().row(), 1); // it is known where it is now
}

QTEST_GUILESS_MAIN(TestTransferModel)
#include "tst_transfermodel.moc"
