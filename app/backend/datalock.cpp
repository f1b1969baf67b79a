// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/backend/datalock.h"

#include "app/base/file.h"

#include <QCoreApplication>
#include <QFile>
#include <QHostAddress>
#include <QJsonDocument>
#include <QJsonObject>

namespace vitrine::backend {
namespace {

using namespace Qt::StringLiterals;

constexpr qint64 kMaxEndpointBytes = 4096;

QString endpointPath(const QString& directory)
{
    return directory + u"/endpoint.json"_s;
}

QString lockPath(const QString& directory)
{
    return directory + u"/lock"_s;
}

/// A credential goes there: it must stay on this machine, whatever stands in the file.
bool isOnThisMachine(const QUrl& url)
{
    return url.isValid() && url.scheme() == "http"_L1 && QHostAddress(url.host()).isLoopback() &&
           url.port() > 0 && url.userInfo().isEmpty() && url.path().isEmpty() && !url.hasQuery() &&
           !url.hasFragment();
}

} // namespace

DataLock::DataLock(QString directory, FileLock lock)
    : m_directory(std::move(directory)), m_lock(std::move(lock))
{}

DataLock::DataLock(DataLock&& other) noexcept
    : m_directory(std::exchange(other.m_directory, {})), m_lock(std::move(other.m_lock))
{}

Result<DataLock> DataLock::acquire(const QString& directory)
{
    auto lock = FileLock::tryLock(lockPath(directory));
    if (!lock)
        return failure(lock.error());
    QFile::remove(endpointPath(directory)); // of one that ended without a word
    return DataLock(directory, *std::move(lock));
}

DataLock::~DataLock()
{
    if (!m_directory.isEmpty())
        QFile::remove(endpointPath(m_directory));
}

Result<void> DataLock::publish(const QUrl& url)
{
    const QJsonObject endpoint{{u"url"_s, url.toString()},
                               {u"pid"_s, QCoreApplication::applicationPid()}};
    return writeFile(endpointPath(m_directory),
                     QJsonDocument(endpoint).toJson(QJsonDocument::Compact));
}

Result<QUrl> DataLock::published(const QString& directory)
{
    if (!FileLock::isHeld(lockPath(directory)))
        return failure(ErrorKind::NotFound, directory);
    const auto bytes = readFile(endpointPath(directory), kMaxEndpointBytes);
    if (!bytes && bytes.error().kind == ErrorKind::NotFound)
        return failure(ErrorKind::Busy, u"the server is starting"_s);
    if (!bytes && bytes.error().kind != ErrorKind::EmptyFile)
        return failure(bytes.error());
    const QUrl url(QJsonDocument::fromJson(bytes.value_or(QByteArray()))["url"_L1].toString(),
                   QUrl::StrictMode);
    if (!isOnThisMachine(url))
        return failure(ErrorKind::Storage, u"\"endpoint.json\" names no server on this machine"_s);
    return url;
}

} // namespace vitrine::backend
