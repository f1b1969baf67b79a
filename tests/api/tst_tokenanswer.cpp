// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/api/oauth/tokenanswer.h"
#include "tests/support/futures.h"

#include <QTest>
#include <QTimeZone>

using namespace vitrine;
using namespace Qt::StringLiterals;

namespace {

constexpr char kJson[] = "application/json";

api::Answer answer(int status, const QByteArray& type, const QByteArray& body)
{
    api::Answer answer;
    answer.status = status;
    answer.url = QUrl(u"https://team.cloudflareaccess.com/cdn-cgi/access/oauth/token"_s);
    answer.received = QDateTime({2026, 5, 3}, {9, 41}, QTimeZone::utc());
    answer.headers = {{"Content-Type", type}};
    answer.body = body;
    return answer;
}

} // namespace

/// What the token endpoint of Access itself answers.
class TokenAnswer : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void tokensAreRead_data();
    void tokensAreRead();
    void whatIsNoneIsSaid_data();
    void whatIsNoneIsSaid();
};

void TokenAnswer::tokensAreRead_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QByteArray>("next");
    QTest::addColumn<qint64>("life"); // seconds; 0: not told
    QTest::newRow("all of it") << QByteArray(R"({"access_token":"a","token_type":"Bearer",)"
                                             R"("expires_in":900,"refresh_token":"r"})")
                               << QByteArray("r") << qint64(900);
    QTest::newRow("what must be") << QByteArray(R"({"access_token":"a","token_type":"bearer"})")
                                  << QByteArray() << qint64(0);
    QTest::newRow("a life in words") << QByteArray(R"({"access_token":"a","token_type":"bearer",)"
                                                   R"("expires_in":"soon"})")
                                     << QByteArray() << qint64(0);
    QTest::newRow("a life before it") << QByteArray(R"({"access_token":"a","token_type":"bearer",)"
                                                    R"("expires_in":-1})")
                                      << QByteArray() << qint64(0);
    QTest::newRow("for ever") << QByteArray(R"({"access_token":"a","token_type":"bearer",)"
                                            R"("expires_in":1e300})")
                              << QByteArray() << qint64(10) * 365 * 24 * 3600;
}

void TokenAnswer::tokensAreRead()
{
    QFETCH(QByteArray, body);
    QFETCH(QByteArray, next);
    QFETCH(qint64, life);
    const api::Answer given = answer(200, kJson, body);
    const auto token = api::tokenIn(given);
    VERIFY_OK(token);
    QCOMPARE(token->accessToken.reveal(), QByteArray("a"));
    QCOMPARE(token->refreshToken.reveal(), next);
    QCOMPARE(token->until, life > 0 ? given.received.addSecs(life) : QDateTime());
}

void TokenAnswer::whatIsNoneIsSaid_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("type");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<ErrorKind>("kind");
    const QByteArray json = kJson;
    using enum ErrorKind;
    QTest::newRow("over") << 400 << json << QByteArray(R"({"error":"invalid_grant"})")
                          << SignInRequired;
    QTest::newRow("unknown client")
        << 401 << json << QByteArray(R"({"error":"invalid_client"})") << SignInRequired;
    QTest::newRow("over for now") << 400 << json
                                  << QByteArray(R"({"error":"temporarily_unavailable"})")
                                  << Unavailable;
    QTest::newRow("its own fault")
        << 400 << json << QByteArray(R"({"error":"server_error"})") << Unavailable;
    QTest::newRow("another kind of JSON")
        << 400 << json << QByteArray(R"({"error":{"code":7}})") << Rejected;
    QTest::newRow("no OAuth") << 400 << QByteArray("text/plain") << QByteArray("what?") << Rejected;
    QTest::newRow("trouble") << 503 << json << QByteArray("{}") << Unavailable;
    QTest::newRow("too often") << 429 << json << QByteArray("{}") << RateLimited;
    QTest::newRow("a page") << 200 << QByteArray("text/html") << QByteArray("<html>") << BadAnswer;
    QTest::newRow("no JSON") << 200 << json << QByteArray("token") << BadAnswer;
    QTest::newRow("no token") << 200 << json << QByteArray(R"({"token_type":"bearer"})")
                              << BadAnswer;
    QTest::newRow("another kind") << 200 << json
                                  << QByteArray(R"({"access_token":"a","token_type":"mac"})")
                                  << BadAnswer;
    QTest::newRow("too long") << 200 << json
                              << R"({"token_type":"bearer","access_token":")" +
                                     QByteArray(20'000, 'a') + "\"}"
                              << BadAnswer;
}

void TokenAnswer::whatIsNoneIsSaid()
{
    QFETCH(int, status);
    QFETCH(QByteArray, type);
    QFETCH(QByteArray, body);
    const auto token = api::tokenIn(answer(status, type, body));
    QVERIFY(!token);
    QTEST(token.error().kind, "kind");
}

QTEST_GUILESS_MAIN(TokenAnswer)
#include "tst_tokenanswer.moc"
