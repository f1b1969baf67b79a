// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/gallery/previewcache.h"

#include "app/base/file.h"
#include "app/base/paths.h"

#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QFileInfo>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <numeric>

namespace vitrine::gallery {
namespace {

using namespace Qt::StringLiterals;

constexpr time_t kStampSeconds = 60 * 60; // what was looked at is noted no more often than this
constexpr auto kVariants = {PreviewVariant::Sharp, PreviewVariant::Blurred};
constexpr auto kShelves = {PreviewCache::Shelf::Public, PreviewCache::Shelf::Private};

// A file's time of change is when its picture was last looked at: many systems note no other.
void noteUse(const QByteArray& path)
{
    struct stat status = {};
    if (::stat(path.constData(), &status) == 0 &&
        ::time(nullptr) - status.st_mtim.tv_sec > kStampSeconds)
        ::utimensat(AT_FDCWD, path.constData(), nullptr, 0);
}

QFileInfoList oldestFirst(const QString& directory)
{
    QFileInfoList files;
    QDirIterator each(directory, QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
    while (each.hasNext()) {
        each.next();
        files += each.fileInfo();
    }
    std::sort(files.begin(), files.end(), [](const QFileInfo& left, const QFileInfo& right) {
        return left.lastModified() < right.lastModified();
    });
    return files;
}

qint64 sizeOf(const QFileInfoList& files)
{
    return std::accumulate(files.begin(), files.end(), qint64(0),
                           [](qint64 sum, const QFileInfo& file) { return sum + file.size(); });
}

// Down to nine tenths, so that not every picture that comes looks at all of them.
qint64 trimmed(const QString& directory, qint64 mostBytes)
{
    const QFileInfoList files = oldestFirst(directory);
    qint64 bytes = sizeOf(files);
    if (bytes <= mostBytes)
        return bytes;
    for (const QFileInfo& file : files) {
        if (bytes <= mostBytes / 10 * 9)
            break;
        if (QFile::remove(file.filePath()))
            bytes -= file.size();
    }
    return bytes;
}

} // namespace

PreviewCache::PreviewCache(QString directory, qint64 mostBytes)
    : m_directory(std::move(directory)), m_mostBytes(mostBytes)
{}

QByteArray PreviewCache::read(const PreviewKey& key, Shelf shelf) const
{
    if (shelf == Shelf::Private)
        QFile::remove(path(key, Shelf::Public));
    const QString file = path(key, shelf);
    const QByteArray bytes = readFile(file, kLongestPreview).value_or(QByteArray());
    if (!bytes.isEmpty())
        noteUse(QFile::encodeName(file));
    return bytes;
}

void PreviewCache::write(const PreviewKey& key, const QByteArray& bytes, Shelf shelf)
{
    if (prepare() && writeFile(path(key, shelf), bytes))
        count(bytes.size());
}

void PreviewCache::move(const QString& id, Shelf to) const
{
    const Shelf from = to == Shelf::Public ? Shelf::Private : Shelf::Public;
    for (const PreviewVariant variant : kVariants) {
        const QByteArray before = QFile::encodeName(path({id, variant}, from));
        const QByteArray after = QFile::encodeName(path({id, variant}, to));
        if (::rename(before.constData(), after.constData()) != 0)
            ::unlink(before.constData());
    }
}

void PreviewCache::remove(const PreviewKey& key) const
{
    for (const Shelf shelf : kShelves)
        QFile::remove(path(key, shelf));
}

// Both folders, so that pictures can be moved; and closed to others, whoever made them.
bool PreviewCache::prepare()
{
    const std::scoped_lock lock(m_counting);
    if (m_bytes)
        return true;
    for (const Shelf shelf : kShelves) {
        if (!makePrivateDirectory(folder(shelf)))
            return false;
        ::chmod(QFile::encodeName(folder(shelf)).constData(), 0700);
    }
    // An earlier version kept all of them together.
    const QStringList old = QDir(m_directory).entryList(QDir::Files);
    for (const QString& name : old)
        QFile::remove(m_directory + u'/' + name);
    m_bytes = trimmed(m_directory, m_mostBytes);
    return true;
}

void PreviewCache::count(qint64 more)
{
    const std::scoped_lock lock(m_counting);
    m_bytes = m_bytes.value_or(0) + more;
    if (*m_bytes > m_mostBytes)
        m_bytes = trimmed(m_directory, m_mostBytes);
}

QString PreviewCache::folder(Shelf shelf) const
{
    return m_directory + (shelf == Shelf::Public ? "/public"_L1 : "/private"_L1);
}

QString PreviewCache::path(const PreviewKey& key, Shelf shelf) const
{
    const auto variant = key.variant == PreviewVariant::Sharp ? "sharp"_L1 : "blurred"_L1;
    return folder(shelf) + u'/' + key.id + u'.' + variant;
}

} // namespace vitrine::gallery
