// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/base/readyfuture.h"
#include "app/imaging/pipeline/inprocesspicturereader.h"
#include "app/transfer/newtransfer.h"
#include "app/transfer/outbox.h"
#include "app/transfer/outboxstore.h"
#include "tests/support/futures.h"
#include "tests/support/pictures.h"
#include "tests/support/replayserver.h"

#include <QDir>
#include <QNetworkAccessManager>
#include <QTcpSocket>
#include <QTemporaryDir>
#include <QTest>
#include <QTimer>

#include <algorithm>

using namespace vitrine;
using namespace vitrine::transfer;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using test::await;

namespace {

/// Takes its time for each upload, however many there are, as a server far away does; or breaks
/// every connection.
class FarServer final : public test::ReplayServer
{
public:
    bool breaks = false;
    int atOnce = 0;
    int most = 0; ///< uploads at once, up to now

private:
    static constexpr auto kWay = 100ms;
    bool m_isUpload = false;

    Canned answerTo(const Request& request) override
    {
        m_isUpload = request.verb() == "POST";
        return canned(201, "application/json",
                      R"({"id":"x1","uploaded":"2026-05-03T09:41:00.000Z","isPrivate":false})");
    }
    void reply(QTcpSocket* socket, const Canned& canned) override
    {
        atOnce += m_isUpload;
        most = std::max(most, atOnce);
        QTimer::singleShot(kWay, socket, [this, socket, canned, isUpload = m_isUpload] {
            atOnce -= isUpload;
            if (!breaks)
                socket->write(canned.bytes);
            socket->disconnectFromHost();
        });
    }
};

bool hasLostOne(const Outbox& outbox)
{
    const auto& all = outbox.transfers();
    return std::any_of(all.begin(), all.end(),
                       [](const Transfer& transfer) { return transfer.error.has_value(); });
}

} // namespace

/// How many uploads the outbox has under way, by what the line gives.
class TestOutboxPace : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void sixWhereTheWayIsLongTwoWhereItBreaks();

private:
    void prepare(int count);

    QTemporaryDir m_directory;
};

/// Rows of uploads that wait for nothing but the line, as an earlier run leaves them.
void TestOutboxPace::prepare(int count)
{
    const SystemClock clock;
    QList<Transfer> rows;
    QVERIFY(QDir(m_directory.path()).mkpath(u"spool"_s));
    for (int i = 0; i < count; ++i) {
        Transfer row = newUpload({.source = m_directory.filePath(QString::number(i))}, clock);
        row.state = State::Ready;
        row.spool =
            test::writeTo(m_directory.filePath(u"spool"_s), row.key, QByteArray(1000, char(i)));
        row.sha256 = QByteArray(32, char(i)) + QByteArray::number(i);
        row.bytes = 1000;
        row.type = u"image/jpeg"_s;
        rows.append(row);
    }
    OutboxStore store(m_directory.path());
    VERIFY_OK(await(store.put(rows)));
}

void TestOutboxPace::sixWhereTheWayIsLongTwoWhereItBreaks()
{
    prepare(2000);
    FarServer server;
    QNetworkAccessManager network;
    api::ApiClient client(network);
    client.setServer(server.url(), {});
    const SystemClock clock;
    const imaging::InProcessPictureReader pictures;
    Outbox outbox(m_directory.path(), client, pictures, clock,
                  [](const QByteArray&) { return readyFuture(Result<QString>(QString())); });
    VERIFY_OK(await(outbox.load()));
    outbox.setRunning(true);
    QTRY_COMPARE_WITH_TIMEOUT(server.most, 6, 60'000);

    server.breaks = true;
    QTRY_VERIFY_WITH_TIMEOUT(hasLostOne(outbox) && server.atOnce <= 2, 60'000);
    server.most = 0;
    const auto before = server.requests().size();
    QTRY_VERIFY_WITH_TIMEOUT(server.requests().size() >= before + 12, 60'000);
    QCOMPARE(server.most, 2);
}

QTEST_GUILESS_MAIN(TestOutboxPace)
#include "tst_outboxpace.moc"
