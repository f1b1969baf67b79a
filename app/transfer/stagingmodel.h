// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/transfer/outbox.h"

#include <QAbstractListModel>
#include <QImage>
#include <QPromise>
#include <QThreadPool>

#include <optional>
#include <vector>

namespace vitrine::transfer {

/// What was dropped and is not shared yet: one row a picture, described and switched here, looked
/// at on a pool. Files that cannot be shared stay as rows that say why. GUI thread.
class StagingModel final : public QAbstractListModel
{
    Q_OBJECT

public:
    enum Role {
        NameRole = Qt::UserRole, ///< QString, the file's name
        BytesRole,               ///< qint64; 0 while unknown
        ThumbnailRole,           ///< QImage as others see a public image; null while loading
        BlurredRole,             ///< QImage as others see a private image; null while loading
        AltRole,                 ///< QString; can be set
        IsPrivateRole,           ///< bool; can be set
        RemovedMetadataRole, ///< QList<imaging::MetadataKind> that will be removed, as QVariantList
                             ///< of int
        ErrorRole,           ///< vitrine::Error if it cannot be shared, else an invalid QVariant
        IsLoadingRole        ///< bool
    };

    /// \a directory, the outbox's, is for pasted images, which have no file of their own.
    /// \a pictures must outlive it.
    StagingModel(const QString& directory, const imaging::PictureReader& pictures,
                 QObject* parent = nullptr);
    ~StagingModel() override;

    void setLimits(const imaging::Limits& limits) { m_limits = limits; }

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    bool setData(const QModelIndex& index, const QVariant& value, int role) override;
    Qt::ItemFlags flags(const QModelIndex& index) const override;
    bool removeRows(int row, int count, const QModelIndex& parent = {}) override;

    /// Adds files, and the pictures below directories (found on a pool, see picturesIn()).
    /// One that is here already is not added again.
    void addPaths(const QStringList& paths);
    /// Adds a picture from the clipboard.
    void addImage(const QImage& image);
    void clear();

    /// What can be shared: the rows without an error, in order.
    QList<UploadOrder> orders(std::chrono::milliseconds undoTime) const;
    int shareableCount() const;
    int describedCount() const;
    bool isEmpty() const;

Q_SIGNALS:
    /// Counts or readiness changed.
    void summaryChanged();

private:
    /// One picture that waits for its person's word.
    struct Row {
        quint64 id = 0; ///< stays while rows come and go
        QString path;
        QString name;
        qint64 bytes = 0;
        QImage thumbnail;
        QImage blurred;
        QString alt;
        bool isAltTouched = false; ///< a proposal does not overwrite what was typed
        bool isPrivate = false;
        QList<imaging::MetadataKind> removed;
        std::optional<Error> error;
        bool isLoading = true;
    };
    /// What a look at a file told, so far.
    struct Looked {
        qint64 bytes = 0;
        QImage thumbnail;
        QImage blurred;
        imaging::MetadataReport metadata;
        std::optional<Error> error;
        bool isFinal = false;
    };

    static void lookAt(QPromise<Looked>& promise, const QString& path,
                       const imaging::PictureReader* pictures, const imaging::Limits& limits);
    void append(const QStringList& files);
    void look(quint64 id, const QString& path);
    void showLooked(quint64 id, const Looked& looked);
    int rowOf(quint64 id) const;
    bool isReady(const Row& row) const { return !row.error; }

    const QString m_directory;
    const imaging::PictureReader& m_pictures;
    imaging::Limits m_limits;
    std::vector<Row> m_rows;
    quint64 m_nextId = 1;
    QThreadPool m_pool;
};

} // namespace vitrine::transfer

Q_DECLARE_METATYPE(vitrine::Error)
