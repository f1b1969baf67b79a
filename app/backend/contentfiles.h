// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/backend/allatonce.h"
#include "app/backend/crypto.h"
#include "app/backend/underway.h"
#include "app/base/result.h"

#include <QFile>
#include <QHash>
#include <QSet>

#include <array>
#include <functional>
#include <memory>
#include <vector>

namespace vitrine::backend {

/// The forms in which one picture lies on the disk.
enum class Form { Original, Preview, Blurred, Highres };
inline constexpr std::array kForms{Form::Original, Form::Preview, Form::Blurred, Form::Highres};
inline constexpr std::array kVariants{Form::Preview, Form::Blurred, Form::Highres};

/// A picture on its way in: a directory of its own that vanishes unless it is placed or waits; of
/// one that waits the original alone stays. What is written goes towards the disk at once, but is
/// durable only then.
class Incoming
{
public:
    ~Incoming();
    Incoming(const Incoming&) = delete;
    Incoming& operator=(const Incoming&) = delete;

    /// Appends to the original. Errors: DiskFull, Storage.
    Result<void> write(QByteArrayView piece);
    /// The original is complete.
    void finish();
    /// Adds another form. Errors: DiskFull, Storage.
    Result<void> add(Form form, const QByteArray& bytes);

    qint64 size() const { return m_size; }
    /// Raw SHA-256 of the original; after finish().
    const QByteArray& digest() const { return m_digest; }
    /// Raw SHA-256 of a form that was added; empty if it was not.
    QByteArray digest(Form form) const { return m_formDigests.value(form); }
    QString originalPath() const;
    /// Whether all forms are where they were written.
    bool isWhole() const;
    /// Whether it is placed, or waits by now.
    bool hasArrived() const { return m_directory.isEmpty(); }

private:
    friend class ContentFiles;
    explicit Incoming(QString directory);
    Result<QFile*> create(Form form);
    /// What makes it durable; no more is written afterwards.
    std::vector<Step> syncs() const;

    QString m_directory;                         // empty once it is placed or waits
    bool m_isWaiting = false;                    // it was resumed: the original stays
    std::vector<std::unique_ptr<QFile>> m_files; // open until they are placed; first the original
    Sha256 m_hash;
    QByteArray m_digest;
    QHash<Form, QByteArray> m_formDigests;
    qint64 m_size = 0;
    qint64 m_flushed = 0; // bytes of the original that the kernel was told to write
};

/// Pictures by the SHA-256 of their originals: images/<2 digits>/<64 digits>/{original,preview,…}.
/// One that waits for its variants is in incoming/<64 digits>/original.
///
/// A placement or removal leaves a note in "underway" until the rows agree with it, so that after a
/// crash only what was under way need be looked at. Files 0600, directories 0700.
/// Any thread; but of place(), letWait(), resume(), announce(), remove(), removeWaiting() and
/// settled() for one digest one at a time, and recover() alone.
class ContentFiles
{
public:
    explicit ContentFiles(const QString& dataDirectory);

    /// Makes the directories. Errors: PermissionDenied, DiskFull, Storage.
    Result<void> prepare();

    Result<std::unique_ptr<Incoming>> begin();
    QString path(const QByteArray& digest, Form form) const;
    /// What holds the forms of one picture.
    QString directory(const QByteArray& digest) const;
    /// The original of a picture that waits.
    QString waitingPath(const QByteArray& digest) const;
    /// Where to look for a form, one after the other. The original of a picture that waits is in
    /// either place, and may move meanwhile. If it is in both, the one that waits counts: it came
    /// when the other was not whole.
    QStringList places(const QByteArray& digest, Form form, bool isWaiting) const;
    /// Whether the bytes of \a picture, which is complete, are where path() says, and variants with
    /// them. Reads the original there to its end.
    bool hasPlaced(const Incoming& picture) const;
    /// The same of a picture that waits and has no variants yet.
    bool hasWaiting(const Incoming& picture) const;
    /// Whether there is a note of it; false, too, if that cannot be told.
    bool isUnderWay(const QByteArray& digest) const;

    /// Calls \a visit for everything that lies where pictures do: with an empty digest for what is
    /// none.
    using Visit = std::function<void(const QByteArray& digest, const QString& path)>;
    void forEach(const Visit& visit) const;

    /// Makes a note that \a digest is about to change. Forgotten when settled() is called; if it
    /// never is, recover() looks at the digest. Durable once place() or syncNotes() succeeds.
    Result<UnderWay::Note> announce(const QByteArray& digest) { return m_underWay.add(digest); }
    Result<void> syncNotes() { return m_underWay.sync(); }
    /// What becomes of what lies there already.
    enum class Existing { KeptIfWhole, Replaced };
    /// Moves the picture, announced before, durably to where path() says, unless a whole one is
    /// kept there; then \a incoming is as before.
    Result<void> place(Incoming& incoming, Existing existing = Existing::KeptIfWhole);
    void settled(const UnderWay::Note& note) { m_underWay.remove(note); }
    /// Durably, wherever it is. Also succeeds if it is not there.
    Result<void> remove(const QByteArray& digest);
    /// What lies where it waited, alone.
    Result<void> removeWaiting(const QByteArray& digest);

    /// Moves the picture, of which there is the original alone, durably to where it waits for its
    /// variants.
    Result<void> letWait(Incoming& incoming);
    /// A picture that waits, for its variants to be added and to be placed; it waits on if that
    /// fails. Errors: NotFound (its original is gone), PermissionDenied, DiskFull, Storage.
    Result<std::unique_ptr<Incoming>> resume(const QByteArray& digest);

    using IsReferenced = std::function<bool(const QByteArray& digest)>;
    /// Removes what an earlier run left: unfinished uploads but those that are \a waiting, and
    /// pictures under way of which \a isReferenced knows nothing. Errors: PermissionDenied,
    /// Storage (the notes cannot be read).
    Result<void> recover(const IsReferenced& isReferenced, const QSet<QByteArray>& waiting);

private:
    Result<void> makeShard(const QString& path);
    Result<void> removeDirectory(const QString& path);
    void settleOldNotes(const IsReferenced& isReferenced);
    QString waitingDirectory(const QByteArray& digest) const;

    const QString m_incoming;
    const QString m_images;
    UnderWay m_underWay;
};

} // namespace vitrine::backend
