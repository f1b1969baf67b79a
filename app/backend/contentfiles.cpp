// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/backend/contentfiles.h"

#include "app/base/file.h"
#include "app/base/log.h"
#include "app/base/paths.h"

#include <QDir>
#include <QSet>
#include <QUuid>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>

namespace vitrine::backend {
namespace {

using namespace Qt::StringLiterals;

constexpr qint64 kFlushSize = 1024 * 1024;
constexpr auto kEverything = QDir::AllEntries | QDir::Hidden | QDir::System | QDir::NoDotAndDotDot;

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

Result<void> syncFile(const QFile& file)
{
    if (::fsync(file.handle()) != 0)
        return diskFailure(errno, u"fsync"_s);
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
    if (!m_directory.isEmpty() && !m_isWaiting)
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

std::vector<Step> Incoming::syncs() const
{
    std::vector<Step> steps;
    for (const auto& file : m_files)
        steps.push_back([file = file.get()] { return syncFile(*file); });
    steps.push_back([this] { return syncDirectory(m_directory); });
    return steps;
}

QString Incoming::originalPath() const
{
    return m_directory + u'/' + fileName(Form::Original);
}

bool Incoming::isWhole() const
{
    return std::all_of(kForms.begin(), kForms.end(), [this](Form form) {
        return QFileInfo::exists(m_directory + u'/' + fileName(form));
    });
}

ContentFiles::ContentFiles(const QString& dataDirectory)
    : m_incoming(QDir::cleanPath(dataDirectory + u"/incoming"_s))
    , m_images(QDir::cleanPath(dataDirectory + u"/images"_s))
    , m_underWay(QDir::cleanPath(dataDirectory + u"/underway"_s))
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
    const auto notes = m_underWay.notes();
    return std::any_of(notes.cbegin(), notes.cend(),
                       [&](const UnderWay::Note& note) { return note.digest == digest; });
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

/// The order is what a power cut asks for: the bytes, their names and the note; then the move.
Result<void> ContentFiles::place(Incoming& incoming)
{
    const QString target = directory(incoming.digest());
    if (QFileInfo::exists(target))
        return {};
    const QString shard = QFileInfo(target).path();
    if (auto made = makeShard(shard); !made)
        return made;
    auto steps = incoming.syncs();
    steps.push_back([this] { return syncNotes(); });
    if (auto synced = allAtOnce(steps); !synced)
        return synced;
    incoming.m_files.clear();
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
    if (const QString waiting = waitingDirectory(digest); QFileInfo::exists(waiting))
        removeTree(waiting);
    // Renamed first: a half-removed picture never stands where a whole one is looked for.
    const QString doomed = m_incoming + u'/' + QUuid::createUuid().toString(QUuid::WithoutBraces);
    const QString target = directory(digest);
    if (!renamePath(target, doomed))
        return errno == ENOENT ? Result<void>() : diskFailure(errno, target);
    removeTree(doomed);
    return syncDirectory(QFileInfo(target).path());
}

QString ContentFiles::waitingDirectory(const QByteArray& digest) const
{
    return m_incoming + u'/' + QString::fromLatin1(digest.toHex());
}

QString ContentFiles::waitingPath(const QByteArray& digest) const
{
    return waitingDirectory(digest) + u'/' + fileName(Form::Original);
}

Result<void> ContentFiles::letWait(Incoming& incoming)
{
    const QString place = waitingDirectory(incoming.digest());
    if (QFileInfo::exists(place)) // of an upload that failed
        removeTree(place);
    if (!renamePath(incoming.m_directory, place))
        return diskFailure(errno, place);
    incoming.m_directory = place;
    incoming.m_isWaiting = true;
    auto steps = incoming.syncs();
    steps.push_back([this] { return syncDirectory(m_incoming); });
    const auto synced = allAtOnce(steps);
    incoming.m_files.clear();
    return synced;
}

std::unique_ptr<Incoming> ContentFiles::resume(const QByteArray& digest)
{
    const QString place = waitingDirectory(digest);
    if (!QFileInfo::exists(place)) // placed already, but the rows were not told
        renamePath(directory(digest), place);
    for (const Form form : kVariants)
        QFile::remove(place + u'/' + fileName(form));
    std::unique_ptr<Incoming> picture(new Incoming(place));
    picture->m_isWaiting = true;
    picture->m_digest = digest;
    return picture;
}

void ContentFiles::recover(const std::function<bool(const QByteArray&)>& isReferenced,
                           const QList<QByteArray>& waiting)
{
    for (const UnderWay::Note& note : m_underWay.notes()) {
        if (isReferenced(note.digest) || remove(note.digest))
            settled(note);
    }
    QSet<QString> kept;
    for (const QByteArray& digest : waiting)
        kept.insert(waitingDirectory(digest));
    for (const QFileInfo& rest : QDir(m_incoming).entryInfoList(kEverything)) {
        if (kept.contains(rest.filePath()))
            continue;
        if (rest.isDir() && !rest.isSymLink())
            removeTree(rest.filePath());
        else
            QFile::remove(rest.filePath());
    }
}

} // namespace vitrine::backend
