// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/transfer/ownership.h"

#include "app/base/paths.h"

#include <QDir>
#include <QFile>
#include <QUuid>

#include <algorithm>

namespace vitrine::transfer {

Ownership::Ownership(QString directory)
    : m_directory(std::move(directory)), m_self(QUuid::createUuid().toString(QUuid::WithoutBraces))
{}

Ownership::~Ownership()
{
    if (m_lock)
        QFile::remove(m_directory + u'/' + m_self);
}

Result<void> Ownership::take()
{
    if (m_lock)
        return {};
    if (auto made = makePrivateDirectory(m_directory); !made)
        return made;
    auto lock = FileLock::tryLock(m_directory + u'/' + m_self);
    if (!lock)
        return failure(lock.error());
    m_lock.emplace(*std::move(lock));
    return {};
}

bool Ownership::isOrphan(const QString& owner) const
{
    const QString path = m_directory + u'/' + owner;
    if (owner == m_self || !FileLock::tryLock(path))
        return false;
    QFile::remove(path);
    return true;
}

bool Ownership::isAnyoneThere(const QString& directory)
{
    const QDir owners(directory);
    const QStringList files = owners.entryList(QDir::Files);
    return std::any_of(files.begin(), files.end(), [&](const QString& file) {
        return FileLock::isHeld(owners.filePath(file));
    });
}

} // namespace vitrine::transfer
