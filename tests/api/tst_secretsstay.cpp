// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/api/apiclient.h"
#include "app/base/log.h"
#include "tests/support/futures.h"
#include "tests/support/replayserver.h"

#include <QNetworkAccessManager>
#include <QTemporaryDir>
#include <QTest>

using namespace vitrine;
using namespace vitrine::api;
using namespace Qt::StringLiterals;
using test::await;
using test::ReplayServer;

namespace {

const QByteArray kSecret = "s3cret-half-of-the-token";
QStringList g_log;

void remember(QtMsgType, const QMessageLogContext&, const QString& message)
{
    g_log << message;
}

} // namespace

/// Everything is logged here, and nothing in the log is a secret.
class SecretsStay : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void logTellsNoSecret_data();
    void logTellsNoSecret();
    void brokenCredentialInjectsNoHeader();

private:
    QtMessageHandler m_before = nullptr;
    QNetworkAccessManager m_network;
};

void SecretsStay::init()
{
    g_log.clear();
    QLoggingCategory::setFilterRules(u"vitrine.*=true"_s);
    m_before = qInstallMessageHandler(remember);
}

void SecretsStay::cleanup()
{
    qInstallMessageHandler(m_before);
}

void SecretsStay::logTellsNoSecret_data()
{
    QTest::addColumn<QByteArray>("answer");
    QTest::newRow("success") << QByteArray("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
    QTest::newRow("refusal") << QByteArray(
        "HTTP/1.1 400 No\r\nContent-Type: text/plain\r\nContent-Length: 24\r\n\r\n" + kSecret);
    QTest::newRow("redirect to a signed address")
        << QByteArray("HTTP/1.1 302 Found\r\nLocation: /a?sig=s3cret-half-of-the-token\r\n"
                      "Content-Length: 0\r\nConnection: close\r\n\r\n");
    QTest::newRow("not HTTP") << QByteArray("nonsense\r\n\r\n");
    QTest::newRow("lost") << QByteArray();
}

void SecretsStay::logTellsNoSecret()
{
    QFETCH(QByteArray, answer);
    ReplayServer server;
    server.answer(answer);
    ApiClient client(m_network);
    client.setServer(server.url(), access::ServiceToken{u"id.access"_s, access::Secret(kSecret)});
    await(client.fetch(server.url(u"/preview?sig=s3cret-half-of-the-token"_s), 1000));
    QVERIFY(!g_log.isEmpty());
    for (const QString& line : std::as_const(g_log))
        QVERIFY2(!line.contains(u"s3cret"_s), qPrintable(line));
}

void SecretsStay::brokenCredentialInjectsNoHeader()
{
    ReplayServer server;
    server.answer(200, "application/json", R"({"images":[]})");
    ApiClient client(m_network);
    for (const access::Credential& credential :
         {access::Credential(access::ServiceToken{u"id\r\nX-Evil: 1"_s, access::Secret(kSecret)}),
          access::Credential(access::ServiceToken{u"id"_s, access::Secret("a\r\nX-Evil: 1")}),
          access::Credential(access::PersonToken{access::Secret("a\r\nX-Evil: 1")})}) {
        client.setServer(server.url(), credential);
        QVERIFY(await(client.images(View::Guest, {}, 10)));
        QVERIFY(!server.requests().last().mentions("X-Evil"));
    }
}

QTEST_GUILESS_MAIN(SecretsStay)
#include "tst_secretsstay.moc"
