// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/transfer/outbox.h"
#include "app/transfer/stagedfile.h"
#include "app/transfer/staginglooks.h"

#include <QAbstractListModel>
#include <QFuture>
#include <QHash>
#include <QSet>
#include <QThreadPool>

#include <functional>
#include <optional>
#include <vector>

namespace vitrine::transfer {

/// What was dropped and is not shared yet: one row a picture, described and switched here, looked
/// at on a pool. Files that cannot be shared stay as rows that say why, and what can be done.
/// Tens of thousands of rows cost little: they are looked at one after the other, the visible ones
/// first, and only those near them keep their pictures. GUI thread.
class StagingModel final : public QAbstractListModel
{
    Q_OBJECT

public:
    enum Role {
        NameRole = Qt::UserRole, ///< QString, the file's name
        BytesRole,               ///< qint64; 0 while unknown
        SizeRole,                ///< QSize in pixels as shown; empty while unknown
        TypeRole,                ///< QString, media type
        ThumbnailRole,           ///< QImage as others see a public image; null while loading
        BlurredRole,             ///< QImage as others see a private image; null while loading
        AltRole,                 ///< QString; can be set
        IsPrivateRole,           ///< bool; can be set
        MetadataRole,            ///< QList<imaging::MetadataKind> found, as QVariantList of int
        IsCleanedRole,           ///< bool: what MetadataRole tells will be removed, not sent
        ErrorRole,      ///< vitrine::Error if it cannot be sent as it is, else an invalid QVariant
        RemedyRole,     ///< transfer::Remedy, as int: what is offered
        IsRemediedRole, ///< bool; can be set: the remedy was accepted
        SameRole,       ///< QString, the name of the image that is the same; null if there is none
        AlikeRole,      ///< QString, the name of one that looks the same; null if there is none
        IsSendableRole, ///< bool: goes out when shared
        IsLoadingRole   ///< bool
    };
    /// Tells what is shared already.
    using KnownLookup = std::function<QFuture<Result<KnownImages>>()>;

    /// \a directory, the outbox's, is for pasted images, which have no file of their own.
    /// \a pictures must outlive it.
    StagingModel(const QString& directory, const imaging::PictureReader& pictures,
                 QObject* parent = nullptr);
    ~StagingModel() override;

    /// What is held against from now on; rows that are known already are looked at again.
    void setRules(const ServerRules& rules);
    const ServerRules& rules() const { return m_rules; }
    /// Asked whenever files are added.
    void setKnownLookup(KnownLookup lookup) { m_lookup = std::move(lookup); }
    /// Whether files are sent with all that they tell. Off at first.
    void setKeepMetadata(bool keep);
    bool keepsMetadata() const { return m_keepMetadata; }
    /// The rows that are on the screen; they are looked at first and keep their pictures.
    void setVisible(int first, int last);

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
    /// Forgets all rows. Pasted pictures go with them.
    void clear();
    /// Takes all rows out, to be brought back; gives how many are aside now.
    int putAside();
    /// Back they come, texts and switches included, below the rows that are here. A file that was
    /// added again meanwhile stays as it is.
    void bringBack();
    /// Forgets what was put aside.
    void forgetAside();
    /// Forgets the rows up to the one of id \a newest, once \a orders are the outbox's: what was
    /// pasted for them is its now. What came since stays.
    void handOver(const QList<UploadOrder>& orders, quint64 newest);
    /// Takes \a orders that were handed over back into rows. What was to be private stays so, also
    /// where the file was added again meanwhile; what was to leave without its metadata does so, and
    /// the others with it.
    void takeBack(const QList<UploadOrder>& orders);

    /// What can be shared, in order.
    QList<UploadOrder> orders(std::chrono::milliseconds undoTime) const;
    /// What is said of each file now, by its path.
    QHash<QString, Words> words() const;
    /// The id of the last row that came; later ones have greater ids.
    quint64 newest() const { return m_nextId - 1; }
    int shareableCount() const { return m_sendable; }
    int describedCount() const { return m_described; }
    bool isEmpty() const { return m_rows.empty(); }
    /// The file is in a row, or in one that was put aside.
    bool has(const QString& path) const;

Q_SIGNALS:
    /// Counts or readiness changed. Many changes of one moment are told once.
    void summaryChanged();
    /// So many of the files that were to be added are here already.
    void alreadyHere(int count);
    void keepMetadataChanged(bool keeps);

private:
    using Looked = StagingLooks::Looked;
    struct Range {
        int first = 0;
        int last = -1;
        bool contains(int row) const { return row >= first && row <= last; }
    };

    void learnWhatIsShared();
    void append(const QStringList& files);
    void insert(std::vector<StagedFile> rows);
    void comeBack(std::vector<StagedFile> rows);
    void keepPrivate(const QStringList& paths);
    void addUnkept(const QString& name, const Error& error);
    void lookAgain();
    void lookOn();
    std::optional<int> nextRow();
    void startLook(int row);
    void showLooked(quint64 id, const Looked& looked);
    void takeOver(StagedFile& row, const Looked& looked);
    void showPictures(StagedFile& row, const Looked& looked);
    void dropFarPictures();
    void count(const StagedFile& row, int sign);
    void announceSummary();
    void forgetAll(const QSet<QString>& kept);
    void dropRows();
    void discard(const StagedFile& row);
    int rowOf(quint64 id) const;
    StagedFile& at(int row) { return m_rows[size_t(row)]; }
    const StagedFile& at(int row) const { return m_rows[size_t(row)]; }

    const QString m_directory;
    ServerRules m_rules;
    KnownLookup m_lookup;
    std::shared_ptr<const KnownImages> m_known;
    int m_lookups = 0; ///< under way; no file is looked at before they have ended
    bool m_keepMetadata = false;
    std::vector<StagedFile> m_rows;
    std::vector<StagedFile> m_aside;
    QSet<QString> m_paths;
    quint64 m_nextId = 1;
    int m_firstWaiting = 0; ///< no row before it waits for its first look
    Range m_near;
    QSet<quint64> m_pictured; ///< ids of the rows that hold pictures
    int m_sendable = 0;
    int m_described = 0;
    bool m_isSummaryDue = false;
    StagingLooks m_looks;
    QThreadPool m_discards; ///< ends what it has begun
};

} // namespace vitrine::transfer
