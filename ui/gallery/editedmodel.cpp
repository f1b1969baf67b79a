// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/gallery/editedmodel.h"

#include "app/transfer/outbox.h"
#include "ui/gallery/shownroles.h"

#include <algorithm>

namespace vitrine::ui {

using Role = gallery::GalleryModel::Role;
using transfer::Transfer;

EditedModel::EditedModel(gallery::GalleryModel& images, const transfer::Outbox& outbox,
                         QObject* parent)
    : QIdentityProxyModel(parent), m_images(images), m_outbox(outbox)
{
    using transfer::Outbox;
    setSourceModel(&images);
    connect(&outbox, &Outbox::added, this, &EditedModel::note);
    connect(&outbox, &Outbox::changed, this, &EditedModel::follow);
    connect(&outbox, &Outbox::removed, this, [this](const QStringList& keys) {
        std::for_each(keys.begin(), keys.end(), [this](const QString& key) { drop(key); });
    });
    for (const Transfer& transfer : outbox.transfers())
        note(transfer.key);
}

QVariant EditedModel::data(const QModelIndex& index, int role) const
{
    const QVariant known = QIdentityProxyModel::data(index, role);
    const bool mayDiffer = role == Role::ImageRole || role == Role::AltRole ||
                           role == Role::IsPrivateRole || role == Qt::AccessibleTextRole ||
                           role == UnsentRole;
    if (!mayDiffer || m_edits.isEmpty())
        return known;
    const QString id = QIdentityProxyModel::data(index, Role::IdRole).toString();
    if (!m_edits.contains(id))
        return known;
    if (role == UnsentRole)
        return QVariant::fromValue(Unsent::Edit);
    const auto image =
        edited(QIdentityProxyModel::data(index, Role::ImageRole).value<protocol::Image>());
    switch (role) {
    case Role::ImageRole:
        return QVariant::fromValue(image);
    case Role::IsPrivateRole:
        return image.isPrivate;
    case Role::AltRole:
        return image.alt;
    default:
        return image.alt.isEmpty() ? image.name : image.alt;
    }
}

protocol::Image EditedModel::edited(protocol::Image image) const
{
    const QStringList keys = m_edits.value(image.id);
    for (const QString& key : keys) {
        const Transfer* transfer = m_outbox.find(key);
        if (!transfer)
            continue;
        image.alt = transfer->patch.alt.value_or(image.alt);
        image.isPrivate = transfer->patch.isPrivate.value_or(image.isPrivate);
    }
    return image;
}

void EditedModel::note(const QString& key)
{
    const Transfer* transfer = m_outbox.find(key);
    if (!transfer || transfer->kind != transfer::Kind::Edit || isFinished(transfer->state) ||
        transfer->isTakenBack)
        return;
    m_edits[transfer->imageId].append(key);
    m_imageOf.insert(key, transfer->imageId);
    tell(transfer->imageId);
}

void EditedModel::follow(const QString& key)
{
    const Transfer* transfer = m_outbox.find(key);
    if (!transfer || transfer->kind != transfer::Kind::Edit)
        return;
    if (!isFinished(transfer->state) && !transfer->isTakenBack) {
        if (!m_imageOf.contains(key)) // somebody tries a failed one again
            note(key);
        return;
    }
    // Queued: what the server made of it reaches the gallery first, and nothing flickers between.
    QMetaObject::invokeMethod(
        this, [this, key] { drop(key); }, Qt::QueuedConnection);
}

void EditedModel::drop(const QString& key)
{
    const QString id = m_imageOf.take(key);
    if (id.isEmpty())
        return;
    QStringList& keys = m_edits[id];
    keys.removeAll(key);
    if (keys.isEmpty())
        m_edits.remove(id);
    tell(id);
}

void EditedModel::tell(const QString& imageId)
{
    const QModelIndex place = mapFromSource(m_images.indexOf(imageId));
    if (place.isValid())
        Q_EMIT dataChanged(place, place,
                           {Role::ImageRole, Role::AltRole, Role::IsPrivateRole,
                            Qt::AccessibleTextRole, UnsentRole});
}

} // namespace vitrine::ui
