// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/backend/http/compression.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace vitrine::backend::http;

/// What clients say of the codings that they take (RFC 9110, 12.5.3).
class tst_Compression final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void clientsGetWhatTheyTake_data();
    void clientsGetWhatTheyTake();
    void severalFieldsAreOne();
    void whatIsShortStaysAsItIs();

private:
    static Response answer(const Headers& headers, qsizetype size = 10'000);
    static bool isGzip(const Response& response);
};

Response tst_Compression::answer(const Headers& headers, qsizetype size)
{
    Response response;
    response.body = QByteArray(size, 'a');
    return compressed(requestHead("GET", "/", headers), response);
}

bool tst_Compression::isGzip(const Response& response)
{
    return response.headers.value("Content-Encoding") == "gzip" &&
           response.body.startsWith("\x1f\x8b");
}

void tst_Compression::clientsGetWhatTheyTake_data()
{
    QTest::addColumn<QByteArray>("accepted");
    QTest::addColumn<bool>("isPacked");
    const auto row = [](const QByteArray& accepted, bool isPacked) {
        QTest::newRow(accepted.isEmpty() ? "nothing" : accepted.constData())
            << accepted << isPacked;
    };
    row("", false);
    row("identity", false);
    row("br", false);
    row("gzip", true);
    row("x-gzip", true);
    row("GZIP", true);
    row("br, gzip;q=0.5", true);
    row("gzip;q=0", false);
    row("gzip;q=0.000", false);
    row("*", true);
    row("*;q=0", false);
    row("identity, *;q=0.1", true);
    // What names gzip decides alone, wherever it stands.
    row("gzip;q=0, *;q=1", false);
    row("*, gzip;q=0", false);
    row("x-gzip;q=0, *", false);
    row("*;q=0, gzip", true);
    // Two that contradict each other: the body as it is is right for both.
    row("gzip, gzip;q=0", false);
    row("gzip;q=1;q=0.5", false);
}

void tst_Compression::clientsGetWhatTheyTake()
{
    QFETCH(QByteArray, accepted);
    const Response response = answer({{"Accept-Encoding", accepted}});
    QTEST(isGzip(response), "isPacked");
    QCOMPARE(response.headers.value("Vary"), "Accept-Encoding");
}

void tst_Compression::severalFieldsAreOne()
{
    QVERIFY(isGzip(answer({{"Accept-Encoding", "br"}, {"Accept-Encoding", "gzip"}})));
    QVERIFY(!isGzip(answer({{"Accept-Encoding", "*"}, {"Accept-Encoding", "gzip;q=0"}})));
    QVERIFY(!isGzip(answer({})));
}

void tst_Compression::whatIsShortStaysAsItIs()
{
    QVERIFY(!isGzip(answer({{"Accept-Encoding", "gzip"}}, 100)));
}

QTEST_GUILESS_MAIN(tst_Compression)
#include "tst_compression.moc"
