// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/gallery/galleryfilter.h"

#include "app/gallery/gallerymodel.h"

namespace vitrine::gallery {
namespace {

using namespace Qt::StringLiterals;

bool belongsTo(GalleryFilter::Section section, const QModelIndex& index)
{
    switch (section) {
    case GalleryFilter::Section::All:
        return true;
    case GalleryFilter::Section::Private:
        return index.data(GalleryModel::IsPrivateRole).toBool();
    case GalleryFilter::Section::WithoutAlt:
        return index.data(GalleryModel::AltRole).toString().trimmed().isEmpty();
    }
    return true;
}

// A local date takes longer than all the rest, and a great many rows are looked at for each key.
bool mayBeOfDate(const QString& word)
{
    return std::all_of(word.cbegin(), word.cend(),
                       [](QChar c) { return (c >= u'0' && c <= u'9') || c == u'-'; });
}

QString dateOf(const QModelIndex& index)
{
    const QDateTime uploaded = index.data(GalleryModel::UploadedRole).toDateTime();
    return uploaded.toLocalTime().toString(u"yyyy-MM-dd"_s);
}

} // namespace

GalleryFilter::GalleryFilter(QAbstractItemModel& source, QObject* parent)
    : QSortFilterProxyModel(parent)
{
    setSourceModel(&source);
    setDynamicSortFilter(true);
    sort(0);
}

void GalleryFilter::setSection(Section section)
{
    if (m_section == section)
        return;
    m_section = section;
    invalidate(); // all at once: run by run the scattered ones of a large gallery take seconds
}

void GalleryFilter::setSearch(const QString& text)
{
    const QStringList words = text.simplified().split(u' ', Qt::SkipEmptyParts);
    if (m_words == words)
        return;
    m_words = words;
    invalidateFilter();
}

void GalleryFilter::setOrder(Order order)
{
    if (m_order == order)
        return;
    m_order = order;
    invalidate();
}

bool GalleryFilter::filterAcceptsRow(int row, const QModelIndex& parent) const
{
    const QModelIndex index = sourceModel()->index(row, 0, parent);
    if (!belongsTo(m_section, index))
        return false;
    if (m_words.isEmpty())
        return true;
    const QString name = index.data(GalleryModel::NameRole).toString();
    const QString alt = index.data(GalleryModel::AltRole).toString();
    return std::all_of(m_words.cbegin(), m_words.cend(), [&](const QString& word) {
        return name.contains(word, Qt::CaseInsensitive) ||
               alt.contains(word, Qt::CaseInsensitive) ||
               (mayBeOfDate(word) && dateOf(index).contains(word));
    });
}

bool GalleryFilter::lessThan(const QModelIndex& left, const QModelIndex& right) const
{
    const auto newestFirst = left.row() < right.row(); // the source's own order
    switch (m_order) {
    case Order::NewestFirst:
        return newestFirst;
    case Order::OldestFirst:
        return !newestFirst;
    case Order::ByName: {
        const int compared =
            QString::localeAwareCompare(left.data(GalleryModel::NameRole).toString(),
                                        right.data(GalleryModel::NameRole).toString());
        return compared != 0 ? compared < 0 : newestFirst;
    }
    case Order::MostDownloaded: {
        const qint64 leftCount = left.data(GalleryModel::DownloadCountRole).toLongLong();
        const qint64 rightCount = right.data(GalleryModel::DownloadCountRole).toLongLong();
        return leftCount != rightCount ? leftCount > rightCount : newestFirst;
    }
    }
    return newestFirst;
}

} // namespace vitrine::gallery
