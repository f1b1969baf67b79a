// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/futures.h"
#include "tests/support/pictures.h"
#include "tests/support/replayserver.h"
#include "tests/transfer/outboxfixture.h"

#include <QTest>

using namespace vitrine;
using namespace vitrine::transfer;
using namespace Qt::StringLiterals;
using test::await;

namespace {

/// A server that takes uploads and says nothing of their bytes.
class SilentServer final : public test::ReplayServer
{
public:
    QByteArray original; ///< what it gives as one; empty: 404
    QByteArray preview;

    int count(const QByteArray& path) const
    {
        const auto& all = requests();
        return int(std::count_if(all.begin(), all.end(), [&](const Request& request) {
            return request.target().startsWith(path);
        }));
    }

private:
    Canned answerTo(const Request& request) override
    {
        if (request.verb() == "POST")
            return canned(201, "application/json",
                          R"({"id":"x1","isPrivate":false,"uploaded":"2026-05-03T09:41:00.000Z",)"
                          R"("previewURL":")" +
                              url(u"/preview/x1"_s).toEncoded() + "\"}");
        const bool isOriginal = request.target().startsWith("/api/admin/original");
        const QByteArray& bytes = isOriginal ? original : preview;
        return bytes.isEmpty() ? canned(404, "application/json", "{}")
                               : canned(200, "image/jpeg", bytes);
    }
};

} // namespace

/// An upload is verified when the server told its hash, or when what it gives was looked at.
class TestReadBack : public test::OutboxFixture
{
    Q_OBJECT

private Q_SLOTS:
    void sameOriginalIsVerified();
    void otherOriginalIsNot();
    void previewOfItIsVerified();
    void previewOfAnotherIsNot();
    void whatCannotBeLookedAtIsNot();
    void itIsKnownToTheNextRun();

private:
    /// Shares a picture there; its key, once it is sent.
    QString sent(SilentServer& server, const access::Credential& credential);
    bool isVerified(const QString& key) const { return transfer::isVerified(*m_outbox->find(key)); }

    const QImage m_picture = test::picture({900, 600}, 3);
    const QByteArray m_bytes = test::jpeg(m_picture);
};

QString TestReadBack::sent(SilentServer& server, const access::Credential& credential)
{
    m_server->client().setServer(server.url(), credential);
    const QString key = share(m_bytes, {.keepMetadata = true, .again = true});
    if (!QTest::qWaitFor([&] { return stateOf(key) == State::Done; }, 30'000))
        qFatal("the upload was not sent");
    return key;
}

void TestReadBack::sameOriginalIsVerified()
{
    SilentServer server;
    server.original = m_bytes;
    const QString key = sent(server, m_server->newToken());
    QTRY_VERIFY(isVerified(key));
    QCOMPARE(server.count("/api/download"), 0); // which would be counted
}

void TestReadBack::otherOriginalIsNot()
{
    SilentServer server;
    server.original = test::jpeg(m_picture, 80);
    const QString key = sent(server, m_server->newToken());
    QTRY_COMPARE(server.count("/api/admin/original"), 1);
    QTRY_COMPARE(server.openConnections(), 0);
    const QString later = sent(server, m_server->newToken()); // looked at behind the other
    QTRY_COMPARE(server.count("/api/admin/original"), 2);
    QTRY_COMPARE(server.openConnections(), 0);
    QVERIFY(!isVerified(key));
    QCOMPARE(stateOf(later), State::Done);
}

// Where there are no originals to be had, as for whom nobody knows.
void TestReadBack::previewOfItIsVerified()
{
    SilentServer server;
    server.preview = test::jpeg(m_picture.scaled(360, 240, {}, Qt::SmoothTransformation), 70);
    const QString key = sent(server, {});
    QTRY_VERIFY(isVerified(key));
    QCOMPARE(server.count("/api/admin/original"), 0);
    QCOMPARE(server.count("/api/download"), 0);
}

void TestReadBack::previewOfAnotherIsNot()
{
    SilentServer server;
    server.preview = test::jpeg(test::picture({360, 240}, 9));
    const QString other = sent(server, {});
    QTRY_COMPARE(server.count("/preview"), 1);
    server.preview = test::jpeg(m_picture.scaled(360, 240, {}, Qt::SmoothTransformation), 70);
    const QString same = sent(server, {});
    QTRY_VERIFY(isVerified(same)); // they are looked at one after the other
    QVERIFY(!isVerified(other));
}

void TestReadBack::whatCannotBeLookedAtIsNot()
{
    SilentServer server;
    const QString key = sent(server, {});
    QTRY_COMPARE(server.count("/preview"), 1);
    server.preview = test::jpeg(m_picture.scaled(360, 240, {}, Qt::SmoothTransformation), 70);
    const QString next = sent(server, {});
    QTRY_VERIFY(isVerified(next));
    QVERIFY(!isVerified(key));
    QCOMPARE(stateOf(key), State::Done);
    QVERIFY(!m_outbox->find(key)->error);
}

// To other processes, too, while it is still listed.
void TestReadBack::itIsKnownToTheNextRun()
{
    const auto other = makeOutbox(m_server->client());
    VERIFY_OK(await(other->load()));
    SilentServer server;
    server.original = m_bytes;
    const QString key = sent(server, m_server->newToken());
    QTRY_VERIFY(other->find(key) && transfer::isVerified(*other->find(key)));
}

QTEST_GUILESS_MAIN(TestReadBack)
#include "tst_readback.moc"
