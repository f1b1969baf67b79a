// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/api/apiclient.h"
#include "tests/support/futures.h"
#include "tests/support/pictures.h"
#include "tests/support/replayserver.h"

#include <QNetworkAccessManager>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>

using namespace vitrine;
using namespace vitrine::api;
using namespace Qt::StringLiterals;
using test::await;
using test::ReplayServer;

namespace {

/// Says nothing to an upload, nor to whoever wants a large picture; all else it answers.
class HoldingServer final : public ReplayServer
{
public:
    qsizetype held() const { return std::count_if(requests().begin(), requests().end(), isHeld); }

private:
    static bool isHeld(const Request& request)
    {
        return request.verb() == "POST" || request.target().startsWith("/highres");
    }
    Canned answerTo(const Request& request) override
    {
        if (isHeld(request))
            return {{}, Then::StayOpen};
        return request.target().startsWith("/preview")
                   ? canned(200, "image/jpeg", "pixels")
                   : canned(200, "application/json", R"({"images":[]})");
    }
};

} // namespace

/// What lasts does not stand in the way of what is over soon.
class Lines : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void sixUploadsHinderNothingThatIsLookedAt();
    void uploadsAndDownloadsTogetherHinderNothing();

private:
    void upload(ApiClient& client, int count);
    void download(ApiClient& client, int count);
    static void verifyAnswersAtOnce(ApiClient& client, HoldingServer& server);

    QTemporaryDir m_directory;
    QNetworkAccessManager m_network;
};

void Lines::upload(ApiClient& client, int count)
{
    UploadRequest request;
    request.file = test::writeTo(m_directory.path(), u"spooled"_s, "pixels");
    request.name = u"boat.jpg"_s;
    for (int i = 0; i < count; ++i)
        client.upload(request, {});
}

void Lines::download(ApiClient& client, int count)
{
    for (int i = 0; i < count; ++i)
        client.save({.url = client.server().resolved(QUrl(u"/highres"_s)),
                     .path = m_directory.filePath(QString::number(i))});
}

// Each is answered before any of what is held up moves, for that never does.
void Lines::verifyAnswersAtOnce(ApiClient& client, HoldingServer& server)
{
    const qsizetype held = server.held();
    VERIFY_OK(await(client.images(View::Owner, {}, 100)));
    QList<QFuture<Result<QByteArray>>> previews;
    for (int i = 0; i < 20; ++i)
        previews.append(client.fetch(server.url(u"/preview"_s), 1000));
    for (const auto& preview : std::as_const(previews))
        QCOMPARE(await(preview).value_or(QByteArray()), QByteArray("pixels"));
    QCOMPARE(server.held(), held);
}

void Lines::sixUploadsHinderNothingThatIsLookedAt()
{
    HoldingServer server;
    ApiClient client(m_network);
    client.setServer(server.url(), {});
    upload(client, 9);
    QTRY_COMPARE(server.held(), 6);
    verifyAnswersAtOnce(client, server);
    QCOMPARE(server.held(), 6);
}

void Lines::uploadsAndDownloadsTogetherHinderNothing()
{
    HoldingServer server;
    ApiClient client(m_network);
    client.setServer(server.url(), {});
    download(client, 9);
    QTRY_COMPARE(server.held(), 3);
    upload(client, 9);
    QTRY_COMPARE(server.held(), 6);
    verifyAnswersAtOnce(client, server);
}

QTEST_GUILESS_MAIN(Lines)
#include "tst_lines.moc"
