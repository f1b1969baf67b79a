// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/protocol/image.h"

#include <QHash>
#include <QIdentityProxyModel>
#include <QStringList>

namespace vitrine::gallery {
class GalleryModel;
}

namespace vitrine::transfer {
class Outbox;
}

namespace vitrine::ui {

/// The shared images as they will be once every edit that waits in the outbox is through; one that
/// the server refuses falls back by itself. With UnsentRole. GUI thread.
class EditedModel final : public QIdentityProxyModel
{
    Q_OBJECT

public:
    /// Both must outlive the model.
    EditedModel(gallery::GalleryModel& images, const transfer::Outbox& outbox,
                QObject* parent = nullptr);

    QVariant data(const QModelIndex& index, int role) const override;

private:
    void note(const QString& key);
    void follow(const QString& key);
    void drop(const QString& key);
    void tell(const QString& imageId);
    protocol::Image edited(protocol::Image image) const;

    const gallery::GalleryModel& m_images;
    const transfer::Outbox& m_outbox;
    QHash<QString, QStringList> m_edits; // by image: the keys of its edits, oldest first
    QHash<QString, QString> m_imageOf;   // by key
};

} // namespace vitrine::ui
