// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/backend/crypto.h"
#include "app/base/result.h"

#include <QFile>

#include <functional>
#include <memory>

namespace vitrine::backend {

/// The forms in which one picture lies on the disk.
enum class Form { Original, Preview, Blurred, Highres };

/// A picture on its way in: a directory of its own that vanishes unless it is placed.
class Incoming
{
public:
    ~Incoming();
    Incoming(const Incoming&) = delete;
    Incoming& operator=(const Incoming&) = delete;

    /// Appends to the original. Errors: DiskFull, Storage.
    Result<void> write(QByteArrayView piece);
    /// The original is complete: makes it durable.
    Result<void> finish();
    /// Adds another form, durable. Errors: DiskFull, Storage.
    Result<void> add(Form form, const QByteArray& bytes);

    qint64 size() const { return m_size; }
    /// Raw SHA-256 of the original; after finish().
    const QByteArray& digest() const { return m_digest; }
    QString originalPath() const;

private:
    friend class ContentFiles;
    explicit Incoming(QString directory);

    QString m_directory; // empty once it is placed
    QFile m_original;
    Sha256 m_hash;
    QByteArray m_digest;
    qint64 m_size = 0;
};

/// Pictures by the SHA-256 of their originals: images/<2 digits>/<64 digits>/{original,preview,…}.
///
/// A placement or removal leaves a note in incoming/ until the rows agree with it, so that after a
/// crash only what was under way need be looked at. Files 0600, directories 0700.
/// begin() and path() may be called on any thread; place(), remove() and recover() by one at a
/// time.
class ContentFiles
{
public:
    explicit ContentFiles(const QString& dataDirectory);

    /// Makes the directories. Errors: PermissionDenied, DiskFull, Storage.
    Result<void> prepare();

    Result<std::unique_ptr<Incoming>> begin();
    QString path(const QByteArray& digest, Form form) const;

    /// Note of a change to \a digest that is under way. Forgotten when settled() is called; if it
    /// never is, recover() looks at the digest.
    Result<QString> announce(const QByteArray& digest);
    void settled(const QString& note);

    /// Moves the picture to where path() says; does nothing if it is there already.
    Result<void> place(Incoming& incoming);
    void remove(const QByteArray& digest);

    /// Removes what an earlier run left: unfinished uploads, and pictures under way of which
    /// \a isReferenced knows nothing.
    void recover(const std::function<bool(const QByteArray& digest)>& isReferenced);

private:
    QString directory(const QByteArray& digest) const;

    const QString m_incoming;
    const QString m_images;
};

} // namespace vitrine::backend
