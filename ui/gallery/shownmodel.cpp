// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/gallery/shownmodel.h"

#include "app/gallery/gallerymodel.h"

namespace vitrine::ui {

using gallery::GalleryModel;

ShownModel::ShownModel(GalleryModel& images, const transfer::Outbox& outbox, QObject* parent)
    : QConcatenateTablesProxyModel(parent)
    , m_images(images)
    , m_pending(outbox)
    , m_edited(images, outbox)
{
    addSourceModel(&m_pending);
    addSourceModel(&m_edited);
}

QList<protocol::Image> ShownModel::images(const QStringList& ids) const
{
    QList<protocol::Image> found;
    for (const QString& id : ids) {
        QModelIndex place = m_edited.mapFromSource(m_images.indexOf(id));
        if (!place.isValid())
            place = m_pending.indexOf(id);
        if (place.isValid())
            found += place.data(GalleryModel::ImageRole).value<protocol::Image>();
    }
    return found;
}

} // namespace vitrine::ui
