// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/storage/databasethread.h"

#include "app/base/paths.h"

#include <QFileInfo>

namespace vitrine::storage {

DatabaseThread::DatabaseThread(QString path, std::span<const Migration> migrations)
    : m_path(std::move(path)), m_migrations(migrations)
{
    m_thread.setMaxThreadCount(1);
    m_thread.setExpiryTimeout(-1);
}

DatabaseThread::~DatabaseThread()
{
    m_thread.waitForDone();
}

Result<void> DatabaseThread::ensureOpen()
{
    if (m_database)
        return {};
    if (auto made = makePrivateDirectory(QFileInfo(m_path).absolutePath()); !made)
        return made;
    auto opened = Database::open(m_path, m_migrations);
    if (!opened)
        return failure(opened.error());
    m_database.emplace(*std::move(opened));
    return {};
}

} // namespace vitrine::storage
