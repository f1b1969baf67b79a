// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/protocol/image.h"

#include <QAbstractListModel>
#include <QHash>
#include <QImage>
#include <QTimer>

namespace vitrine::gallery {

class PreviewLoader;

/// The images of one account, newest first. Holds what the catalog told; data() only looks up.
/// GUI thread.
class GalleryModel final : public QAbstractListModel
{
    Q_OBJECT

public:
    enum Role {
        ImageRole = Qt::UserRole, ///< protocol::Image, whole
        IdRole,                   ///< QString
        NameRole,                 ///< QString
        AltRole,                  ///< QString
        IsPrivateRole,            ///< bool
        UploadedRole,             ///< QDateTime, UTC
        DownloadCountRole,        ///< qint64
        SizeRole,                 ///< QSize, pixels as shown; empty if unknown
        SharpPreviewRole,         ///< QImage; null until loaded
        BlurredPreviewRole,       ///< QImage; null until loaded
        PlaceholderRole ///< QImage of at most 32 px a side, from the ThumbHash; may be null
    };

    /// \a previews must outlive the model.
    explicit GalleryModel(PreviewLoader& previews, QObject* parent = nullptr);

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QHash<int, QByteArray> roleNames() const override;

    /// So many images are to come: finding them a place will not take a pause to grow.
    void reserve(qsizetype images);
    /// Adds and changes, in any order; nothing goes.
    void merge(const QList<protocol::Image>& images);
    void put(const protocol::Image& image);
    void drop(const QString& id) { drop(QStringList{id}); }
    /// Few go at once, and of many that are scattered the rest by and by: each run of rows costs
    /// those who look at them as much as any other, and the window is to stay awake meanwhile. They
    /// are found no more.
    void drop(const QStringList& ids);

    /// nullptr if there is no such image; valid until the model changes.
    const protocol::Image* find(const QString& id) const;
    QModelIndex indexOf(const QString& id) const;
    const QList<protocol::Image>& images() const { return m_images; }

private:
    void previewReady(const QString& id);
    void change(int row, const protocol::Image& image);
    void insert(QList<protocol::Image> newcomers);
    void dropSome();
    void dropRun(int first, int last);
    void insertRun(int row, const QList<protocol::Image>& run);
    int rowOf(const QString& id) const; ///< also of what is about to go; -1 if there is none
    int insertionRow(const protocol::Image& image) const;
    QImage placeholder(const protocol::Image& image) const;

    const PreviewLoader& m_previews;
    QList<protocol::Image> m_images;
    // By id: where it stands follows from that, also when a hundred thousand rows have moved.
    QHash<QString, QDateTime> m_uploaded;
    mutable QHash<QString, QImage> m_placeholders;
    QList<int> m_doomed; // rows that are about to go, the last one first
    QTimer m_dropMore;
};

/// Whether there is something to draw: the sharp preview or, where no more was wanted, the blurred
/// one. \a index may be of a model above GalleryModel.
bool hasPreview(const QModelIndex& index);

} // namespace vitrine::gallery
