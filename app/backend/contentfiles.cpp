// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/backend/contentfiles.h"

#include "app/base/file.h"
#include "app/base/log.h"
#include "app/base/paths.h"

#include <QDir>
#include <QUuid>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>

namespace vitrine::backend {
namespace {

using namespace Qt::StringLiterals;

constexpr auto kNoteSuffix = ".note"_L1;

tl::unexpected<Error> diskFailure(int code, const QString& path)
{
    return failure(ownFileError(code, path));
}

QString fileName(Form form)
{
    switch (form) {
    case Form::Original:
        return u"original"_s;
    case Form::Preview:
        return u"preview.jpg"_s;
    case Form::Blurred:
        return u"blurred.jpg"_s;
    case Form::Highres:
        return u"highres.jpg"_s;
    }
    return {};
}

// QFile forgets its name when it is given a descriptor, so the path is passed along.
bool openPrivately(QFile& file, const QString& path)
{
    const int descriptor =
        ::open(QFile::encodeName(path).constData(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (descriptor < 0)
        return false;
    return file.open(descriptor, QIODevice::WriteOnly | QIODevice::Unbuffered,
                     QFileDevice::AutoCloseHandle);
}

Result<void> writeAll(QFile& file, QByteArrayView bytes)
{
    if (file.write(bytes.data(), bytes.size()) != bytes.size())
        return diskFailure(errno, u"writing"_s);
    return {};
}

Result<void> syncAndClose(QFile& file)
{
    if (::fsync(file.handle()) != 0)
        return diskFailure(errno, u"fsync"_s);
    file.close();
    return {};
}

Result<void> syncDirectory(const QString& path)
{
    const int descriptor =
        ::open(QFile::encodeName(path).constData(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (descriptor < 0)
        return diskFailure(errno, path);
    const int outcome = ::fsync(descriptor);
    const int code = errno;
    ::close(descriptor);
    if (outcome != 0)
        return diskFailure(code, path);
    return {};
}

bool renamePath(const QString& from, const QString& to)
{
    return ::rename(QFile::encodeName(from).constData(), QFile::encodeName(to).constData()) == 0;
}

void removeTree(const QString& path)
{
    if (!QDir(path).removeRecursively())
        qCWarning(logBackend, "a directory of unneeded files could not be removed");
}

} // namespace

Incoming::Incoming(QString directory) : m_directory(std::move(directory))
{}

Incoming::~Incoming()
{
    if (!m_directory.isEmpty())
        removeTree(m_directory);
}

Result<void> Incoming::write(QByteArrayView piece)
{
    m_hash.add(piece);
    m_size += piece.size();
    return writeAll(m_original, piece);
}

Result<void> Incoming::finish()
{
    m_digest = m_hash.result();
    return syncAndClose(m_original);
}

Result<void> Incoming::add(Form form, const QByteArray& bytes)
{
    QFile file;
    const QString path = m_directory + u'/' + fileName(form);
    if (!openPrivately(file, path))
        return diskFailure(errno, path);
    if (auto written = writeAll(file, bytes); !written)
        return written;
    return syncAndClose(file);
}

QString Incoming::originalPath() const
{
    return m_directory + u'/' + fileName(Form::Original);
}

ContentFiles::ContentFiles(const QString& dataDirectory)
    : m_incoming(dataDirectory + u"/incoming"_s), m_images(dataDirectory + u"/images"_s)
{}

Result<void> ContentFiles::prepare()
{
    if (auto made = makePrivateDirectory(m_incoming); !made)
        return made;
    return makePrivateDirectory(m_images);
}

Result<std::unique_ptr<Incoming>> ContentFiles::begin()
{
    const QString directory =
        m_incoming + u'/' + QUuid::createUuid().toString(QUuid::WithoutBraces);
    if (::mkdir(QFile::encodeName(directory).constData(), 0700) != 0)
        return diskFailure(errno, directory);
    std::unique_ptr<Incoming> incoming(new Incoming(directory));
    if (!openPrivately(incoming->m_original, incoming->originalPath()))
        return diskFailure(errno, directory);
    return incoming;
}

QString ContentFiles::directory(const QByteArray& digest) const
{
    const QString hex = QString::fromLatin1(digest.toHex());
    return m_images + u'/' + hex.left(2) + u'/' + hex;
}

QString ContentFiles::path(const QByteArray& digest, Form form) const
{
    return directory(digest) + u'/' + fileName(form);
}

Result<QString> ContentFiles::announce(const QByteArray& digest)
{
    const QString path = m_incoming + u'/' + QString::fromLatin1(digest.toHex()) + u'.' +
                         QUuid::createUuid().toString(QUuid::WithoutBraces) + kNoteSuffix;
    QFile note;
    if (!openPrivately(note, path))
        return diskFailure(errno, path);
    if (auto synced = syncDirectory(m_incoming); !synced)
        return failure(synced.error());
    return path;
}

void ContentFiles::settled(const QString& note)
{
    QFile::remove(note);
}

Result<void> ContentFiles::place(Incoming& incoming)
{
    const QString target = directory(incoming.digest());
    if (QFileInfo::exists(target))
        return {};
    const QString shard = QFileInfo(target).path();
    if (!QFileInfo::exists(shard)) {
        if (auto made = makePrivateDirectory(shard); !made)
            return made;
        if (auto synced = syncDirectory(m_images); !synced)
            return synced;
    }
    if (auto synced = syncDirectory(incoming.m_directory); !synced)
        return synced;
    if (!renamePath(incoming.m_directory, target))
        return diskFailure(errno, target);
    incoming.m_directory.clear();
    return syncDirectory(shard);
}

void ContentFiles::remove(const QByteArray& digest)
{
    // Renamed first: a half-removed picture never stands where a whole one is looked for.
    const QString doomed = m_incoming + u'/' + QUuid::createUuid().toString(QUuid::WithoutBraces);
    if (renamePath(directory(digest), doomed))
        removeTree(doomed);
}

void ContentFiles::recover(const std::function<bool(const QByteArray&)>& isReferenced)
{
    const QDir incoming(m_incoming);
    const auto notes = incoming.entryList({u"*"_s + kNoteSuffix}, QDir::Files | QDir::Hidden);
    for (const QString& note : notes) {
        const QByteArray digest = QByteArray::fromHex(note.section(u'.', 0, 0).toLatin1());
        if (digest.size() == 32 && !isReferenced(digest))
            remove(digest);
        settled(incoming.filePath(note));
    }
    const auto rests = incoming.entryInfoList(QDir::AllEntries | QDir::Hidden | QDir::System |
                                              QDir::NoDotAndDotDot);
    for (const QFileInfo& rest : rests) {
        if (rest.isDir() && !rest.isSymLink())
            removeTree(rest.filePath());
        else
            QFile::remove(rest.filePath());
    }
}

} // namespace vitrine::backend
