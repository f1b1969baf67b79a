// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/api/statusmapping.h"

#include <QTest>
#include <QTimeZone>

using namespace vitrine;
using namespace vitrine::api;
using namespace Qt::StringLiterals;

namespace {

constexpr char kProblem[] = R"({"title":"No","detail":"Please do not.","error":"Please do not."})";
constexpr char kLoginPage[] = "<!DOCTYPE html><title>Sign in</title>";

Answer answerOf(int status, const QByteArray& type, const QByteArray& body,
                const QList<QNetworkReply::RawHeaderPair>& headers = {})
{
    Answer answer;
    answer.status = status;
    answer.url = QUrl(u"https://pictures.example/api/images"_s);
    answer.isOwnOrigin = true;
    answer.received = QDateTime({2026, 5, 3}, {9, 41}, QTimeZone::utc());
    answer.headers = headers;
    answer.headers.emplaceBack("Content-Type", type);
    answer.body = body;
    answer.bodySize = body.size();
    return answer;
}

} // namespace

class StatusMapping : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void statusBecomesKind_data();
    void statusBecomesKind();
    void accessAsksForSignIn_data();
    void accessAsksForSignIn();
    void anotherServerNeverAsksForOurSignIn();
    void sentenceOfTheServerIsKept_data();
    void sentenceOfTheServerIsKept();
    void sentenceTellsNoSecret();
    void waitIsAsTold_data();
    void waitIsAsTold();
    void bodyIsNoObject_data();
    void bodyIsNoObject();
    void onlyTrueIsTrue_data();
    void onlyTrueIsTrue();
};

void StatusMapping::statusBecomesKind_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<ErrorKind>("kind");
    const auto row = [](int status, ErrorKind kind) {
        QTest::addRow("%d", status) << status << kind;
    };
    row(304, ErrorKind::BadAnswer);
    row(400, ErrorKind::Rejected);
    row(401, ErrorKind::SignInRequired);
    row(403, ErrorKind::Forbidden);
    row(404, ErrorKind::NotFound);
    row(405, ErrorKind::Unsupported);
    row(408, ErrorKind::TimedOut);
    row(409, ErrorKind::Conflict);
    row(410, ErrorKind::NotFound);
    row(412, ErrorKind::Conflict);
    row(413, ErrorKind::TooLarge);
    row(415, ErrorKind::Rejected);
    row(422, ErrorKind::Rejected);
    row(429, ErrorKind::RateLimited);
    row(500, ErrorKind::Unavailable);
    row(501, ErrorKind::Unsupported);
    row(502, ErrorKind::Unavailable);
    row(503, ErrorKind::Unavailable);
    row(504, ErrorKind::Unavailable);
    row(530, ErrorKind::Unavailable);
    row(700, ErrorKind::BadAnswer);
}

void StatusMapping::statusBecomesKind()
{
    QFETCH(int, status);
    QFETCH(ErrorKind, kind);
    const auto error = refusal(answerOf(status, "application/problem+json", kProblem));
    QVERIFY(error);
    QCOMPARE(error->kind, kind);
}

void StatusMapping::accessAsksForSignIn_data()
{
    using Headers = QList<QNetworkReply::RawHeaderPair>;
    QTest::addColumn<Answer>("answer");
    QTest::newRow("redirect to the team's domain") << answerOf(
        302, "text/html", {},
        Headers{{"Location", "https://team.cloudflareaccess.com/cdn-cgi/access/login"}});
    QTest::newRow("redirect to a login of its own")
        << answerOf(302, "text/html", {}, Headers{{"Location", "/cdn-cgi/access/login/x?kid=1"}});
    QTest::newRow("401") << answerOf(401, "application/json", "{}");
    QTest::newRow("401 of managed OAuth")
        << answerOf(401, "text/html", kLoginPage, Headers{{"WWW-Authenticate", "Bearer"}});
    QTest::newRow("403 with the mark of Access")
        << answerOf(403, "text/html", kLoginPage, Headers{{"cf-access-error", "Forbidden"}});
    QTest::newRow("403 in its words") << answerOf(403, "text/plain", "Access denied.\n");
    QTest::newRow("403 in its words, as JSON")
        << answerOf(403, "application/json", R"({"error":"Access denied."})");
    QTest::newRow("200 with a login page") << answerOf(200, "text/html; charset=utf-8", kLoginPage);
}

void StatusMapping::accessAsksForSignIn()
{
    QFETCH(Answer, answer);
    QVERIFY(wantsSignIn(answer));
    QCOMPARE(jsonObject(answer).error().kind, ErrorKind::SignInRequired);
    QCOMPARE(plainTrue(answer).error().kind, ErrorKind::SignInRequired);
}

void StatusMapping::anotherServerNeverAsksForOurSignIn()
{
    for (const int status : {401, 403}) {
        Answer answer = answerOf(status, "text/plain", "Access denied.");
        answer.isOwnOrigin = false;
        QCOMPARE(refusal(answer)->kind, ErrorKind::Forbidden);
    }
}

void StatusMapping::sentenceOfTheServerIsKept_data()
{
    QTest::addColumn<QByteArray>("type");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QString>("sentence");
    QTest::newRow("problem") << QByteArray("application/problem+json") << QByteArray(kProblem)
                             << u"Please do not."_s;
    QTest::newRow("error") << QByteArray("application/json") << QByteArray(R"({"error":"No."})")
                           << u"No."_s;
    QTest::newRow("plain text") << QByteArray("text/plain;charset=UTF-8")
                                << QByteArray("TypeError: null\nat stack") << u"TypeError: null"_s;
    QTest::newRow("a page") << QByteArray("text/html") << QByteArray(kLoginPage) << u"HTTP 422"_s;
    QTest::newRow("a member of the wrong type")
        << QByteArray("application/json") << QByteArray(R"({"error":{"a":1}})") << u"HTTP 422"_s;
    QTest::newRow("endless") << QByteArray("text/plain") << QByteArray(100'000, 'a')
                             << QString(300, u'a');
}

void StatusMapping::sentenceOfTheServerIsKept()
{
    QFETCH(QByteArray, type);
    QFETCH(QByteArray, body);
    QFETCH(QString, sentence);
    const auto error = refusal(answerOf(422, type, body));
    QVERIFY(error);
    QCOMPARE(error->kind, ErrorKind::Rejected);
    QCOMPARE(error->detail, sentence);
}

void StatusMapping::sentenceTellsNoSecret()
{
    const QByteArray echo = R"({"error":"bad token eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiIifQ.c2ln"})";
    const auto error = refusal(answerOf(400, "application/json", echo));
    QVERIFY(error->detail.startsWith(u"bad token"_s));
    QVERIFY(!error->detail.contains(u"eyJ"_s));
}

void StatusMapping::waitIsAsTold_data()
{
    QTest::addColumn<QByteArray>("retryAfter");
    QTest::addColumn<qint64>("seconds"); // -1: not told
    QTest::newRow("seconds") << QByteArray("120") << qint64(120);
    QTest::newRow("at once") << QByteArray("0") << qint64(0);
    QTest::newRow("negative") << QByteArray("-5") << qint64(0);
    QTest::newRow("for ever") << QByteArray("99999999999") << qint64(24 * 3600);
    QTest::newRow("date") << QByteArray("Sun, 03 May 2026 09:46:00 GMT") << qint64(300);
    QTest::newRow("past date") << QByteArray("Sat, 02 May 2026 09:46:00 GMT") << qint64(0);
    QTest::newRow("nonsense") << QByteArray("soon") << qint64(-1);
    QTest::newRow("nothing") << QByteArray() << qint64(-1);
}

void StatusMapping::waitIsAsTold()
{
    QFETCH(QByteArray, retryAfter);
    QFETCH(qint64, seconds);
    for (const int status : {429, 503}) {
        const auto error =
            refusal(answerOf(status, "text/plain", {}, {{"Retry-After", retryAfter}}));
        QVERIFY(error);
        QCOMPARE(error->retryAfter.has_value(), seconds >= 0);
        if (error->retryAfter)
            QCOMPARE(error->retryAfter->count(), seconds * 1000);
    }
}

void StatusMapping::bodyIsNoObject_data()
{
    QTest::addColumn<QByteArray>("type");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<ErrorKind>("kind");
    const QByteArray json = "application/json";
    QTest::newRow("cut off") << json << QByteArray(R"({"images":[{"id":"a)")
                             << ErrorKind::BadAnswer;
    QTest::newRow("nothing") << json << QByteArray() << ErrorKind::BadAnswer;
    QTest::newRow("an array") << json << QByteArray("[]") << ErrorKind::BadAnswer;
    QTest::newRow("a word") << json << QByteArray("true") << ErrorKind::BadAnswer;
    QTest::newRow("10,000 deep") << json << QByteArray(R"({"a":)" + QByteArray(10'000, '['))
                                 << ErrorKind::BadAnswer;
    QTest::newRow("another type") << QByteArray("image/png") << QByteArray("{}")
                                  << ErrorKind::BadAnswer;
    QTest::newRow("an error dressed as success")
        << json << QByteArray(R"({"error":"Could not list images."})") << ErrorKind::Unavailable;
}

void StatusMapping::bodyIsNoObject()
{
    QFETCH(QByteArray, type);
    QFETCH(QByteArray, body);
    QFETCH(ErrorKind, kind);
    const auto object = jsonObject(answerOf(200, type, body));
    QVERIFY(!object);
    QCOMPARE(object.error().kind, kind);
}

void StatusMapping::onlyTrueIsTrue_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<bool>("isTrue");
    QTest::newRow("true") << QByteArray("true") << true;
    QTest::newRow("with a line break") << QByteArray("true\n") << true;
    QTest::newRow("false") << QByteArray("false") << false;
    QTest::newRow("a text") << QByteArray("\"true\"") << false;
    QTest::newRow("an object") << QByteArray("{}") << false;
    QTest::newRow("nothing") << QByteArray() << false;
}

void StatusMapping::onlyTrueIsTrue()
{
    QFETCH(QByteArray, body);
    QFETCH(bool, isTrue);
    QCOMPARE(plainTrue(answerOf(200, "application/json", body)).has_value(), isTrue);
}

QTEST_GUILESS_MAIN(StatusMapping)
#include "tst_statusmapping.moc"
