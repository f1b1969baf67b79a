// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/protocol/image.h"

#include <QAbstractListModel>
#include <QHash>
#include <QImage>

namespace vitrine::test {

/// A model with the roles of gallery::GalleryModel that needs no server: what a test puts in is
/// what a view gets.
class StubModel final : public QAbstractListModel
{
    Q_OBJECT

public:
    struct Pictures {
        QImage sharp;
        QImage blurred;
        QImage placeholder;
    };

    using QAbstractListModel::QAbstractListModel;

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;

    /// \a count landscape images with ids "0", "1", ..., all shared on one day, without pictures.
    static QList<protocol::Image> images(int count);

    void reset(QList<protocol::Image> images);
    void insert(int row, const protocol::Image& image);
    void remove(int row);
    void set(int row, const protocol::Image& image);
    void setPictures(int row, const Pictures& pictures);
    const protocol::Image& image(int row) const { return m_images[row]; }

private:
    QList<protocol::Image> m_images;
    QHash<QString, Pictures> m_pictures;
};

} // namespace vitrine::test
