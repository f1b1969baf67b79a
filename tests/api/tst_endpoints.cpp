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
    return outcomeOf(
        await(client.save(client.originalUrl(u"a"_s), directory + "/down.jpg"_L1, {})));
}

const QMap<int, ErrorKind> kKinds{
    {400, ErrorKind::Rejected},    {401, ErrorKind::SignInRequired}, {404, ErrorKind::NotFound},
    {405, ErrorKind::Unsupported}, {409, ErrorKind::Conflict},       {413, ErrorKind::TooLarge},
    {422, ErrorKind::Rejected},    {429, ErrorKind::RateLimited},    {500, ErrorKind::Unavailable},
    {502, ErrorKind::Unavailable}, {503, ErrorKind::Unavailable}};

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

private:
    QNetworkAccessManager m_network;
    QTemporaryDir m_directory;
};

void Endpoints::refusalIsUnderstood_data()
{
    QTest::addColumn<Call>("call");
    QTest::addColumn<QList<int>>("fine"); // statuses that are no failure here
    const auto row = [](const char* name, const Call& call, const QList<int>& fine = {}) {
        QTest::newRow(name) << call << fine;
    };
    row("capabilities",
        [](ApiClient& client, const QString&) { return outcomeOf(await(client.capabilities())); },
        {404, 405});
    row("images", [](ApiClient& client, const QString&) {
        return outcomeOf(await(client.images(View::Owner, {}, 1)));
    });
    row("uploadOutcome", [](ApiClient& client, const QString&) {
        return outcomeOf(await(client.uploadOutcome(u"key"_s)));
    });
    row("patch", [](ApiClient& client, const QString&) {
        return outcomeOf(await(client.patch(u"a"_s, 1, {{}, true})));
    });
    row("remove",
        [](ApiClient& client, const QString&) { return outcomeOf(await(client.remove(u"a"_s))); },
        {404});
    row("downloadUrl", [](ApiClient& client, const QString&) {
        return outcomeOf(await(client.downloadUrl(u"a"_s)));
    });
    row("fetch", [](ApiClient& client, const QString&) {
        return outcomeOf(await(client.fetch(client.originalUrl(u"a"_s), 1000)));
    });
    row("upload", upload);
    row("save", save);
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
        QVERIFY2(outcome == (fine.contains(it.key()) ? Outcome() : Outcome(it.value())),
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

QTEST_GUILESS_MAIN(Endpoints)
#include "tst_endpoints.moc"
