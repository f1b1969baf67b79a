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

constexpr qint64 kFlushSize = 1024 * 1024;
constexpr auto kEverything = QDir::AllEntries | QDir::Hidden | QDir::System | QDir::NoDotAndDotDot;
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

/// Has the kernel begin to write, so that little is left to wait for when it is to be durable.
void startWriting(const QFile& file, qint64 offset, qint64 length)
{
    ::sync_file_range(file.handle(), offset, length, SYNC_FILE_RANGE_WRITE);
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

Result<QFile*> Incoming::create(Form form)
{
    const QString path = m_directory + u'/' + fileName(form);
    auto file = std::make_unique<QFile>();
    if (!openPrivately(*file, path))
        return diskFailure(errno, path);
    m_files.push_back(std::move(file));
    return m_files.back().get();
}

Result<void> Incoming::write(QByteArrayView piece)
{
    m_hash.add(piece);
    m_size += piece.size();
    if (auto written = writeAll(*m_files.front(), piece); !written)
        return written;
    if (m_size - m_flushed >= kFlushSize) {
        startWriting(*m_files.front(), m_flushed, m_size - m_flushed);
        m_flushed = m_size;
    }
    return {};
}

void Incoming::finish()
{
    m_digest = m_hash.result();
    startWriting(*m_files.front(), m_flushed, m_size - m_flushed);
}

Result<void> Incoming::add(Form form, const QByteArray& bytes)
{
    const auto file = create(form);
    if (!file)
        return failure(file.error());
    if (auto written = writeAll(**file, bytes); !written)
        return written;
    startWriting(**file, 0, bytes.size());
    m_formDigests.insert(form, sha256(bytes));
    return {};
}

/// All files first and the directory last: file systems with a journal then commit it once.
Result<void> Incoming::sync()
{
    for (const auto& file : m_files) {
        if (::fsync(file->handle()) != 0)
            return diskFailure(errno, u"fsync"_s);
    }
    m_files.clear();
    return syncDirectory(m_directory);
}

QString Incoming::originalPath() const
{
    return m_directory + u'/' + fileName(Form::Original);
}

ContentFiles::ContentFiles(const QString& dataDirectory)
    : m_incoming(QDir::cleanPath(dataDirectory + u"/incoming"_s))
    , m_images(QDir::cleanPath(dataDirectory + u"/images"_s))
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
    if (auto created = incoming->create(Form::Original); !created)
        return failure(created.error());
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

bool ContentFiles::isUnderWay(const QByteArray& digest) const
{
    const QString notes = QString::fromLatin1(digest.toHex()) + u".*"_s + kNoteSuffix;
    return !QDir(m_incoming).entryList({notes}, QDir::Files | QDir::Hidden).isEmpty();
}

void ContentFiles::forEach(const Visit& visit) const
{
    for (const QFileInfo& shard : QDir(m_images).entryInfoList(kEverything)) {
        if (!shard.isDir() || shard.isSymLink()) {
            visit({}, shard.filePath());
            continue;
        }
        for (const QFileInfo& entry : QDir(shard.filePath()).entryInfoList(kEverything)) {
            const QByteArray digest = QByteArray::fromHex(entry.fileName().toLatin1());
            const bool isPicture = entry.isDir() && directory(digest) == entry.filePath();
            visit(isPicture ? digest : QByteArray(), entry.filePath());
        }
    }
}

Result<QString> ContentFiles::announce(const QByteArray& digest)
{
    const QString path = m_incoming + u'/' + QString::fromLatin1(digest.toHex()) + u'.' +
                         QUuid::createUuid().toString(QUuid::WithoutBraces) + kNoteSuffix;
    QFile note;
    if (!openPrivately(note, path))
        return diskFailure(errno, path);
    return path;
}

Result<void> ContentFiles::syncNotes()
{
    return syncDirectory(m_incoming);
}

void ContentFiles::settled(const QString& note)
{
    QFile::remove(note);
}

/// The order is what a power cut asks for: the bytes, their names, the note; then the move.
Result<void> ContentFiles::place(Incoming& incoming)
{
    const QString target = directory(incoming.digest());
    if (QFileInfo::exists(target))
        return {};
    const QString shard = QFileInfo(target).path();
    if (auto made = makeShard(shard); !made)
        return made;
    if (auto synced = incoming.sync(); !synced)
        return synced;
    if (auto synced = syncNotes(); !synced)
        return synced;
    if (!renamePath(incoming.m_directory, target))
        return diskFailure(errno, target);
    incoming.m_directory.clear();
    return syncDirectory(shard);
}

Result<void> ContentFiles::makeShard(const QString& path)
{
    if (QFileInfo::exists(path))
        return {};
    if (auto made = makePrivateDirectory(path); !made)
        return made;
    return syncDirectory(m_images);
}

Result<void> ContentFiles::remove(const QByteArray& digest)
{
    // Renamed first: a half-removed picture never stands where a whole one is looked for.
    const QString doomed = m_incoming + u'/' + QUuid::createUuid().toString(QUuid::WithoutBraces);
    const QString target = directory(digest);
    if (!renamePath(target, doomed))
        return errno == ENOENT ? Result<void>() : diskFailure(errno, target);
    removeTree(doomed);
    return syncDirectory(QFileInfo(target).path());
}

void ContentFiles::recover(const std::function<bool(const QByteArray&)>& isReferenced)
{
    const QDir incoming(m_incoming);
    const auto notes = incoming.entryList({u"*"_s + kNoteSuffix}, QDir::Files | QDir::Hidden);
    for (const QString& note : notes) {
        const QByteArray digest = QByteArray::fromHex(note.section(u'.', 0, 0).toLatin1());
        const bool isOrphan = digest.size() == 32 && !isReferenced(digest);
        if (!isOrphan || remove(digest))
            settled(incoming.filePath(note));
    }
    const auto rests = incoming.entryInfoList(kEverything);
    for (const QFileInfo& rest : rests) {
        if (rest.fileName().endsWith(kNoteSuffix))
            continue; // could not be settled now
        if (rest.isDir() && !rest.isSymLink())
            removeTree(rest.filePath());
        else
            QFile::remove(rest.filePath());
    }
}

} // namespace vitrine::backend
