// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/backend/datalock.h"

#include "app/base/file.h"

#include <QCoreApplication>
#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QThread>

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>

namespace vitrine::backend {
namespace {

using namespace Qt::StringLiterals;

constexpr qint64 kMaxEndpointBytes = 4096;
// Whoever looks whether somebody serves holds the lock for an instant.
constexpr int kTries = 10;
constexpr unsigned long kPauseMs = 10;

QString endpointPath(const QString& directory)
{
    return directory + u"/endpoint.json"_s;
}

int openLock(const QString& directory)
{
    return ::open(QFile::encodeName(directory + u"/lock"_s).constData(),
                  O_RDWR | O_CREAT | O_CLOEXEC, 0600);
}

bool tryLock(int descriptor)
{
    for (int i = 0; i < kTries; ++i) {
        if (::flock(descriptor, LOCK_EX | LOCK_NB) == 0)
            return true;
        QThread::msleep(kPauseMs);
    }
    return false;
}

} // namespace

DataLock::DataLock(QString directory, int descriptor)
    : m_directory(std::move(directory)), m_descriptor(descriptor)
{}

DataLock::DataLock(DataLock&& other) noexcept
    : m_directory(std::move(other.m_directory)), m_descriptor(std::exchange(other.m_descriptor, -1))
{}

Result<DataLock> DataLock::acquire(const QString& directory)
{
    const int descriptor = openLock(directory);
    if (descriptor < 0) {
        const bool isForbidden = errno == EACCES || errno == EPERM || errno == EROFS;
        return failure(isForbidden ? ErrorKind::PermissionDenied : ErrorKind::Storage, directory);
    }
    if (!tryLock(descriptor)) {
        ::close(descriptor);
        return failure(ErrorKind::Busy, u"another process serves this directory"_s);
    }
    QFile::remove(endpointPath(directory)); // of one that ended without a word
    return DataLock(directory, descriptor);
}

DataLock::~DataLock()
{
    if (m_descriptor < 0)
        return;
    QFile::remove(endpointPath(m_directory));
    ::close(m_descriptor);
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
    const int descriptor =
        ::open(QFile::encodeName(directory + u"/lock"_s).constData(), O_RDWR | O_CLOEXEC);
    if (descriptor < 0)
        return failure(ErrorKind::NotFound, directory);
    const bool isFree = ::flock(descriptor, LOCK_SH | LOCK_NB) == 0;
    ::close(descriptor);
    if (isFree)
        return failure(ErrorKind::NotFound, directory);
    const auto bytes = readFile(endpointPath(directory), kMaxEndpointBytes);
    const QUrl url(bytes ? QJsonDocument::fromJson(*bytes)["url"_L1].toString() : QString());
    if (!url.isValid() || url.isEmpty())
        return failure(ErrorKind::Busy, u"the server is starting"_s);
    return url;
}

} // namespace vitrine::backend
