// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/api/apiclient.h"
#include "tests/support/futures.h"
#include "tests/support/pictures.h"
#include "tests/support/replayserver.h"

#include <QMap>
#include <QNetworkAccessManager>
#include <QTemporaryDir>
#include <QTest>

#include <functional>
#include <optional>

using namespace vitrine;
using namespace vitrine::api;
using namespace Qt::StringLiterals;
using test::await;
using test::ReplayServer;

namespace {

/// What a call ended with; nothing for success.
using Outcome = std::optional<ErrorKind>;
using Call = std::function<Outcome(ApiClient&, const QString& directory)>;

template <typename T>
Outcome outcomeOf(const Result<T>& result)
{
    return result ? Outcome() : Outcome(result.error().kind);
}

Outcome upload(ApiClient& client, const QString& directory)
{
    UploadRequest request;
    request.file = test::writeTo(directory, u"up.jpg"_s, "pixels");
    return outcomeOf(await(client.upload(request, {})));
}

Outcome save(ApiClient& client, const QString& directory)
{
    return outcomeOf(await(
        client.save({.url = client.originalUrl(u"a"_s), .path = directory + "/down.jpg"_L1})));
}

const QMap<int, ErrorKind> kKinds{
    {400, ErrorKind::Rejected},    {401, ErrorKind::SignInRequired}, {403, ErrorKind::Forbidden},
    {404, ErrorKind::NotFound},    {405, ErrorKind::Unsupported},    {409, ErrorKind::Conflict},
    {413, ErrorKind::TooLarge},    {422, ErrorKind::Rejected},       {429, ErrorKind::RateLimited},
    {500, ErrorKind::Unavailable}, {502, ErrorKind::Unavailable},    {503, ErrorKind::Unavailable}};

/// What an endpoint makes of a body.
enum Sort { Item, Page, Word, Abilities, Address, Bytes };

struct Endpoint {
    const char* name;
    Sort sort;
    Call call;
    QList<int> fine; ///< statuses that are no failure here
};

QList<Endpoint> endpoints()
{
    return {
        {"isSetUp",
         Word,
         [](ApiClient& client, const QString&) { return outcomeOf(await(client.isSetUp())); },
         {}},
        {"capabilities",
         Abilities,
         [](ApiClient& client, const QString&) { return outcomeOf(await(client.capabilities())); },
         {404, 405}},
        {"images",
         Page,
         [](ApiClient& client, const QString&) {
             return outcomeOf(await(client.images(View::Owner, {}, 1)));
         },
         {}},
        {"tryUpload",
         Word,
         [](ApiClient& client, const QString&) { return outcomeOf(await(client.tryUpload())); },
         {400, 413, 422, 500}},
        {"uploadOutcome",
         Item,
         [](ApiClient& client, const QString&) {
             return outcomeOf(await(client.uploadOutcome(u"key"_s)));
         },
         {}},
        {"patch",
         Item,
         [](ApiClient& client, const QString&) {
             return outcomeOf(await(client.patch(u"a"_s, 1, {{}, true})));
         },
         {}},
        {"remove",
         Word,
         [](ApiClient& client, const QString&) { return outcomeOf(await(client.remove(u"a"_s))); },
         {404}},
        {"downloadUrl",
         Address,
         [](ApiClient& client, const QString&) {
             return outcomeOf(await(client.downloadUrl(u"a"_s)));
         },
         {}},
        {"fetch",
         Bytes,
         [](ApiClient& client, const QString&) {
             return outcomeOf(await(client.fetch(client.originalUrl(u"a"_s), 20'000'000)));
         },
         {}},
        {"upload", Item, upload, {}},
        {"save", Bytes, save, {}},
    };
}

QByteArray answer(const QByteArray& type, const QByteArray& body, const QByteArray& more = {},
                  qsizetype announced = -1)
{
    return "HTTP/1.1 200 OK\r\nContent-Type: " + type +
           "\r\nContent-Length: " + QByteArray::number(announced < 0 ? body.size() : announced) +
           "\r\nConnection: close\r\n" + more + "\r\n" + body;
}

/// An item, and a listing of it alone.
QByteArray item(const QByteArray& id, const QByteArray& downloads, const QByteArray& preview)
{
    const QByteArray members = R"("id":")" + id + R"(","downloadCount":)" + downloads +
                               R"(,"previewURL":")" + preview +
                               R"(","uploaded":"2026-05-03T09:41:00Z","isPrivate":false)";
    return '{' + members + R"(,"images":[{)" + members + "}]}";
}

/// An answer that is odd, and what becomes of it: BadAnswer, but for the sorts that are named.
struct Odd {
    const char* name;
    QByteArray answer;
    QMap<Sort, Outcome> others;
};

QList<Odd> odds()
{
    constexpr auto json = "application/json";
    const Outcome fine, signIn = ErrorKind::SignInRequired, lost = ErrorKind::Network;
    const QMap<Sort, Outcome> allLost{{Item, lost},      {Page, lost},    {Word, lost},
                                      {Abilities, lost}, {Address, lost}, {Bytes, lost}};
    return {
        {"a login page",
         answer("text/html", "<html>"),
         {{Item, signIn},
          {Page, signIn},
          {Word, signIn},
          {Address, signIn},
          {Bytes, signIn},
          {Abilities, fine}}},
        {"a picture", answer("image/png", "\x89PNG"), {{Bytes, fine}}},
        {"nothing", answer(json, {}), {}},
        {"cut off JSON", answer(json, R"({"images":[{"id":"a","upl)"), {}},
        {"10 MB", answer(json, "{\"a\":\"" + QByteArray(10'000'000, 'a') + "\"}"), {}},
        {"17 MB", answer(json, QByteArray(17 * 1024 * 1024, ' ')), {}},
        {"10,000 deep", answer(json, QByteArray(10'000, '[')), {}},
        {"no fields", answer(json, "{}"), {}},
        {"mistyped fields",
         answer(json,
                R"({"id":7,"uploaded":[],"isPrivate":"no","images":"x","api":1,"limits":[]})"),
         {}},
        {"mistyped images", answer(json, R"({"images":[7,null,{"id":[]}]})"), {}},
        {"an id with slashes",
         answer(json, item("../../etc/passwd", "7", "")),
         {{Page, fine}}}, // the item is left out
        {"a negative counter", answer(json, item("a", "-7", "")), {{Item, fine}, {Page, fine}}},
        {"a preview that is a file",
         answer(json, item("a", "7", "file:///etc/passwd")),
         {{Item, fine}, {Page, fine}}},
        {"short body", answer(json, R"({"images":[]})", {}, 1000), allLost},
        {"long body", answer(json, R"({"images":[]})", {}, 3), {}},
        {"a bomb",
         answer(json, qCompress(QByteArray(100'000'000, ' '), 9).mid(4),
                "Content-Encoding: deflate\r\n"),
         {}},
        {"endless redirects",
         "HTTP/1.1 302 Found\r\nLocation: /again\r\nContent-Length: 0\r\nConnection: "
         "close\r\n\r\n",
         {{Address, fine}}}, // where it leads is all that is asked
        {"a redirect to a file",
         "HTTP/1.1 302 Found\r\nLocation: file:///etc/passwd\r\nContent-Length: 0\r\nConnection: "
         "close\r\n\r\n",
         {}},
        {"not HTTP", "nonsense\r\n\r\n", allLost},
        {"silence", {}, allLost},
    };
}

} // namespace

/// Every endpoint against every refusal, and against a success that makes no sense.
class Endpoints : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void refusalIsUnderstood_data();
    void refusalIsUnderstood();
    void senselessSuccessIsABadAnswer_data() { refusalIsUnderstood_data(); }
    void senselessSuccessIsABadAnswer();
    void oddAnswersAreSurvived_data();
    void oddAnswersAreSurvived();

private:
    QNetworkAccessManager m_network;
    QTemporaryDir m_directory;
};

void Endpoints::refusalIsUnderstood_data()
{
    QTest::addColumn<Call>("call");
    QTest::addColumn<QList<int>>("fine"); // statuses that are no failure here
    for (const Endpoint& endpoint : endpoints())
        QTest::newRow(endpoint.name) << endpoint.call << endpoint.fine;
}

void Endpoints::refusalIsUnderstood()
{
    QFETCH(Call, call);
    QFETCH(QList<int>, fine);
    ApiClient client(m_network);
    for (auto it = kKinds.begin(); it != kKinds.end(); ++it) {
        ReplayServer server;
        server.answer(it.key(), "application/problem+json", R"({"error":"No."})");
        client.setServer(server.url(), {});
        const Outcome outcome = call(client, m_directory.path());
        const bool isPrivateImage =
            it.key() == 403 && QByteArrayView(QTest::currentDataTag()) == "downloadUrl";
        const ErrorKind kind = isPrivateImage ? ErrorKind::SignInRequired : it.value();
        QVERIFY2(outcome == (fine.contains(it.key()) ? Outcome() : Outcome(kind)),
                 qPrintable(QString::number(it.key())));
        QCOMPARE(server.requests().size(), 1);
    }
}

void Endpoints::senselessSuccessIsABadAnswer()
{
    QFETCH(Call, call);
    ApiClient client(m_network);
    ReplayServer server;
    server.answer(206, "image/svg+xml", "<svg/>");
    client.setServer(server.url(), {});
    QVERIFY(call(client, m_directory.path()) == Outcome(ErrorKind::BadAnswer));
}

void Endpoints::oddAnswersAreSurvived_data()
{
    QTest::addColumn<Call>("call");
    QTest::addColumn<QByteArray>("answer");
    QTest::addColumn<Outcome>("outcome");
    for (const Odd& odd : odds()) {
        for (const Endpoint& endpoint : endpoints())
            QTest::addRow("%s to %s", odd.name, endpoint.name)
                << endpoint.call << odd.answer
                << odd.others.value(endpoint.sort, ErrorKind::BadAnswer);
    }
}

void Endpoints::oddAnswersAreSurvived()
{
    QFETCH(Call, call);
    QFETCH(QByteArray, answer);
    QFETCH(Outcome, outcome);
    ReplayServer server;
    server.answer(answer);
    ApiClient client(m_network);
    client.setServer(server.url(), {});
    const Outcome found = call(client, m_directory.path());
    QVERIFY2(found == outcome, qPrintable(u"error kind %1"_s.arg(found ? int(*found) : -1)));
    QVERIFY(server.requests().size() <= 6);
}

QTEST_GUILESS_MAIN(Endpoints)
#include "tst_endpoints.moc"
