// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/watching/watcherfixture.h"

#include "app/base/readyfuture.h"

namespace vitrine::test {

using namespace Qt::StringLiterals;
using watching::Watcher;

void WatcherFixture::init()
{
    m_watcher.reset();
    m_outbox.reset();
    m_account = std::make_unique<QTemporaryDir>();
    m_folder = std::make_unique<QTemporaryDir>();
    startRun();
}

void WatcherFixture::startRun()
{
    m_watcher.reset();
    m_outbox.reset();
    m_outbox = std::make_unique<transfer::Outbox>(
        m_account->path(), m_client, m_pictures, m_systemClock,
        [](const QByteArray&) { return readyFuture(Result<QString>(QString())); });
    VERIFY_OK(await(m_outbox->load()));
    m_watcher = std::make_unique<Watcher>(m_account->path(), *m_outbox, m_clock);
    m_watcher->start();
    QTRY_VERIFY_WITH_TIMEOUT(m_watcher->isWatching(), kPatience);
}

void WatcherFixture::watch(watching::WatchedFolder::Handling handling, bool isPrivate)
{
    VERIFY_OK(await(m_watcher->put({m_folder->path(), handling, isPrivate})));
}

QString WatcherFixture::write(const QString& name, int seed)
{
    return writeTo(m_folder->path(), name, jpeg(picture({32, 24}, seed)));
}

QStringList WatcherFixture::sources() const
{
    QStringList files;
    for (const transfer::Transfer& transfer : m_outbox->transfers())
        files += transfer.source;
    files.sort();
    return files;
}

} // namespace vitrine::test
