// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/protocol/image.h"
#include "ui/gallery/editedmodel.h"
#include "ui/gallery/pendingmodel.h"

#include <QConcatenateTablesProxyModel>

namespace vitrine::ui {

/// All that the gallery shows: first the uploads that are not through, then the shared images as
/// their edits will leave them. With gallery::GalleryModel's roles and ShownRole. GUI thread.
class ShownModel final : public QConcatenateTablesProxyModel
{
    Q_OBJECT

public:
    /// Both must outlive the model.
    ShownModel(gallery::GalleryModel& images, const transfer::Outbox& outbox,
               QObject* parent = nullptr);

    /// As it is shown; of those that are not there, none.
    QList<protocol::Image> images(const QStringList& ids) const;

private:
    const gallery::GalleryModel& m_images;
    PendingModel m_pending;
    EditedModel m_edited;
};

} // namespace vitrine::ui
