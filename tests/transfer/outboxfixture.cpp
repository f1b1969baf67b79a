// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/transfer/outboxfixture.h"

#include "app/base/readyfuture.h"
#include "tests/support/futures.h"
#include "tests/support/pictures.h"

#include <QTest>
#include <QTestEventLoop>

namespace vitrine::test {

using namespace Qt::StringLiterals;
using transfer::Outbox;

void OutboxFixture::init()
{
    m_known.clear();
    m_directory = std::make_unique<QTemporaryDir>();
    m_server = std::make_unique<LocalServer>(m_pictures);
    startRun();
}

void OutboxFixture::cleanup()
{
    m_outbox.reset();
    m_server.reset();
}

std::unique_ptr<Outbox> OutboxFixture::makeOutbox(api::ApiClient& client)
{
    const auto lookup = [this](const QByteArray& sha256) {
        return readyFuture(Result<QString>(m_known.value(sha256)));
    };
    auto outbox = std::make_unique<Outbox>(m_directory->filePath(u"outbox"_s), client, m_pictures,
                                           m_clock, lookup);
    connect(outbox.get(), &Outbox::shared, this,
            [this](const protocol::Image& image) { m_known.insert(image.sha256, image.id); });
    return outbox;
}

void OutboxFixture::startRun()
{
    m_outbox = makeOutbox(m_server->client());
    VERIFY_OK(await(m_outbox->load()));
    m_outbox->setRunning(true);
}

QString OutboxFixture::share(const QByteArray& bytes, transfer::UploadOrder order)
{
    order.source = writeTo(m_directory->path(), u"picture-%1.jpg"_s.arg(++m_files), bytes);
    return await(m_outbox->share({order})).value().first();
}

bool OutboxFixture::finishes(const QString& key)
{
    QTestEventLoop loop;
    connect(m_outbox.get(), &Outbox::changed, &loop, [&] {
        if (isFinished(stateOf(key)))
            loop.exitLoop();
    });
    if (!isFinished(stateOf(key)))
        loop.enterLoop(60);
    return isFinished(stateOf(key));
}

QList<protocol::Image> OutboxFixture::listing()
{
    return await(m_server->client().images(api::View::Owner, {}, 1000)).value().images;
}

QByteArray OutboxFixture::originalOf(const QString& id)
{
    auto& client = m_server->client();
    return await(client.fetch(client.originalUrl(id), 50'000'000)).value();
}

} // namespace vitrine::test
