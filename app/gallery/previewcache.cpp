// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/gallery/previewcache.h"

#include "app/base/file.h"
#include "app/base/paths.h"

#include <QDir>

namespace vitrine::gallery {
namespace {

using namespace Qt::StringLiterals;

constexpr qint64 kMaxPreviewBytes = 4'000'000;

} // namespace

PreviewCache::PreviewCache(QString directory) : m_directory(std::move(directory))
{}

QByteArray PreviewCache::read(const PreviewKey& key) const
{
    return readFile(path(key), kMaxPreviewBytes).value_or(QByteArray());
}

void PreviewCache::write(const PreviewKey& key, const QByteArray& bytes) const
{
    if (makePrivateDirectory(m_directory))
        (void)writeFile(path(key), bytes);
}

void PreviewCache::remove(const QString& id) const
{
    QDir directory(m_directory);
    const QStringList names = directory.entryList({id + u".*"_s}, QDir::Files);
    for (const QString& name : names)
        directory.remove(name);
}

QString PreviewCache::path(const PreviewKey& key) const
{
    const auto variant = key.variant == PreviewVariant::Sharp ? "sharp"_L1 : "blurred"_L1;
    return m_directory + u'/' + key.id + u'.' + variant;
}

} // namespace vitrine::gallery
