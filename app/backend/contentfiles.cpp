// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/backend/contentfiles.h"

#include "app/backend/directories.h"
#include "app/base/paths.h"

#include <QDir>
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
constexpr auto kOldNoteSuffix = ".note"_L1;
constexpr auto kEveryEntry = QDir::AllEntries | QDir::Hidden | QDir::System | QDir::NoDotAndDotDot;

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

void removeVariants(const QString& directory)
{
    for (const Form form : kVariants)
        QFile::remove(directory + u'/' + fileName(form));
}

bool holdsAllVariants(const QString& directory)
{
    return std::all_of(kVariants.begin(), kVariants.end(), [&](Form form) {
        return QFileInfo(directory + u'/' + fileName(form)).size() > 0;
    });
}

/// Whether the file has the bytes of \a picture. Its name alone proves nothing: a disk may have
/// damaged it, a copy of the data directory may have broken off. The size tells most of that
/// without reading.
bool holdsBytesOf(const Incoming& picture, const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) && file.size() == picture.size() &&
           sha256OfRest(file) == picture.digest();
}

} // namespace

Incoming::Incoming(QString directory) : m_directory(std::move(directory))
{}

Incoming::~Incoming()
{
    if (m_directory.isEmpty())
        return;
    if (m_isWaiting)
        removeVariants(m_directory);
    else
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
    return QFileInfo::exists(originalPath()) && holdsAllVariants(m_directory);
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

QStringList ContentFiles::places(const QByteArray& digest, Form form, bool isWaiting) const
{
    const QString place = path(digest, form);
    if (!isWaiting || form != Form::Original)
        return {place};
    const QString waiting = waitingPath(digest);
    return {waiting, place, waiting};
}

bool ContentFiles::isUnderWay(const QByteArray& digest) const
{
    const auto notes = m_underWay.notes();
    return notes && std::any_of(notes->cbegin(), notes->cend(),
                                [&](const UnderWay::Note& note) { return note.digest == digest; });
}

void ContentFiles::forEach(const Visit& visit) const
{
    for (const QFileInfo& shard : QDir(m_images).entryInfoList(kEveryEntry)) {
        if (!shard.isDir() || shard.isSymLink()) {
            visit({}, shard.filePath());
            continue;
        }
        for (const QFileInfo& entry : QDir(shard.filePath()).entryInfoList(kEveryEntry)) {
            const QByteArray digest = QByteArray::fromHex(entry.fileName().toLatin1());
            const bool isPicture = entry.isDir() && directory(digest) == entry.filePath();
            visit(isPicture ? digest : QByteArray(), entry.filePath());
        }
    }
}

bool ContentFiles::hasPlaced(const Incoming& picture) const
{
    return holdsAllVariants(directory(picture.digest())) &&
           holdsBytesOf(picture, path(picture.digest(), Form::Original));
}

/// What resume() would take up.
bool ContentFiles::hasWaiting(const Incoming& picture) const
{
    const QString waiting = waitingPath(picture.digest());
    const bool isThere = QFileInfo::exists(waiting);
    return holdsBytesOf(picture, isThere ? waiting : path(picture.digest(), Form::Original));
}

/// The order is what a power cut asks for: the bytes, their names and the note; then the move.
Result<void> ContentFiles::place(Incoming& incoming, Existing existing)
{
    const QString target = directory(incoming.digest());
    if (existing == Existing::KeptIfWhole && hasPlaced(incoming))
        return {};
    const QString shard = QFileInfo(target).path();
    if (auto made = makeShard(shard); !made)
        return made;
    auto steps = incoming.syncs();
    steps.push_back([this] { return syncNotes(); });
    if (auto synced = allAtOnce(steps); !synced)
        return synced;
    if (incoming.m_isWaiting) { // what is exchanged would lie there, and be taken up after a crash
        if (auto removed = removeDirectory(target); !removed)
            return removed;
    }
    incoming.m_files.clear();
    const bool isTaken = QFileInfo::exists(target);
    if (!(isTaken ? exchange : renamePath)(incoming.m_directory, target))
        return diskFailure(errno, target);
    const QString before = std::exchange(incoming.m_directory, {});
    const auto synced = syncDirectory(shard);
    if (isTaken)
        removeTree(before);
    return synced;
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
    return removeWaiting(digest).and_then([&] { return removeDirectory(directory(digest)); });
}

Result<void> ContentFiles::removeWaiting(const QByteArray& digest)
{
    return removeDirectory(waitingDirectory(digest));
}

/// Renamed first: a half-removed picture never stands where a whole one is looked for, and nobody
/// adds to it meanwhile.
Result<void> ContentFiles::removeDirectory(const QString& path)
{
    const QString doomed = m_incoming + u'/' + QUuid::createUuid().toString(QUuid::WithoutBraces);
    if (!renamePath(path, doomed))
        return errno == ENOENT ? Result<void>() : diskFailure(errno, path);
    removeTree(doomed);
    return syncDirectory(QFileInfo(path).path());
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
    if (QFileInfo::exists(place)) // of an upload that failed, or damaged
        removeTree(place);
    if (!renamePath(incoming.m_directory, place))
        return diskFailure(errno, place);
    incoming.m_directory = place;
    auto steps = incoming.syncs();
    steps.push_back([this] { return syncDirectory(m_incoming); });
    const auto synced = allAtOnce(steps);
    incoming.m_files.clear();
    incoming.m_directory.clear();
    return synced;
}

Result<std::unique_ptr<Incoming>> ContentFiles::resume(const QByteArray& digest)
{
    const QString place = waitingDirectory(digest);
    if (!QFileInfo::exists(waitingPath(digest))) { // placed already, but the rows were not told
        if (!QFileInfo::exists(path(digest, Form::Original)))
            return failure(ErrorKind::NotFound, place);
        if (QFileInfo::exists(place))
            removeTree(place);
        if (!renamePath(directory(digest), place))
            return diskFailure(errno, place);
    }
    removeVariants(place);
    std::unique_ptr<Incoming> picture(new Incoming(place));
    picture->m_isWaiting = true;
    picture->m_digest = digest;
    return picture;
}

Result<void> ContentFiles::recover(const IsReferenced& isReferenced,
                                   const QSet<QByteArray>& waiting)
{
    const auto notes = m_underWay.notes();
    if (!notes)
        return failure(notes.error());
    for (const UnderWay::Note& note : *notes) {
        if (isReferenced(note.digest) || remove(note.digest))
            settled(note);
    }
    settleOldNotes(isReferenced);
    QSet<QString> kept;
    for (const QByteArray& digest : waiting)
        kept.insert(waitingDirectory(digest));
    for (const QFileInfo& rest : QDir(m_incoming).entryInfoList(kEveryEntry)) {
        if (kept.contains(rest.filePath()) || rest.fileName().endsWith(kOldNoteSuffix))
            continue;
        if (rest.isDir() && !rest.isSymLink())
            removeTree(rest.filePath());
        else
            QFile::remove(rest.filePath());
    }
    return {};
}

/// Of the version before "underway", for which each note was a file: incoming/<digest>.<uuid>.note.
/// What cannot be settled now stays for the next start.
void ContentFiles::settleOldNotes(const IsReferenced& isReferenced)
{
    const QDir incoming(m_incoming);
    const auto notes = incoming.entryList({u"*"_s + kOldNoteSuffix}, QDir::Files | QDir::Hidden);
    for (const QString& note : notes) {
        const QByteArray digest = QByteArray::fromHex(note.section(u'.', 0, 0).toLatin1());
        const bool isOrphan = digest.size() == kDigestBytes && !isReferenced(digest);
        if (!isOrphan || remove(digest))
            QFile::remove(incoming.filePath(note));
    }
}

} // namespace vitrine::backend
